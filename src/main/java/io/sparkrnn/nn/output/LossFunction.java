package io.sparkrnn.nn.output;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.nn.Loss;
import java.util.Objects;

/**
 * A loss with label smoothing: targets move towards the uniform distribution.
 *
 * <pre>
 *   binary:       y(smooth) = (1 - labelSmoothing) y    + labelSmoothing / 2
 *   categorical:  y(smooth) = (1 - labelSmoothing) y(k) + labelSmoothing / K    y one-hot
 * </pre>
 *
 * <p>Keras: {@code label_smoothing} of the losses of the same name.
 *
 * @param loss the loss
 * @param labelSmoothing in [0, 1), 0 for mean squared error
 * @see <a href="https://arxiv.org/abs/1512.00567">Szegedy et al., 2016</a>
 */
public record LossFunction(Loss loss, double labelSmoothing) {
  public LossFunction {
    Objects.requireNonNull(loss, "loss");
    Require.rate("labelSmoothing", labelSmoothing);
    if (labelSmoothing > 0 && !loss.isOfClasses()) {
      throw new IllegalArgumentException(
          "labelSmoothing must be 0 for %s, got %s".formatted(loss, labelSmoothing));
    }
  }

  /** Returns the loss without label smoothing. */
  public static LossFunction of(Loss loss) {
    return new LossFunction(loss, 0);
  }
}
