package io.sparkrnn.train;

import io.sparkrnn.train.metrics.Evaluation;
import java.util.List;

/**
 * What training again on rows without a label has brought.
 *
 * @param unlabelledRows rows without a label
 * @param rounds the trainings, that on labels alone first
 * @param best index of the one that is the model
 */
public record SelfTrainingRecord(long unlabelledRows, List<Round> rounds, int best) {
  public SelfTrainingRecord {
    rounds = List.copyOf(rounds);
  }

  /**
   * One of the trainings.
   *
   * @param labelledBySelf rows without a label that it was trained on
   * @param validation its evaluation on the validation rows, which have labels; null without any
   */
  public record Round(long labelledBySelf, Evaluation validation) {}
}
