package io.sparkrnn.train;

import io.sparkrnn.nn.Loss;
import java.util.Objects;

/**
 * What training minimizes.
 *
 * @param loss loss of one example
 */
public record Objective(Loss loss) implements OptionGroup {
  public Objective {
    Objects.requireNonNull(loss, "loss");
  }

  /** Returns the defaults with another loss. */
  public static Objective of(Loss loss) {
    return new Objective(loss);
  }
}
