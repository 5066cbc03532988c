package io.sparkrnn.train.shards;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rows that were left out because they were bad, by reason.
 *
 * @param byReason rows of each reason, in the order to show; the counts are positive
 */
public record Refusals(Map<String, Long> byReason) implements Serializable {
  /** The largest fraction of refused rows that is accepted unless another is set. */
  public static final double MAX_FRACTION = 0.1;

  public Refusals {
    for (Map.Entry<String, Long> reason : byReason.entrySet()) {
      if (reason.getValue() < 1) {
        throw new IllegalArgumentException(
            "refused rows must be >= 1, got %d: %s".formatted(reason.getValue(), reason.getKey()));
      }
    }
    byReason = Collections.unmodifiableMap(new LinkedHashMap<>(byReason));
  }

  /** Returns what there is to tell when every row was good. */
  public static Refusals none() {
    return new Refusals(Map.of());
  }

  /** Returns the number of rows left out. */
  public long rows() {
    return byReason.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns reasons and counts in one line, such as {@code text is null (3), ...}. */
  @Override
  public String toString() {
    return byReason.entrySet().stream()
        .map(reason -> String.format(Locale.ROOT, "%s (%,d)", reason.getKey(), reason.getValue()))
        .collect(Collectors.joining(", "));
  }
}
