package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.output.LossFunction;
import org.junit.jupiter.api.Test;

class LossFunctionTest {
  @Test
  void smoothingOutOfRangeOrOfValuesIsRefused() {
    assertEquals(
        "labelSmoothing must be in [0, 1), got 1.0",
        assertThrows(
                IllegalArgumentException.class, () -> new LossFunction(Loss.BINARY_CROSSENTROPY, 1))
            .getMessage());
    assertEquals(
        "labelSmoothing must be 0 for MEAN_SQUARED_ERROR, got 0.1",
        assertThrows(
                IllegalArgumentException.class,
                () -> new LossFunction(Loss.MEAN_SQUARED_ERROR, 0.1))
            .getMessage());
  }
}
