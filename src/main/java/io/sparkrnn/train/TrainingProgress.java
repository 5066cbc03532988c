package io.sparkrnn.train;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where a training stands after a whole epoch: all that is needed to go on as if it had never
 * stopped.
 *
 * @param state what the next epoch starts from
 * @param bestParameters parameters of the best epoch, or empty before the first or without early
 *     stopping
 * @param history the course so far
 */
public record TrainingProgress(RoundState state, float[] bestParameters, TrainingHistory history)
    implements Serializable {
  public TrainingProgress {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(history, "history");
    if (bestParameters.length != 0 && bestParameters.length != state.parameters().length) {
      throw new IllegalArgumentException(
          "bestParameters must have 0 or "
              + state.parameters().length
              + " values, got "
              + bestParameters.length);
    }
  }

  /** The progress before the first epoch. */
  public static TrainingProgress initial(TrainingConfig config, float[] parameters) {
    return new TrainingProgress(
        RoundState.initial(config, parameters), new float[0], TrainingHistory.empty());
  }

  /**
   * Returns the parameters a training that ends here hands out: the best ones if they were kept.
   */
  public float[] parameters() {
    return bestParameters.length > 0 ? bestParameters : state.modelParameters();
  }
}
