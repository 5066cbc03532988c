package io.sparkrnn.train.metrics;

import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.targets.Targets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many labels of steps, and spans of them, are right.
 *
 * <p>Rows are sequences. Accuracy and log loss are of all steps together; of a CRF, log loss is of
 * the marginals, and the predicted labels are those of the most probable path.
 */
final class TagMetrics extends HeadMetrics {
  private static final long serialVersionUID = 1L;
  private static final double EPSILON = 1e-7;

  private final int labels;
  private final boolean crf;
  private final Spans spans;
  private final long[][] confusion;
  private long rows;
  private long steps;
  private double logLossSum;

  TagMetrics(List<String> labels, boolean crf, Thresholds thresholds) {
    thresholds.check(0);
    this.labels = labels.size();
    this.crf = crf;
    spans = new Spans(labels);
    confusion = new long[this.labels][this.labels];
  }

  @Override
  void add(float[] predictions, Targets targets) {
    for (int row = 0; row < targets.rows(); row++) {
      int start = targets.start(row);
      int[] actual = new int[targets.start(row + 1) - start];
      int[] predicted = new int[actual.length];
      for (int t = 0; t < actual.length; t++) {
        actual[t] = (int) targets.values()[start + t];
        predicted[t] = addStep(predictions, start + t, actual[t]);
      }
      spans.add(actual, predicted);
      rows++;
    }
  }

  private int addStep(float[] predictions, int step, int actual) {
    int width = crf ? labels + 1 : labels;
    float p = predictions[step * width + actual];
    if (Float.isNaN(p)) {
      throw EvaluationBuilder.diverged(rows);
    }
    int predicted = TagHead.predicted(predictions, step, labels, crf);
    confusion[actual][predicted]++;
    logLossSum -= StrictMath.log(Math.min(Math.max(p, EPSILON), 1 - EPSILON));
    steps++;
    return predicted;
  }

  @Override
  void add(float[] predictions, int i, float target) {
    throw new IllegalArgumentException("a tagger is measured by sequences");
  }

  @Override
  void merge(HeadMetrics part) {
    if (!(part instanceof TagMetrics other) || labels != other.labels || crf != other.crf) {
      throw mismatch(part);
    }
    for (int i = 0; i < labels; i++) {
      for (int j = 0; j < labels; j++) {
        confusion[i][j] += other.confusion[i][j];
      }
    }
    spans.merge(other.spans);
    rows += other.rows;
    steps += other.steps;
    logLossSum += other.logLossSum;
  }

  @Override
  long rows() {
    return rows;
  }

  @Override
  SortedMap<Metric, Double> result() {
    long correct = 0;
    for (int k = 0; k < labels; k++) {
      correct += confusion[k][k];
    }
    return new TreeMap<>(
        Map.of(
            Metric.ACCURACY,
            (double) correct / steps,
            Metric.LOG_LOSS,
            logLossSum / steps,
            Metric.MACRO_F1,
            MacroF1.of(confusion),
            Metric.SPAN_F1,
            spans.f1()));
  }

  @Override
  long[][] confusion() {
    return confusion;
  }

  @Override
  public String toString() {
    return labels + " labels of steps";
  }
}
