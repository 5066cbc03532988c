package io.sparkrnn.io;

import java.util.Arrays;
import java.util.Objects;

/**
 * A float tensor with its name.
 *
 * @param name name in the file, such as {@code lstm_0/lstm_cell/kernel}
 * @param shape extents, each 0 or more; empty for a single number
 * @param values row-major, as many as the product of the shape. Not copied.
 */
public record NamedTensor(String name, int[] shape, float[] values) {
  public NamedTensor {
    Objects.requireNonNull(name, "name");
    if (elements(shape) != values.length) {
      throw new IllegalArgumentException(
          "tensor '%s' of shape %s must hold %d values, got %d"
              .formatted(name, Arrays.toString(shape), elements(shape), values.length));
    }
  }

  /** Returns the position of the first value that is infinite or NaN, or -1. */
  public int firstNotFinite() {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Returns how many values a shape has, and 2^31 - 1 for more than that. */
  static long elements(int[] shape) {
    long elements = 1;
    for (int extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException("shape must be >= 0, got " + Arrays.toString(shape));
      }
      elements = Math.min(elements * extent, Integer.MAX_VALUE);
    }
    return elements;
  }
}
