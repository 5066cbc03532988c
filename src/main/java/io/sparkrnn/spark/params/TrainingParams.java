package io.sparkrnn.spark.params;

import java.util.List;

/**
 * The parameters of a training, which every estimator has.
 *
 * @param <S> the class that has the parameters
 */
public interface TrainingParams<S extends TrainingParams<S>>
    extends ScoringParams<S>,
        RowsParams<S>,
        NetworkParams<S>,
        EmbeddingTrainingParams<S>,
        ObjectiveParams<S>,
        OptimizationParams<S>,
        BatchingParams<S>,
        RoundsParams<S>,
        StoppingParams<S>,
        ExecutionParams<S>,
        CheckpointParams<S>,
        RunParams<S> {
  /** Returns {@link #stepSize}, or the optimizer's default when it is not set. */
  @Override
  default double getStepSize() {
    return isSet(stepSize())
        ? OptimizationParams.super.getStepSize()
        : TrainingSetup.learningRate(getOptimizer());
  }

  /**
   * Returns the names of the parameters that are not read, because {@link #layers} or {@link
   * #vectorSize} is set.
   */
  default List<String> unread() {
    return NetworkSetup.unread(this).map(OptionRow::name).toList();
  }
}
