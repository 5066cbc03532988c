package io.sparkrnn.spark.rows;

import io.sparkrnn.nn.targets.TargetKind;
import io.sparkrnn.train.config.ClassWeights;
import io.sparkrnn.train.metrics.Moments;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.RefusalCounts;
import io.sparkrnn.train.shards.Refusals;
import io.sparkrnn.train.shards.StableKey;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What the driver needs to know of a shard, or of several together.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records.
 */
public final class ShardSummary implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long trainingRows;
  private final StepCounts steps;
  private final long validationRows;
  private final RefusalCounts refused;
  private final float smallestLabel;
  private final float largestLabel;
  private final float largestValidationLabel;
  private final Moments labels;
  private final long[] classCounts;
  private final long[] weightedCounts;
  private final long keySum;

  public ShardSummary(
      long trainingRows,
      StepCounts steps,
      long validationRows,
      RefusalCounts refused,
      float smallestLabel,
      float largestLabel,
      float largestValidationLabel,
      Moments labels,
      long[] classCounts,
      long[] weightedCounts,
      long keySum) {
    this.trainingRows = trainingRows;
    this.steps = steps;
    this.validationRows = validationRows;
    this.refused = refused;
    this.smallestLabel = smallestLabel;
    this.largestLabel = largestLabel;
    this.largestValidationLabel = largestValidationLabel;
    this.labels = labels;
    this.classCounts = classCounts;
    this.weightedCounts = weightedCounts;
    this.keySum = keySum;
  }

  /** Returns the number of rows to train on. */
  public long trainingRows() {
    return trainingRows;
  }

  /** Returns the number of steps, such as words, of the rows to train on. */
  public long trainingSteps() {
    return steps.training();
  }

  /** Returns the steps of the rows, and of those held out. */
  public StepCounts steps() {
    return steps;
  }

  /** Returns the number of rows held out. */
  public long validationRows() {
    return validationRows;
  }

  /** Returns the smallest label of the training rows, infinite without rows. */
  float smallestLabel() {
    return smallestLabel;
  }

  /** Returns the largest label of the training rows, minus infinity without rows. */
  float largestLabel() {
    return largestLabel;
  }

  /** Returns the largest label of the validation rows, minus infinity without rows. */
  float largestValidationLabel() {
    return largestValidationLabel;
  }

  /**
   * Returns mean and deviation of the labels of the training rows, weights counted, row by row
   * within a shard and shard by shard; of no rows unless each has one label.
   */
  public Moments labels() {
    return labels;
  }

  /** Returns the number of training rows of each class, when labels are class indices. */
  public long[] classCounts() {
    return Arrays.copyOf(classCounts, Math.min(classes(), LabelRule.MAX_CLASSES));
  }

  /**
   * Returns the number of training rows that count: neither their weight nor their class's is 0.
   */
  public long weightedRows(ClassWeights weights) {
    long rows = 0;
    for (int label = 0; label < weightedCounts.length; label++) {
      boolean counts = weights.weights().isEmpty() || weights.weights().get(label) > 0;
      rows += counts ? weightedCounts[label] : 0;
    }
    return rows;
  }

  /** Returns the sum of all keys, which tells whether two data sets differ. */
  public long keySum() {
    return keySum;
  }

  public static ShardSummary of(ShardData data) {
    PackedShard training = data.training();
    float smallest = Float.POSITIVE_INFINITY;
    for (float label : training.labels()) {
      smallest = Math.min(smallest, label);
    }
    return new ShardSummary(
        training.rows(),
        StepCounts.of(data),
        data.validation().rows(),
        data.refused(),
        smallest,
        largest(training),
        largest(data.validation()),
        moments(training),
        classCounts(training),
        weightedCounts(training),
        keySum(training) + 31 * keySum(data.validation()));
  }

  static ShardSummary total(List<ShardSummary> shards) {
    return shards.stream().reduce(ShardSummary::plus).orElseThrow();
  }

  /** Returns the first class index that no training row has. */
  int firstMissingClass() {
    int label = 0;
    while (label < classCounts.length && classCounts[label] > 0) {
      label++;
    }
    return label;
  }

  /** Returns the number of classes, at least 2, when labels are class indices. */
  public int classes() {
    return Math.max(2, 1 + (int) Math.max(largestLabel, largestValidationLabel));
  }

  /** Returns the number of rows left out. */
  long refusedRows() {
    return refused.rows();
  }

  /** Returns the rows left out, by reason. */
  public Refusals refusals() {
    return refused.build();
  }

  private ShardSummary plus(ShardSummary other) {
    RefusalCounts refusedOfBoth = new RefusalCounts();
    refusedOfBoth.merge(refused);
    refusedOfBoth.merge(other.refused);
    Moments labelsOfBoth = new Moments();
    labelsOfBoth.merge(labels);
    labelsOfBoth.merge(other.labels);
    return new ShardSummary(
        trainingRows + other.trainingRows,
        steps.plus(other.steps),
        validationRows + other.validationRows,
        refusedOfBoth,
        Math.min(smallestLabel, other.smallestLabel),
        Math.max(largestLabel, other.largestLabel),
        Math.max(largestValidationLabel, other.largestValidationLabel),
        labelsOfBoth,
        sum(classCounts, other.classCounts),
        sum(weightedCounts, other.weightedCounts),
        keySum + other.keySum);
  }

  private static Moments moments(PackedShard shard) {
    Moments moments = new Moments();
    for (int row = 0; row < shard.rows(); row++) {
      if (shard.targets().kind() == TargetKind.SEQUENCE) {
        moments.add(shard.labels()[row], shard.weights()[row]);
      }
    }
    return moments;
  }

  private static long[] sum(long[] a, long[] b) {
    long[] sum = Arrays.copyOf(a, Math.max(a.length, b.length));
    for (int i = 0; i < b.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  /** Counts labels that can be class indices; the numbers of a regression need not be. */
  private static long[] classCounts(PackedShard shard) {
    int classes = 1 + (int) Math.max(-1, Math.min(largest(shard), LabelRule.MAX_CLASSES - 1));
    long[] counts = new long[classes];
    for (float label : shard.labels()) {
      if (label >= 0 && label < classes) {
        counts[(int) label]++;
      }
    }
    return counts;
  }

  /** Counts rows with a weight by class; those of a regression by whatever index is near. */
  private static long[] weightedCounts(PackedShard shard) {
    long[] counts = new long[Math.max(1, classCounts(shard).length)];
    for (int row = 0; row < shard.rows(); row++) {
      if (shard.weights()[row] > 0) {
        float label = shard.labels().length == 0 ? 0 : shard.labels()[row];
        counts[(int) Math.max(0, Math.min(label, counts.length - 1))]++;
      }
    }
    return counts;
  }

  private static float largest(PackedShard shard) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float label : shard.labels()) {
      largest = Math.max(largest, label);
    }
    return largest;
  }

  private static long keySum(PackedShard shard) {
    long sum = 0;
    for (int row = 0; row < shard.rows(); row++) {
      sum += StableKey.of(shard, row);
    }
    return sum;
  }
}
