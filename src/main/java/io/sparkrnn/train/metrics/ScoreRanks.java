package io.sparkrnn.train.metrics;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The scores of two classes, for the exact area under the ROC curve.
 *
 * <p>The area is the chance that a positive row scores higher than a negative one, ties counted
 * half (Mann and Whitney's U over the number of pairs). Whole numbers until the final division, so
 * the order of the rows does not matter.
 */
final class ScoreRanks implements Serializable {
  private static final long serialVersionUID = 1;

  private float[] positives = new float[16];
  private float[] negatives = new float[16];
  private int positiveCount;
  private int negativeCount;

  void add(float score, boolean positive) {
    // -0.0 and 0.0 are one score
    float value = score + 0f;
    if (positive) {
      positives = withRoom(positives, positiveCount, 1);
      positives[positiveCount++] = value;
    } else {
      negatives = withRoom(negatives, negativeCount, 1);
      negatives[negativeCount++] = value;
    }
  }

  void merge(ScoreRanks other) {
    positives = withRoom(positives, positiveCount, other.positiveCount);
    negatives = withRoom(negatives, negativeCount, other.negativeCount);
    System.arraycopy(other.positives, 0, positives, positiveCount, other.positiveCount);
    System.arraycopy(other.negatives, 0, negatives, negativeCount, other.negativeCount);
    positiveCount += other.positiveCount;
    negativeCount += other.negativeCount;
  }

  /** Returns the area, or NaN when one class has no rows. */
  double areaUnderCurve() {
    if (positiveCount == 0 || negativeCount == 0) {
      return Double.NaN;
    }
    float[] high = Arrays.copyOf(positives, positiveCount);
    float[] low = Arrays.copyOf(negatives, negativeCount);
    Arrays.sort(high);
    Arrays.sort(low);
    long halves = 0;
    int below = 0;
    int notAbove = 0;
    for (float score : high) {
      while (below < low.length && low[below] < score) {
        below++;
      }
      while (notAbove < low.length && low[notAbove] <= score) {
        notAbove++;
      }
      halves += (long) below + notAbove;
    }
    return halves / (2.0 * positiveCount * negativeCount);
  }

  private static float[] withRoom(float[] values, int used, int more) {
    int needed = Math.addExact(used, more);
    return needed <= values.length
        ? values
        : Arrays.copyOf(values, (int) Math.max(needed, Math.min(2L * used, Integer.MAX_VALUE - 8)));
  }
}
