package io.sparkrnn.train.shards;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/**
 * Counts refused rows by reason in bounded memory; parts merge, and neither their number nor their
 * order shows in the result.
 *
 * <p>Reasons quote cells of the input, so there may be as many as rows. Up to 1,000 different ones
 * are counted exactly. Of more, the 1,000 with the smallest hashes are: a reason among those is
 * among those of every part, so its count is exact whatever came first. The others are counted
 * together.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records. Owned by one
 * thread.
 */
public final class RefusalCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The most different reasons that are counted one by one. */
  static final int MAX_REASONS = 1000;

  /** The most different reasons that a result names. */
  static final int SHOWN_REASONS = 8;

  static final String OTHERS = "other reasons";

  private static final int SCATTER = 0x9e3779b1;
  private static final Comparator<String> BY_HASH =
      Comparator.comparingInt((String reason) -> reason.hashCode() * SCATTER)
          .thenComparing(Comparator.naturalOrder());

  private final Map<String, Long> counts = new HashMap<>();
  private long rows;

  /** Counts one row. */
  public void add(String reason) {
    add(reason, 1);
    rows++;
  }

  /**
   * Adds all counts of another part.
   *
   * @param other the part. Not modified.
   */
  public void merge(RefusalCounts other) {
    other.counts.forEach(this::add);
    rows += other.rows;
  }

  /** Returns the number of rows counted. */
  public long rows() {
    return rows;
  }

  /** Returns the most frequent reasons, equally frequent ones by name, and the rest in one. */
  public Refusals build() {
    trim();
    Map<String, Long> shown =
        counts.entrySet().stream()
            .sorted(
                Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Entry.comparingByKey()))
            .limit(SHOWN_REASONS)
            .collect(
                Collectors.toMap(Entry::getKey, Entry::getValue, Long::sum, LinkedHashMap::new));
    long others = rows - shown.values().stream().mapToLong(Long::longValue).sum();
    if (others > 0) {
      shown.put(OTHERS, others);
    }
    return new Refusals(shown);
  }

  private void add(String reason, long count) {
    counts.merge(reason, count, Long::sum);
    if (counts.size() >= 2 * MAX_REASONS) {
      trim();
    }
  }

  private void trim() {
    if (counts.size() > MAX_REASONS) {
      counts
          .keySet()
          .retainAll(
              counts.keySet().stream()
                  .sorted(BY_HASH)
                  .limit(MAX_REASONS)
                  .collect(Collectors.toSet()));
    }
  }
}
