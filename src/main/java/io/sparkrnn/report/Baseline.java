package io.sparkrnn.report;

import io.sparkrnn.train.metrics.Evaluation;
import java.util.Objects;

/**
 * Another model's result on the same rows.
 *
 * @param name what it is, such as {@code tf-idf + logistic regression}
 * @param evaluation its evaluation
 */
public record Baseline(String name, Evaluation evaluation) {
  public Baseline {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(evaluation, "evaluation");
  }
}
