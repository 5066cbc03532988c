package io.sparkrnn.optim;

import io.sparkrnn.kernel.Require;
import java.io.Serializable;

/**
 * Reduces the learning rate when the watched loss stops falling.
 *
 * <pre>
 *   after patience epochs without a loss below best - minDelta:
 *     rate = max(rate * factor, minLearningRate), then cooldown epochs that do not count
 * </pre>
 *
 * <p>A function of the losses alone, so that nothing but the history of a training has to be kept.
 * A schedule's factor comes on top. Keras: {@code ReduceLROnPlateau}.
 *
 * @param patience epochs without improvement before the rate is reduced, 0 for never
 * @param factor what the rate is multiplied by, more than 0 and less than 1
 * @param minDelta what counts as improvement, 0 or more
 * @param cooldown epochs after a reduction that are not watched
 * @param minLearningRate the rate is not reduced below this
 */
public record Plateau(
    int patience, double factor, double minDelta, int cooldown, double minLearningRate)
    implements Serializable {
  public Plateau {
    Require.notNegative("plateauPatience", patience);
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException("plateauFactor must be in (0, 1), got " + factor);
    }
    Require.notNegative("plateauMinDelta", minDelta);
    Require.notNegative("plateauCooldown", cooldown);
    Require.notNegative("minLearningRate", minLearningRate);
  }

  /** Never reduces; the other values are Keras's defaults. */
  public static Plateau never() {
    return new Plateau(0, 0.1, 1e-4, 0, 0);
  }

  /**
   * Returns the factor on the learning rate after some epochs, 1 before the first reduction.
   *
   * @param learningRate the rate at the start
   * @param losses the watched loss of each epoch so far. Not modified.
   */
  public double rateFactor(double learningRate, double[] losses) {
    if (patience == 0) {
      return 1;
    }
    double least = minLearningRate / learningRate;
    double rate = 1;
    double best = Double.POSITIVE_INFINITY;
    int waited = 0;
    int cooling = 0;
    for (double loss : losses) {
      if (cooling > 0) {
        cooling--;
        waited = 0;
      }
      if (loss < best - minDelta) {
        best = loss;
        waited = 0;
      } else if (cooling == 0 && ++waited >= patience && rate > least) {
        rate = Math.max(rate * factor, least);
        cooling = cooldown;
        waited = 0;
      }
    }
    return rate;
  }
}
