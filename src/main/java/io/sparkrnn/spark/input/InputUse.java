package io.sparkrnn.spark.input;

/** What a network reads of the rows of an input. */
public enum InputUse {
  /** Texts. */
  TEXT("text"),
  /** Words that come one by one. */
  TOKENS("tokens"),
  /** Vectors or token ids. */
  FEATURES("features"),
  /** Audio: WAV files or their paths. */
  AUDIO("audio");

  private final String word;

  InputUse(String word) {
    this.word = word;
  }

  /** Returns whether rows are words, which make a vocabulary. */
  public boolean isOfWords() {
    return this == TEXT || this == TOKENS;
  }

  /** Returns the word of messages, and of the option that names the column: --WORD-col. */
  public String word() {
    return word;
  }
}
