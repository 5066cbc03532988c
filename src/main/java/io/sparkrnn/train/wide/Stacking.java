package io.sparkrnn.train.wide;

import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.EvaluationBuilder;
import io.sparkrnn.train.metrics.Thresholds;

/**
 * Puts a wide branch and a network together by rows that neither was trained on, and tells what
 * each of them is worth there.
 */
public final class Stacking {
  private static final int FOLDS = 5;

  private final HeadSpec head;
  private final Thresholds thresholds;
  private final StackedRows rows;

  /**
   * Prepares to put branches together.
   *
   * @param head head of the network
   * @param thresholds which class is predicted
   * @param rows what both say of some rows, perhaps none
   */
  public Stacking(HeadSpec head, Thresholds thresholds, StackedRows rows) {
    this.head = head;
    this.thresholds = thresholds;
    this.rows = rows;
  }

  /** Returns the combination that suits all rows. */
  public Combination combination() {
    return CombinationFit.of(rows, head.outputs());
  }

  /**
   * Returns what happened.
   *
   * @param features n-grams that have a weight
   * @param passes passes over the rows that training took
   * @param combination what {@link #combination} returned
   */
  public WideRecord record(int features, int passes, Combination combination) {
    if (rows.rows() == 0) {
      return new WideRecord(features, passes, combination, 0, null, null, null);
    }
    return new WideRecord(
        features,
        passes,
        combination,
        rows.rows(),
        evaluate(rows, new Combination(1, 0, new double[head.outputs()])),
        evaluate(rows, new Combination(0, 1, new double[head.outputs()])),
        crossFitted());
  }

  private Evaluation crossFitted() {
    EvaluationBuilder all = new EvaluationBuilder(head, thresholds);
    for (int fold = 0; fold < FOLDS; fold++) {
      Combination ofOthers = CombinationFit.of(rows.part(fold, FOLDS, false), head.outputs());
      add(rows.part(fold, FOLDS, true), ofOthers, all);
    }
    return all.build();
  }

  private Evaluation evaluate(StackedRows some, Combination combination) {
    EvaluationBuilder builder = new EvaluationBuilder(head, thresholds);
    add(some, combination, builder);
    return builder.build();
  }

  private static void add(StackedRows some, Combination combination, EvaluationBuilder builder) {
    float[] outputs = some.recurrent().clone();
    combination.apply(outputs, some.wide());
    for (int row = 0; row < some.rows(); row++) {
      builder.add(outputs, row, some.labels()[row]);
    }
  }
}
