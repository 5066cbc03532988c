package io.sparkrnn.train.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.nn.targets.SequenceTargets;
import io.sparkrnn.train.TrainingException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvaluationBuilderTest {
  private static final HeadSpec THREE = HeadSpec.of(Pooling.MAX, Loss.CATEGORICAL_CROSSENTROPY, 3);
  private static final HeadSpec NUMBER = HeadSpec.of(Pooling.LAST, Loss.MEAN_SQUARED_ERROR, 0);

  @Test
  void countsAccuracyConfusionAndLogLossOfTwoClasses() {
    EvaluationBuilder builder = new EvaluationBuilder(HeadSpec.binary());
    float[] predictions = {0.9f, 0.2f, 0.5f, 0.75f};
    float[] labels = {1, 0, 1, 0};
    for (int i = 0; i < 4; i++) {
      builder.add(predictions, i, labels[i]);
    }
    for (String reason : List.of("text is null", "label is null", "text is null")) {
      builder.refuse(reason);
    }
    Evaluation evaluation = builder.build();
    assertEquals(4, evaluation.rows());
    assertEquals(3, evaluation.rowsRefused());
    assertEquals("text is null (2), label is null (1)", evaluation.refusals().toString());
    assertEquals(0.5, evaluation.value(Metric.ACCURACY));
    assertArrayEquals(new long[] {1, 1}, evaluation.confusion()[0]);
    assertArrayEquals(new long[] {1, 1}, evaluation.confusion()[1]);
    double expected = -(Math.log(0.9) + Math.log(0.8) + Math.log(0.5) + Math.log(0.25)) / 4;
    assertEquals(expected, evaluation.value(Metric.LOG_LOSS), 1e-7);
    assertEquals(0.75, evaluation.value(Metric.AUC));
    assertTrue(Double.isNaN(evaluation.value(Metric.MEAN_SQUARED_ERROR)));
  }

  @Test
  void theClassWithTheLargestProbabilityByThresholdIsPredicted() {
    EvaluationBuilder two = new EvaluationBuilder(HeadSpec.binary(), Thresholds.of(0.7, 0.3));
    for (float probability : new float[] {0.29f, 0.31f, 0.7f}) {
      two.add(new float[] {probability}, 0, 1);
    }
    assertArrayEquals(new long[] {1, 2}, two.build().confusion()[1]);
    EvaluationBuilder three = new EvaluationBuilder(THREE, Thresholds.of(1, 0.2, 0));
    three.add(new float[] {0.8f, 0.2f, 0}, 0, 0);
    three.add(new float[] {0.8f, 0.1f, 0}, 0, 0);
    three.add(new float[] {0.9f, 0.05f, 0.05f}, 0, 0);
    assertArrayEquals(new long[] {1, 1, 1}, three.build().confusion()[0]);
    assertThrows(
        IllegalArgumentException.class,
        () -> new EvaluationBuilder(HeadSpec.binary(), Thresholds.of(1, 1, 1)));
  }

  @Test
  void certainAndWrongCostsWhatKerasSays() {
    EvaluationBuilder builder = new EvaluationBuilder(HeadSpec.binary());
    builder.add(new float[] {1f}, 0, 0f);
    assertEquals(-Math.log(1e-7), builder.build().value(Metric.LOG_LOSS), 1e-12);
  }

  @Test
  void aucEqualsTheCountOverAllPairsWithTiesHalf() {
    SplittableRandom random = new SplittableRandom(11);
    EvaluationBuilder builder = new EvaluationBuilder(HeadSpec.binary());
    float[] scores = new float[300];
    int[] labels = new int[300];
    for (int i = 0; i < 300; i++) {
      labels[i] = random.nextInt(2);
      scores[i] = (random.nextInt(20) + 3 * labels[i]) / 25f;
      builder.add(scores, i, labels[i]);
    }
    double won = 0;
    long pairs = 0;
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < 300; j++) {
        if (labels[i] == 1 && labels[j] == 0) {
          pairs++;
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    assertEquals(won / pairs, builder.build().value(Metric.AUC), 1e-15);
  }

  @Test
  void aucOfOneClassIsNotANumber() {
    EvaluationBuilder builder = new EvaluationBuilder(HeadSpec.binary());
    builder.add(new float[] {0.3f}, 0, 1);
    assertTrue(Double.isNaN(builder.build().value(Metric.AUC)));
  }

  @Test
  void partsMergedInOrderGiveTheWhole() {
    SplittableRandom random = new SplittableRandom(12);
    EvaluationBuilder merged = new EvaluationBuilder(THREE);
    EvaluationBuilder whole = new EvaluationBuilder(THREE);
    float[] predictions = new float[30];
    for (int i = 0; i < 30; i++) {
      predictions[i] = (random.nextInt(64) + 1) / 128f;
    }
    for (int part = 0; part < 3; part++) {
      EvaluationBuilder one = new EvaluationBuilder(THREE);
      for (int row = part * 4; row < Math.min(10, part * 4 + 4); row++) {
        one.add(predictions, row, row % 3);
        whole.add(predictions, row, row % 3);
      }
      one.refuse("part " + part);
      whole.refuse("part " + part);
      merged.merge(one);
      merged.merge(new EvaluationBuilder(THREE));
    }
    Evaluation expected = whole.build();
    Evaluation actual = merged.build();
    assertEquals(expected.rows(), actual.rows());
    assertEquals(expected.rowsRefused(), actual.rowsRefused());
    assertEquals(expected.refusals(), actual.refusals());
    assertEquals(expected.value(Metric.ACCURACY), actual.value(Metric.ACCURACY));
    assertEquals(expected.value(Metric.LOG_LOSS), actual.value(Metric.LOG_LOSS), 1e-12);
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(expected.confusion()[i], actual.confusion()[i]);
    }
  }

  @Test
  void mergedTwoClassPartsKeepTheExactArea() {
    EvaluationBuilder left = new EvaluationBuilder(HeadSpec.binary());
    EvaluationBuilder right = new EvaluationBuilder(HeadSpec.binary());
    left.add(new float[] {0.2f}, 0, 0);
    left.merge(new EvaluationBuilder(HeadSpec.binary()));
    for (int i = 0; i < 40; i++) {
      right.add(new float[] {0.1f + i / 100f}, 0, 1);
    }
    left.merge(right);
    assertEquals((29 + 0.5) / 40, left.build().value(Metric.AUC), 1e-15);
  }

  @Test
  void regressionHasErrorsAndNoClasses() {
    EvaluationBuilder builder = new EvaluationBuilder(NUMBER);
    builder.add(new float[] {1.5f, -2f}, 0, 1f);
    builder.add(new float[] {1.5f, -2f}, 1, 1f);
    Evaluation evaluation = builder.build();
    assertEquals(0, evaluation.confusion().length);
    assertEquals(Metric.MEAN_SQUARED_ERROR, evaluation.watched());
    assertEquals((0.25 + 9) / 2, evaluation.value(Metric.MEAN_SQUARED_ERROR));
    assertEquals((0.5 + 3) / 2, evaluation.value(Metric.MEAN_ABSOLUTE_ERROR));
    assertTrue(Double.isNaN(evaluation.value(Metric.ACCURACY)));
  }

  @Test
  void aShardIsItsRowsOneByOne() {
    float[] predictions = {0.9f, 0.2f, 0.5f};
    float[] labels = {1, 1, 0};
    EvaluationBuilder rows = new EvaluationBuilder(HeadSpec.binary());
    for (int row = 0; row < 3; row++) {
      rows.add(predictions, row, labels[row]);
    }
    EvaluationBuilder shard = new EvaluationBuilder(HeadSpec.binary());
    shard.add(predictions, new SequenceTargets(labels));
    assertEquals(rows.build(), shard.build());
  }

  @Test
  void evaluationsOfDifferentKindsDoNotMerge() {
    HeadSpec two = HeadSpec.of(Pooling.LAST, Loss.CATEGORICAL_CROSSENTROPY, 2);
    List<HeadSpec> kinds = List.of(HeadSpec.binary(), two, THREE, NUMBER);
    for (HeadSpec one : kinds) {
      for (HeadSpec other : kinds) {
        if (one != other) {
          EvaluationBuilder builder = new EvaluationBuilder(one);
          String message =
              assertThrows(
                      IllegalArgumentException.class,
                      () -> builder.merge(new EvaluationBuilder(other)))
                  .getMessage();
          assertTrue(message.startsWith("evaluations must be of one kind, got "), message);
          assertEquals(0, builder.build().rows());
        }
      }
    }
  }

  /**
   * Sums of doubles depend on the order, so parts merge in that of the shards, whoever is first.
   */
  @Test
  void errorsMergeInOrder() {
    EvaluationBuilder merged = new EvaluationBuilder(NUMBER);
    double squares = 0;
    for (int part = 0; part < 5; part++) {
      EvaluationBuilder one = new EvaluationBuilder(NUMBER);
      one.add(new float[] {part / 7f}, 0, 3);
      merged.merge(one);
      squares += Math.pow((double) (part / 7f) - 3, 2);
    }
    assertEquals(squares / 5, merged.build().value(Metric.MEAN_SQUARED_ERROR));
    assertEquals(5, merged.build().rows());
  }

  @Test
  void badLabelsAndPredictionsAreNamed() {
    EvaluationBuilder builder = new EvaluationBuilder(HeadSpec.binary());
    float[] p = {0.5f, Float.NaN};
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> builder.add(p, 0, 2))
            .getMessage()
            .contains("label 2.0 is not a class in [0, 2)"));
    assertTrue(
        assertThrows(TrainingException.class, () -> builder.add(p, 1, 1))
            .getMessage()
            .contains("prediction is NaN"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new EvaluationBuilder(HeadSpec.of(Pooling.LAST, 2, Activation.SIGMOID)));
  }
}
