package io.sparkrnn.spark.rows;

/** Why what a network would read can be neither trained on nor scored. */
public enum Refusal {
  NULL_FEATURES("features are null"),
  EMPTY_FEATURES("features hold no token id"),
  NULL_VALUE("features hold a null"),
  ID_OUT_OF_RANGE("features hold an id outside the vocabulary"),
  NO_VECTOR("features hold no vector"),
  VECTOR_SIZE("features hold a vector of another size"),
  NOT_FINITE("features hold a number that is not finite"),
  NULL_AUDIO("audio is null"),
  AUDIO("audio cannot be read"),
  LABELS("labels cannot be used"),
  NULL_TOKENS("tokens are null"),
  EMPTY_TOKENS("tokens are empty"),
  NULL_TOKEN("a token is null"),
  NULL_TEXT("text is null"),
  EMPTY_TEXT("text has no words"),
  NULL_TRANSLATION("translation is null"),
  EMPTY_TRANSLATION("translation has no words");

  private final String reason;

  Refusal(String reason) {
    this.reason = reason;
  }

  /** Returns the reason as reports and the reason column state it. */
  public String reason() {
    return reason;
  }
}
