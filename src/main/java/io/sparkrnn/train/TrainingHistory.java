package io.sparkrnn.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The course of a training: one record per epoch.
 *
 * @param epochs the epochs, first to last
 * @param bestEpoch number of the epoch whose parameters the model has, 0 before the first
 * @param stepNorms root mean square of the gradient by the state, by steps counted back from the
 *     end of a sequence (0 is the last step); empty when it was not monitored
 */
public record TrainingHistory(List<EpochRecord> epochs, int bestEpoch, double[] stepNorms)
    implements Serializable {
  public TrainingHistory {
    epochs = List.copyOf(epochs);
    stepNorms = stepNorms.clone();
    if (bestEpoch < 0) {
      throw new IllegalArgumentException("bestEpoch must be >= 0, got " + bestEpoch);
    }
  }

  /** Returns the history of a training that has not begun. */
  public static TrainingHistory empty() {
    return new TrainingHistory(List.of(), 0, new double[0]);
  }

  /** Returns the norms by step before the end, a copy. */
  @Override
  public double[] stepNorms() {
    return stepNorms.clone();
  }

  /** Returns the record of the best epoch, or null when there is none. */
  public EpochRecord best() {
    return epochs.stream().filter(e -> e.epoch() == bestEpoch).findFirst().orElse(null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrainingHistory that
        && epochs.equals(that.epochs)
        && bestEpoch == that.bestEpoch
        && Arrays.equals(stepNorms, that.stepNorms);
  }

  @Override
  public int hashCode() {
    return epochs.hashCode() * 31 + Arrays.hashCode(stepNorms);
  }
}
