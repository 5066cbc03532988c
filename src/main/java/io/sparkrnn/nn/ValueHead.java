package io.sparkrnn.nn;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.nn.targets.TargetKind;
import java.util.Locale;
import java.util.Objects;

/**
 * One number for each sequence, on the scale of the labels: a dense layer over pooled steps,
 * trained on standardized labels.
 *
 * <pre>
 *   y = mean + deviation z          loss of z - (label - mean) / deviation
 * </pre>
 *
 * @param pooling what the dense layer sees of the steps
 * @param loss mean squared error, mean absolute error or Huber's
 * @param delta of Huber's loss, in deviations; not read with other losses
 * @param mean of the labels that it is trained on
 * @param deviation their standard deviation, above 0
 */
public record ValueHead(Pooling pooling, Loss loss, double delta, double mean, double deviation)
    implements HeadSpec {
  public ValueHead {
    Objects.requireNonNull(pooling, "pooling");
    Objects.requireNonNull(loss, "loss");
    if (pooling == Pooling.EVERY_STEP) {
      throw new IllegalArgumentException("pooling must leave one vector, got " + pooling);
    }
    if (loss.isOfClasses()) {
      throw new IllegalArgumentException(
          "loss of numbers must be mean_squared_error, mean_absolute_error or huber, got "
              + loss.name().toLowerCase(Locale.ROOT));
    }
    Require.positive("delta", delta);
    Require.positive("deviation", deviation);
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("mean must be finite, got " + mean);
    }
  }

  /** Creates a head for labels whose scale is not known yet. */
  public ValueHead(Pooling pooling, Loss loss, double delta) {
    this(pooling, loss, delta, 0, 1);
  }

  /**
   * Returns this head for labels of a scale; those that are all the same are only moved.
   *
   * @param mean of the labels
   * @param deviation their standard deviation, at least 0
   */
  public ValueHead scaledTo(double mean, double deviation) {
    return new ValueHead(pooling, loss, delta, mean, deviation > 0 ? deviation : 1);
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public Activation activation() {
    return Activation.LINEAR;
  }

  @Override
  public TargetKind targets() {
    return TargetKind.SEQUENCE;
  }

  @Override
  public int predictions(int steps) {
    return 1;
  }

  @Override
  public String need() {
    return "a regression needs a number for each row";
  }

  @Override
  public void check(Loss loss) {
    if (loss != this.loss) {
      throw new IllegalArgumentException("loss must be " + this.loss + ", got " + loss);
    }
  }
}
