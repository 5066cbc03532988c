package io.sparkrnn.train.metrics;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * chrF2 of a corpus, one reference each, as SacreBLEU computes it by default: {@code
 * nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no}.
 *
 * <pre>
 *   chrF = 100 (1 + 4) P R / (4 P + R)
 * </pre>
 *
 * <p>P and R are precision and recall of n-grams of characters (code points) without blanks, means
 * over n = 1 .. 6.
 *
 * @see <a href="https://aclanthology.org/W15-3049/">Popovic, 2015</a>
 */
final class Chrf implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ORDER = 6;
  private static final double BETA_SQUARED = 4;

  private final long[] made = new long[ORDER];
  private final long[] wanted = new long[ORDER];
  private final long[] matches = new long[ORDER];

  void add(String translation, String reference) {
    int[] left = characters(translation);
    int[] right = characters(reference);
    for (int n = 1; n <= ORDER; n++) {
      Map<String, Integer> grams = grams(right, n);
      wanted[n - 1] += Math.max(0, right.length - n + 1);
      if (grams.isEmpty()) {
        continue;
      }
      made[n - 1] += Math.max(0, left.length - n + 1);
      for (Map.Entry<String, Integer> gram : grams(left, n).entrySet()) {
        matches[n - 1] += Math.min(gram.getValue(), grams.getOrDefault(gram.getKey(), 0));
      }
    }
  }

  private static int[] characters(String text) {
    return text.codePoints()
        .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
        .toArray();
  }

  private static Map<String, Integer> grams(int[] characters, int n) {
    Map<String, Integer> grams = new HashMap<>();
    for (int i = 0; i + n <= characters.length; i++) {
      grams.merge(new String(characters, i, n), 1, Integer::sum);
    }
    return grams;
  }

  void merge(Chrf other) {
    for (int n = 0; n < ORDER; n++) {
      made[n] += other.made[n];
      wanted[n] += other.wanted[n];
      matches[n] += other.matches[n];
    }
  }

  /** Returns chrF, in [0, 100]. */
  double score() {
    double precision = 0;
    double recall = 0;
    for (int n = 0; n < ORDER; n++) {
      if (made[n] > 0 && wanted[n] > 0) {
        precision += (double) matches[n] / made[n];
        recall += (double) matches[n] / wanted[n];
      }
    }
    int orders = orders();
    if (orders == 0 || precision + recall == 0) {
      return 0;
    }
    precision /= orders;
    recall /= orders;
    return 100 * (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall);
  }

  private int orders() {
    int orders = 0;
    for (int n = 0; n < ORDER; n++) {
      orders += made[n] > 0 && wanted[n] > 0 ? 1 : 0;
    }
    return orders;
  }
}
