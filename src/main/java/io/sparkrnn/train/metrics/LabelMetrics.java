package io.sparkrnn.train.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far transcripts are from the labels of their rows.
 *
 * <pre>
 *   label error rate = labels to be changed, added or removed / labels, over all rows together
 *   log loss         = mean over rows of -log p(labels) / number of labels
 * </pre>
 */
final class LabelMetrics extends HeadMetrics {
  private static final long serialVersionUID = 1L;

  private long rows;
  private long edits;
  private long labels;
  private double lossSum;

  LabelMetrics(Thresholds thresholds) {
    thresholds.check(0);
  }

  @Override
  void addTranscript(int[] found, int[] wanted, double loss) {
    if (Double.isNaN(loss)) {
      throw EvaluationBuilder.diverged(rows);
    }
    rows++;
    edits += edits(found, wanted);
    labels += wanted.length;
    lossSum += loss;
  }

  /** Returns the edit distance: insertions, deletions and substitutions, each of them one. */
  static int edits(int[] found, int[] wanted) {
    int[] distances = new int[wanted.length + 1];
    for (int j = 0; j <= wanted.length; j++) {
      distances[j] = j;
    }
    for (int i = 1; i <= found.length; i++) {
      int diagonal = distances[0];
      distances[0] = i;
      for (int j = 1; j <= wanted.length; j++) {
        int above = distances[j];
        int changed = diagonal + (found[i - 1] == wanted[j - 1] ? 0 : 1);
        distances[j] = Math.min(changed, 1 + Math.min(above, distances[j - 1]));
        diagonal = above;
      }
    }
    return distances[wanted.length];
  }

  @Override
  void add(float[] predictions, int i, float target) {
    throw new IllegalArgumentException("transcripts are measured whole; use addTranscript");
  }

  @Override
  void merge(HeadMetrics part) {
    if (!(part instanceof LabelMetrics other)) {
      throw mismatch(part);
    }
    rows += other.rows;
    edits += other.edits;
    labels += other.labels;
    lossSum += other.lossSum;
  }

  @Override
  long rows() {
    return rows;
  }

  @Override
  SortedMap<Metric, Double> result() {
    return new TreeMap<>(
        Map.of(
            Metric.LOG_LOSS, lossSum / rows,
            Metric.LABEL_ERROR_RATE, (double) edits / labels));
  }

  @Override
  public String toString() {
    return "transcripts";
  }
}
