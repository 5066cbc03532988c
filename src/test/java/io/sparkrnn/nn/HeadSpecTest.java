package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.targets.TargetKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HeadSpecTest {
  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void poolingSaysHowManyPredictionsASequenceHas(Pooling pooling) {
    HeadSpec head = HeadSpec.of(pooling, 1, Activation.SIGMOID);
    boolean steps = pooling == Pooling.EVERY_STEP;
    assertEquals(steps ? StepHead.class : SequenceHead.class, head.getClass());
    assertEquals(pooling, head.pooling());
    assertEquals(steps ? TargetKind.STEP : TargetKind.SEQUENCE, head.targets());
    assertEquals(steps ? 7 : 1, head.predictions(7));
    assertEquals(steps ? 0 : 1, head.predictions(0));
  }

  @ParameterizedTest
  @CsvSource({
    "BINARY_CROSSENTROPY, 2, 1, 2",
    "CATEGORICAL_CROSSENTROPY, 5, 5, 5",
    "MEAN_SQUARED_ERROR, 9, 1, 0"
  })
  void aLossHasItsHead(Loss loss, int classes, int outputs, int told) {
    HeadSpec head = HeadSpec.of(Pooling.MEAN, loss, classes);
    assertEquals(loss, head.loss());
    assertEquals(outputs, head.outputs());
    assertEquals(told, head.classes());
    head.check(loss);
  }

  @Test
  void probabilitiesAreOfAllClasses() {
    float[] outputs = {0.25f, 0.5f, 0.125f, 0.375f};
    assertArrayEquals(
        new double[] {0.5, 0.5},
        HeadSpec.of(Pooling.LAST, 1, Activation.SIGMOID).probabilities(outputs, 1));
    assertArrayEquals(
        new double[] {0.125, 0.375},
        HeadSpec.of(Pooling.LAST, 2, Activation.SOFTMAX).probabilities(outputs, 1));
    assertEquals(
        0, HeadSpec.of(Pooling.LAST, 1, Activation.LINEAR).probabilities(outputs, 1).length);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    HeadSpec binary = HeadSpec.binary();
    assertRefused(
        "loss MEAN_SQUARED_ERROR needs a LINEAR output, got SIGMOID",
        () -> binary.check(Loss.MEAN_SQUARED_ERROR));
    assertRefused(
        "loss MEAN_SQUARED_ERROR needs outputs = 1, got 3",
        () -> HeadSpec.of(Pooling.LAST, 3, Activation.LINEAR).check(Loss.MEAN_SQUARED_ERROR));
    assertRefused(
        "softmax needs outputs >= 2, got 1",
        () -> HeadSpec.of(Pooling.EVERY_STEP, 1, Activation.SOFTMAX));
    assertRefused(
        "pooling LAST needs a label for each row, got a batch without",
        () -> binary.checkTargets(null, "batch"));
    assertRefused(
        "pooling LAST needs a label for each row, got a shard with sequences of ids",
        () -> binary.checkTargets(TargetKind.IDS, "shard"));
    assertRefused(
        "pooling must leave one vector, got EVERY_STEP",
        () -> new SequenceHead(Pooling.EVERY_STEP, 1, Activation.LINEAR));
    assertRefused(
        "pooling must be EVERY_STEP, got MAX",
        () -> new StepHead(Pooling.MAX, 1, Activation.LINEAR));
  }
}
