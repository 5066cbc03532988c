package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.Pooling;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The most certain rows of each class. */
class CertaintyTest {
  private static final double[] HALVES = {0.5, 0.5};
  private static final HeadSpec BINARY = HeadSpec.binary();

  private static int[] labels(HeadSpec head, float[] outputs, double fraction, double... shares) {
    Certainty certainty = new Certainty(head.classes());
    certainty.add(head, outputs);
    return Certainty.labels(head, outputs, certainty.bounds(fraction, shares));
  }

  @Test
  void theMostCertainOfEachClassAreChosen() {
    float[] outputs = {0.9f, 0.6f, 0.2f, 0.45f, 0.99f, 0.01f, 0.52f, 0.48f};
    assertArrayEquals(new int[] {1, -1, 0, -1, 1, 0, -1, -1}, labels(BINARY, outputs, 0.5, HALVES));
    assertArrayEquals(new int[] {1, 1, 0, 0, 1, 0, 1, 0}, labels(BINARY, outputs, 1, HALVES));
    assertArrayEquals(
        new int[] {-1, -1, -1, -1, -1, -1, -1, -1}, labels(BINARY, outputs, 0, HALVES));
  }

  @Test
  void classesHaveTheirShares() {
    float[] outputs = {0.9f, 0.8f, 0.7f, 0.95f, 0.3f, 0.2f, 0.1f, 0.05f};
    assertArrayEquals(
        new int[] {1, -1, -1, 1, -1, -1, -1, -1}, labels(BINARY, outputs, 0.25, 0, 1));
  }

  @Test
  void equallyCertainRowsAreChosenTogetherOrNot() {
    float[] outputs = {1, 1, 1, 0, 0, 0.4f};
    assertArrayEquals(new int[] {-1, -1, -1, 0, 0, -1}, labels(BINARY, outputs, 4 / 6.0, HALVES));
    assertArrayEquals(new int[] {1, 1, 1, 0, 0, 0}, labels(BINARY, outputs, 1, HALVES));
  }

  @Test
  void severalClassesAreToldApart() {
    HeadSpec three = HeadSpec.of(Pooling.LAST, 3, Activation.SOFTMAX);
    float[] outputs = {0.8f, 0.1f, 0.1f, 0.3f, 0.4f, 0.3f, 0.1f, 0.1f, 0.8f, 0.5f, 0.3f, 0.2f};
    double third = 1.0 / 3;
    assertArrayEquals(new int[] {0, 1, 2, -1}, labels(three, outputs, 0.75, third, third, third));
  }

  @Test
  void countsAddUp() {
    SplittableRandom random = new SplittableRandom(1);
    float[] outputs = new float[1000];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = (float) random.nextDouble();
    }
    Certainty whole = new Certainty(2);
    whole.add(BINARY, outputs);
    Certainty parts = new Certainty(2);
    for (int from = 0; from < outputs.length; from += 100) {
      Certainty part = new Certainty(2);
      part.add(BINARY, Arrays.copyOfRange(outputs, from, from + 100));
      parts.add(part);
    }
    assertEquals(1000, parts.rows());
    assertArrayEquals(whole.bounds(0.3, HALVES), parts.bounds(0.3, HALVES));
    long chosen =
        Arrays.stream(Certainty.labels(BINARY, outputs, whole.bounds(0.3, HALVES)))
            .filter(label -> label >= 0)
            .count();
    assertTrue(chosen > 250 && chosen <= 300, "" + chosen);
  }
}
