package io.sparkrnn.nn.targets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BatchTargetsTest {
  private static final float[] WEIGHTS = {2, 3, 5};

  /** Rows 2, 0 and 2 of a shard whose sequences have 1, 0 and 3 steps. */
  private static final PackedOrder ORDER = order(new int[] {2, 2, 0}, new int[] {3, 3, 1});

  private static PackedOrder order(int[] rows, int[] lengths) {
    return new PackedOrder() {
      @Override
      public int size() {
        return rows.length;
      }

      @Override
      public int tokens() {
        return Arrays.stream(lengths).sum();
      }

      @Override
      public int row(int b) {
        return rows[b];
      }

      @Override
      public int length(int b) {
        return lengths[b];
      }

      @Override
      public int offset(int t) {
        return Arrays.stream(lengths).map(length -> Math.min(length, t)).sum();
      }
    };
  }

  private static float[] values(BatchTargets targets, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = targets.value(i);
    }
    return values;
  }

  private static float[] weights(BatchTargets targets, int count) {
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      weights[i] = targets.weight(i);
    }
    return weights;
  }

  @Test
  void sequencesHaveTheValueOfTheirRow() {
    BatchTargets targets = new BatchTargets(ORDER);
    assertNull(targets.kind());
    targets.take(new SequenceTargets(new float[] {10, 11, 12}), WEIGHTS, null);
    assertEquals(TargetKind.SEQUENCE, targets.kind());
    assertArrayEquals(new float[] {12, 12, 10}, values(targets, 3));
    assertArrayEquals(new float[] {5, 5, 2}, weights(targets, 3));
  }

  @Test
  void stepsHaveTheValuesOfTheirRowStepByStep() {
    BatchTargets targets = new BatchTargets(ORDER);
    StepTargets source = new StepTargets(new float[] {1, 6, 7, 8}, new int[] {0, 1, 1, 4});
    targets.take(source, WEIGHTS, null);
    assertArrayEquals(new float[] {6, 6, 1, 7, 7, 8, 8}, values(targets, 7));
    assertArrayEquals(new float[] {5, 5, 2, 5, 5, 5, 5}, weights(targets, 7));
    targets.take(source, WEIGHTS, new float[] {1, 0, 1, 0.5f});
    assertArrayEquals(new float[] {0, 0, 2, 5, 5, 2.5f, 2.5f}, weights(targets, 7));
    targets.take(source, null, null);
    assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 1}, weights(targets, 7));
  }

  @Test
  void idsComeInTheOrderOfTheBatch() {
    BatchTargets targets = new BatchTargets(ORDER);
    targets.take(new IdTargets(new int[] {1, 2, 3, 4, 5}, new int[] {0, 2, 3, 5}), WEIGHTS, null);
    assertArrayEquals(new int[] {4, 5, 4, 5, 1, 2}, Arrays.copyOf(targets.ids(), 6));
    assertArrayEquals(
        new int[] {0, 2, 4, 6},
        new int[] {targets.start(0), targets.start(1), targets.start(2), targets.start(3)});
    assertArrayEquals(new float[] {5, 5, 2}, weights(targets, 3));
  }

  @Test
  void aPartTakesTheTargetsOfItsOwnRows() {
    BatchTargets whole = new BatchTargets(ORDER);
    whole.take(new SequenceTargets(new float[] {10, 11, 12}), WEIGHTS, null);
    BatchTargets part = new BatchTargets(order(new int[] {0, 1}, new int[] {1, 0}));
    part.take(whole);
    assertArrayEquals(new float[] {10, 11}, values(part, 2));
    assertArrayEquals(new float[] {2, 3}, weights(part, 2));
  }
}
