package io.sparkrnn.train.metrics;

import io.sparkrnn.train.shards.Refusals;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a model did on labelled rows: the figures that its kind of head is measured by.
 *
 * @param rows rows evaluated; of a head at every step, steps
 * @param rowsRefused rows left out because they were bad
 * @param metrics the figures, at least one of a kind that is watched, the first; NaN where one
 *     cannot be computed
 * @param confusion rows by [actual][predicted] class; empty without classes
 * @param refusals why rows were left out; none when only their number is known
 * @param baselines the figures of what needs no learning on the same rows, by name
 */
public record Evaluation(
    long rows,
    long rowsRefused,
    SortedMap<Metric, Double> metrics,
    long[][] confusion,
    Refusals refusals,
    SortedMap<String, SortedMap<Metric, Double>> baselines)
    implements Serializable {
  public Evaluation {
    if (rows < 0 || rowsRefused < 0) {
      throw new IllegalArgumentException(
          "rows and rowsRefused must be >= 0, got " + rows + " and " + rowsRefused);
    }
    if (refusals.rows() != 0 && refusals.rows() != rowsRefused) {
      throw new IllegalArgumentException(
          "refusals must be of " + rowsRefused + " rows, got " + refusals.rows());
    }
    if (metrics.keySet().stream().noneMatch(Metric::isWatched)) {
      throw new IllegalArgumentException(
          "metrics must have one that is watched, got " + metrics.keySet());
    }
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    confusion = copy(confusion);
    baselines = Collections.unmodifiableSortedMap(new TreeMap<>(baselines));
  }

  /** Creates an evaluation that has nothing beside it. */
  public Evaluation(
      long rows,
      long rowsRefused,
      SortedMap<Metric, Double> metrics,
      long[][] confusion,
      Refusals refusals) {
    this(rows, rowsRefused, metrics, confusion, refusals, Collections.emptySortedMap());
  }

  /** Returns a figure; NaN when this is of another kind of head. */
  public double value(Metric metric) {
    return metrics.getOrDefault(metric, Double.NaN);
  }

  /** Returns the figure that early stopping and plateaus watch, better when smaller. */
  public Metric watched() {
    return metrics.keySet().stream().filter(Metric::isWatched).findFirst().orElseThrow();
  }

  /** Returns the first figure beside the one that is watched, if there is one. */
  public Optional<Metric> besideWatched() {
    return metrics.keySet().stream().filter(metric -> metric != watched()).findFirst();
  }

  /** Returns the confusion matrix [actual][predicted], a copy. */
  @Override
  public long[][] confusion() {
    return copy(confusion);
  }

  private static long[][] copy(long[][] matrix) {
    long[][] copy = new long[matrix.length][];
    for (int i = 0; i < copy.length; i++) {
      if (matrix[i].length != matrix.length) {
        throw new IllegalArgumentException(
            "confusion must be square, got row %d of %d with %d columns"
                .formatted(i, matrix.length, matrix[i].length));
      }
      copy[i] = matrix[i].clone();
    }
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Evaluation that
        && rows == that.rows
        && rowsRefused == that.rowsRefused
        && refusals.equals(that.refusals)
        && metrics.equals(that.metrics)
        && baselines.equals(that.baselines)
        && Arrays.deepEquals(confusion, that.confusion);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(rows) * 31 + metrics.hashCode();
  }

  /** Returns what the line of an epoch shows: the figure watched, and those that users know. */
  public String brief() {
    return Stream.concat(Stream.of(watched()), shown().filter(Metric::isBrief))
        .map(metric -> metric.brief(value(metric)))
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns the figures that tell something: those that are numbers, and macro F1 where there is no
   * area under a curve, which tells more of two classes.
   */
  public Stream<Metric> shown() {
    return metrics.keySet().stream()
        .filter(metric -> !Double.isNaN(value(metric)))
        .filter(metric -> metric != Metric.MACRO_F1 || Double.isNaN(value(Metric.AUC)));
  }

  @Override
  public String toString() {
    return shown()
        .map(metric -> metric.text(value(metric)))
        .collect(Collectors.joining(", ", "rows " + rows + ", refused " + rowsRefused + ", ", ""));
  }
}
