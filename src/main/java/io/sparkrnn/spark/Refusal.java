package io.sparkrnn.spark;

import java.util.LinkedHashMap;
import java.util.Map;

/** Why a row can be neither trained on nor scored. */
enum Refusal {
  NULL_FEATURES("features are null"),
  EMPTY_FEATURES("features hold no token id"),
  NULL_VALUE("features hold a null"),
  ID_OUT_OF_RANGE("features hold an id outside the vocabulary"),
  NO_VECTOR("features hold no vector"),
  VECTOR_SIZE("features hold a vector of another size"),
  NOT_FINITE("features hold a number that is not finite"),
  NULL_LABEL("label is null"),
  UNKNOWN_LABEL("label is no class index"),
  BAD_WEIGHT("weight is null, negative or not finite");

  private final String reason;

  Refusal(String reason) {
    this.reason = reason;
  }

  /** Returns the reason as reports and the reason column state it. */
  String reason() {
    return reason;
  }

  static long[] noCounts() {
    return new long[values().length];
  }

  /** Returns the counts that are not 0, by reason. */
  static Map<String, Long> byReason(long[] counts) {
    Map<String, Long> byReason = new LinkedHashMap<>();
    for (Refusal refusal : values()) {
      if (counts[refusal.ordinal()] > 0) {
        byReason.put(refusal.reason, counts[refusal.ordinal()]);
      }
    }
    return byReason;
  }
}
