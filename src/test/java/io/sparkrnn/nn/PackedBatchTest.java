package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sparkrnn.nn.targets.SequenceTargets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackedBatchTest {
  /** Sequences 1 | (empty) | 2 3 4 | 5 6 | 7 8 9 of a shard. */
  private static final int[] TOKENS = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  private static final int[] OFFSETS = {0, 1, 1, 4, 6, 9};
  private static final float[] LABELS = {10, 11, 12, 13, 14};
  private static final float[] WEIGHTS = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f};

  private static int[] rows(PackedBatch batch) {
    int[] rows = new int[batch.size()];
    Arrays.setAll(rows, batch::row);
    return rows;
  }

  @Test
  void rowsAreSortedByLengthAndEqualOnesKeepTheirOrder() {
    PackedBatch batch = new PackedBatch();
    batch.assemble(TOKENS, OFFSETS, new int[] {0, 1, 2, 3, 4}, 0, 5);
    assertArrayEquals(new int[] {2, 4, 3, 0, 1}, rows(batch));
    batch.assemble(TOKENS, OFFSETS, new int[] {4, 3, 2, 1, 0}, 0, 5);
    assertArrayEquals(new int[] {4, 2, 3, 0, 1}, rows(batch));
  }

  @Test
  void aStepHoldsTheRowsThatAreLongEnough() {
    PackedBatch batch = new PackedBatch();
    batch.assemble(TOKENS, OFFSETS, new int[] {0, 1, 2, 3, 4}, 0, 5);
    assertEquals(3, batch.steps());
    assertEquals(9, batch.tokens());
    assertArrayEquals(
        new int[] {4, 3, 2, 0},
        new int[] {batch.live(0), batch.live(1), batch.live(2), batch.live(3)});
    assertArrayEquals(
        new int[] {2, 7, 5, 1, 3, 8, 6, 4, 9}, Arrays.copyOf(batch.ids(), batch.tokens()));
    assertArrayEquals(new int[] {7, 8, 6, 3, 4, 5, 2, 0, 1}, Arrays.copyOf(batch.reversed(), 9));
  }

  @Test
  void labelsAndWeightsGoWithTheirRows() {
    PackedBatch batch = new PackedBatch();
    batch.assemble(TOKENS, OFFSETS, new int[] {9, 0, 3, 9}, 1, 3);
    batch.setTargets(new SequenceTargets(LABELS), WEIGHTS);
    assertArrayEquals(new int[] {3, 0}, rows(batch));
    assertEquals(13, batch.targets().value(0));
    assertEquals(0.4f, batch.targets().weight(0));
    assertEquals(10, batch.targets().value(1));
    assertEquals(0.1f, batch.targets().weight(1));
    batch.assemble(TOKENS, OFFSETS, new int[] {0, 3}, 0, 2);
    assertNull(batch.targets().kind());
    batch.setTargets(new SequenceTargets(LABELS), null);
    assertEquals(1f, batch.targets().weight(1));
  }

  @Test
  void aRowMayComeTwice() {
    PackedBatch batch = new PackedBatch();
    batch.assemble(TOKENS, OFFSETS, new int[] {3, 2, 3}, 0, 3);
    assertArrayEquals(new int[] {2, 3, 3}, rows(batch));
    assertEquals(7, batch.tokens());
  }

  @Test
  void emptyBatchesAndEmptySequencesHaveNoSteps() {
    PackedBatch batch = new PackedBatch();
    batch.assemble(TOKENS, OFFSETS, new int[] {1, 1}, 0, 2);
    assertEquals(2, batch.size());
    assertEquals(0, batch.steps());
    assertEquals(0, batch.tokens());
    batch.assemble(TOKENS, OFFSETS, new int[] {1}, 1, 1);
    assertEquals(0, batch.size());
  }

  @Test
  void aReusedBatchIsLikeANewOne() {
    SplittableRandom random = new SplittableRandom(1);
    PackedBatch used = new PackedBatch();
    for (int round = 0; round < 50; round++) {
      int rows = random.nextInt(1, 20);
      int[] offsets = new int[rows + 1];
      for (int r = 0; r < rows; r++) {
        offsets[r + 1] = offsets[r] + random.nextInt(12);
      }
      int[] tokens = random.ints(offsets[rows], 0, 30).toArray();
      int[] selected = random.ints(rows, 0, rows).toArray();
      PackedBatch fresh = new PackedBatch();
      for (PackedBatch batch : new PackedBatch[] {used, fresh}) {
        batch.assemble(tokens, offsets, selected, 0, rows);
      }
      check(tokens, offsets, used);
      assertArrayEquals(rows(fresh), rows(used));
    }
  }

  /** Every step of every row is where the packing says, forward and reversed. */
  private static void check(int[] tokens, int[] offsets, PackedBatch batch) {
    int seen = 0;
    for (int b = 0; b < batch.size(); b++) {
      int from = offsets[batch.row(b)];
      assertEquals(offsets[batch.row(b) + 1] - from, batch.length(b));
      assertEquals(true, b == 0 || batch.length(b) <= batch.length(b - 1));
      for (int t = 0; t < batch.length(b); t++, seen++) {
        int step = batch.offset(t) + b;
        assertEquals(tokens[from + t], batch.ids()[step]);
        assertEquals(tokens[from + t], batch.distinct().id(batch.distinct().index()[step]));
        int back = batch.reversed()[step];
        assertEquals(tokens[from + batch.length(b) - 1 - t], batch.ids()[back]);
      }
    }
    assertEquals(seen, batch.tokens());
    long distinct = Arrays.stream(batch.ids(), 0, seen).distinct().count();
    assertEquals(distinct, batch.distinct().count());
  }
}
