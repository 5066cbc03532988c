package io.sparkrnn.spark.params;

import io.sparkrnn.spark.options.OptionRow;
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
        FeatureParams<S>,
        EmbeddingTrainingParams<S>,
        ObjectiveParams<S>,
        OptimizationParams<S>,
        BatchingParams<S>,
        RoundsParams<S>,
        StoppingParams<S>,
        ExecutionParams<S>,
        WideParams<S>,
        UnlabelledParams<S>,
        CheckpointParams<S>,
        RunParams<S> {
  /** Returns {@link #stepSize}, or the optimizer's default when it is not set. */
  @Override
  default double getStepSize() {
    return isSet(stepSize())
        ? OptimizationParams.super.getStepSize()
        : TrainingSetup.learningRate(getOptimizer());
  }

  /** Returns {@link #standardize}, or whether {@link #audioCol} is set when it is not. */
  @Override
  default boolean getStandardize() {
    return isSet(standardize()) ? FeatureParams.super.getStandardize() : !getAudioCol().isEmpty();
  }

  /**
   * Returns {@link #batchesPerRound}, or what {@link #shards} asks for when it is not set; more
   * rows than IMDB has make rounds longer.
   */
  @Override
  default int getBatchesPerRound() {
    return isSet(batchesPerRound())
        ? RoundsParams.super.getBatchesPerRound()
        : TrainingSetup.policy(this, 0).rounds().batchesPerRound();
  }

  /** Returns {@link #outerUpdate}, or what {@link #shards} asks for when it is not set. */
  @Override
  default String getOuterUpdate() {
    return isSet(outerUpdate())
        ? RoundsParams.super.getOuterUpdate()
        : TrainingSetup.policy(this, 0).rounds().outer().kind();
  }

  /** Returns {@link #outerMomentum}, or what {@link #shards} asks for when it is not set. */
  @Override
  default double getOuterMomentum() {
    return isSet(outerMomentum())
        ? RoundsParams.super.getOuterMomentum()
        : TrainingSetup.policy(this, 0).momentum();
  }

  /**
   * Returns the names of the parameters that are not read, because {@link #layers}, {@link
   * #vectorSize} or {@link #audioCol} is set or not.
   */
  default List<String> unread() {
    return NetworkSetup.unread(this).map(OptionRow::name).toList();
  }
}
