package io.sparkrnn.train.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.Loss;
import io.sparkrnn.train.TinyData;
import io.sparkrnn.train.shards.PackedShard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  private final PackedShard shard =
      new PackedShard(new int[0], new int[4], new float[] {1, 0, 2}, new float[] {0.5f, 3, 1});

  @Test
  void rowsHaveTheirOwnWeightTimesThatOfTheirClass() {
    ClassWeights weights = ClassWeights.of(Map.of(0, 0.25, 1, 4.0), 3);
    assertArrayEquals(new float[] {2, 0.75f, 1}, weights.apply(shard).weights());
    assertSame(shard, ClassWeights.none().apply(shard));
  }

  @Test
  void balancedClassesCountTheSame() {
    assertEquals(
        List.of(10 / (3 * 2.0), 10 / (3 * 8.0), 1.0),
        ClassWeights.balanced(new long[] {2, 8, 0}).weights());
  }

  @Test
  void badWeightsAreNamed() {
    assertEquals("classWeight must name classes in [0, 2), got 5", message(() -> weights(5, 1.0)));
    assertEquals(
        "classWeight of class 1 must be >= 0 and finite, got -0.5",
        message(() -> weights(1, -0.5)));
    assertEquals(
        "classWeight must be empty for MEAN_SQUARED_ERROR, got [2.0, 1.0]",
        message(() -> Objective.of(Loss.MEAN_SQUARED_ERROR).with(weights(0, 2.0))));
    assertEquals(
        "classWeights must have one for each of 2 classes, got 3",
        message(
            () ->
                TinyData.config()
                    .with(
                        Objective.of(Loss.BINARY_CROSSENTROPY)
                            .with(ClassWeights.of(Map.of(), 3)))));
  }

  private static ClassWeights weights(int index, double weight) {
    return ClassWeights.of(Map.of(index, weight), 2);
  }

  private static String message(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}
