package io.sparkrnn.train;

import io.sparkrnn.train.config.TrainingConfig;
import java.io.Serializable;
import java.util.Objects;

/**
 * Where a training stands between two rounds: all that is needed to go on as if it had never
 * stopped.
 *
 * @param state what the next round starts from
 * @param bestParameters parameters of the best epoch, or empty before the first or without early
 *     stopping
 * @param history the whole epochs so far
 * @param sums what the rounds of the begun epoch add up to, none between two epochs
 */
public record TrainingProgress(
    RoundState state, float[] bestParameters, TrainingHistory history, EpochSums sums)
    implements Serializable {
  public TrainingProgress {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(history, "history");
    Objects.requireNonNull(sums, "sums");
    if (bestParameters.length != 0 && bestParameters.length != state.parameters().length) {
      throw new IllegalArgumentException(
          "bestParameters must have 0 or %d values, got %d"
              .formatted(state.parameters().length, bestParameters.length));
    }
  }

  /** Creates the progress between two epochs. */
  public TrainingProgress(RoundState state, float[] bestParameters, TrainingHistory history) {
    this(state, bestParameters, history, EpochSums.none());
  }

  /** The progress before the first epoch. */
  public static TrainingProgress initial(TrainingConfig config, float[] parameters) {
    return new TrainingProgress(
        RoundState.initial(config.optimization(), parameters),
        new float[0],
        TrainingHistory.empty());
  }

  /** Returns whether an epoch has begun and is not whole yet. */
  public boolean isWithinEpoch() {
    return state.round() > 0;
  }

  /**
   * Returns the parameters a training that ends here hands out: the best ones if they were kept.
   */
  public float[] parameters() {
    return bestParameters.length > 0 ? bestParameters : state.modelParameters();
  }
}
