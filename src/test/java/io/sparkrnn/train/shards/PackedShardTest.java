package io.sparkrnn.train.shards;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.train.TinyData;
import io.sparkrnn.train.VectorSequences;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PackedShardTest {
  @Test
  void theBuilderKeepsRowsInOrder() {
    PackedShardBuilder builder = new PackedShardBuilder();
    for (int row = 0; row < 3000; row++) {
      builder.add(new int[] {row, row + 1}, row % 2, row);
    }
    PackedShard shard = builder.add(new int[0], 1, 2).build();
    assertEquals(3001, shard.rows());
    assertEquals(2, shard.maxLength());
    assertEquals(0, shard.length(3000));
    assertEquals(2001, shard.tokens()[shard.offsets()[2000] + 1]);
    assertEquals(2000f, shard.weights()[2000]);
  }

  @Test
  void sortingForgetsTheOrderOfArrival() {
    PackedShard rows = TinyData.shard(50, 3);
    int[] reversed = new int[50];
    for (int i = 0; i < 50; i++) {
      reversed[i] = 49 - i;
    }
    PackedShard sorted = StableKey.sorted(rows);
    PackedShard other = StableKey.sorted(rows.select(reversed));
    assertArrayEquals(sorted.tokens(), other.tokens());
    assertArrayEquals(sorted.offsets(), other.offsets());
    assertArrayEquals(sorted.labels(), other.labels());
    assertArrayEquals(sorted.weights(), other.weights());
  }

  @Test
  void theKeyDependsOnIdsLabelAndWeight() {
    int[] ids = {3, 4};
    long key = StableKey.of(ids, 0, 2, 1, 1);
    assertEquals(key, StableKey.of(new int[] {9, 3, 4}, 1, 3, 1, 1));
    assertEquals(
        4,
        LongStream.of(
                key,
                StableKey.of(ids, 0, 2, 0, 1),
                StableKey.of(ids, 0, 2, 1, 2),
                StableKey.of(ids, 0, 1, 1, 1))
            .distinct()
            .count());
  }

  @Test
  void theKeyDependsOnVectorsAndStepLabels() {
    PackedShard rows =
        PackedShardBuilder.ofVectors(2)
            .addSteps(new float[] {1, 2, 3, 4}, new float[] {0, 1}, 1)
            .addSteps(new float[] {1, 2, 4, 3}, new float[] {0, 1}, 1)
            .addSteps(new float[] {1, 2, 3, 4}, new float[] {1, 0}, 1)
            .addSteps(new float[] {1, 2, 3, 4}, new float[] {0, 1}, 2)
            .addSteps(new float[] {1, 2, 3, 4}, new float[] {0, 1}, 1)
            .build();
    long[] keys = new long[5];
    Arrays.setAll(keys, row -> StableKey.of(rows, row));
    assertEquals(4, Arrays.stream(keys).distinct().count());
    assertEquals(keys[0], keys[4]);
    assertEquals(0, rows.compareRows(0, rows, 4));
    for (int row = 1; row < 4; row++) {
      assertNotEquals(0, rows.compareRows(0, rows, row));
    }
  }

  @Test
  void theKeyDependsOnTargetIds() {
    PackedShard rows =
        new PackedShardBuilder()
            .addPair(new int[] {1, 2}, new int[] {3, 4, 5}, 1)
            .addPair(new int[] {1, 2}, new int[] {3, 4}, 1)
            .addPair(new int[] {1, 2}, new int[0], 1)
            .addPair(new int[] {1, 2}, new int[] {3, 4, 5}, 1)
            .build();
    long[] keys = new long[4];
    Arrays.setAll(keys, row -> StableKey.of(rows, row));
    assertEquals(3, Arrays.stream(keys).distinct().count());
    assertEquals(keys[0], keys[3]);
    assertEquals(0, rows.compareRows(0, rows, 3));
    assertNotEquals(0, rows.compareRows(0, rows, 1));
  }

  /** A row keeps its shard, and its place in it, from version to version. */
  @Test
  void theKeysOfEarlierVersionsStay() {
    PackedShard labelled = new PackedShardBuilder().add(new int[] {5, 7}, 1, 0.5f).build();
    assertEquals(-5330375104710674400L, StableKey.of(labelled, 0));
    PackedShard vectors =
        PackedShardBuilder.ofVectors(2)
            .addSteps(new float[] {1, 2, 3, 4}, new float[] {0, 1}, 1)
            .addSteps(new float[0], new float[0], 2)
            .build();
    assertEquals(5896792762925783386L, StableKey.of(vectors, 0));
    assertEquals(1360429390938723525L, StableKey.of(vectors, 1));
  }

  @Test
  void targetIdsGoWithTheirRows() {
    PackedShardBuilder builder = PackedShardBuilder.ofVectors(2);
    for (int row = 0; row < 3000; row++) {
      builder.addPair(new float[] {row, 1}, IntStream.range(0, row % 5).toArray(), row);
    }
    PackedShard shard = builder.build();
    PackedShard some = shard.select(new int[] {2003, 5, 14});
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2, 3}, some.targets().ids());
    assertEquals(3, some.targets().start(1));
    assertEquals(3, some.targets().start(2));
    int[] reversed = IntStream.range(0, 3000).map(i -> 2999 - i).toArray();
    PackedShard sorted = StableKey.sorted(shard);
    PackedShard other = StableKey.sorted(shard.select(reversed));
    assertArrayEquals(sorted.targets().ids(), other.targets().ids());
    assertArrayEquals(sorted.weights(), other.weights());
  }

  @Test
  void javaSerializationCarriesEveryKindOfTargets() throws Exception {
    for (PackedShard shard :
        new PackedShard[] {
          TinyData.shard(9, 1),
          VectorSequences.tagging(9, 1),
          new PackedShardBuilder().addPair(new int[] {1, 2}, new int[] {3}, 1).build()
        }) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(shard);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        PackedShard read = (PackedShard) in.readObject();
        for (int row = 0; row < shard.rows(); row++) {
          assertEquals(0, shard.compareRows(row, read, row));
        }
      }
    }
  }

  @Test
  void sortingForgetsTheOrderOfVectorsToo() {
    PackedShard rows = VectorSequences.regression(50, 3);
    int[] reversed = IntStream.range(0, 50).map(i -> 49 - i).toArray();
    PackedShard sorted = StableKey.sorted(rows);
    PackedShard other = StableKey.sorted(rows.select(reversed));
    assertArrayEquals(sorted.vectors(), other.vectors());
    assertArrayEquals(sorted.labels(), other.labels());
    PackedShard tags = VectorSequences.tagging(50, 3);
    assertArrayEquals(
        StableKey.sorted(tags).labels(), StableKey.sorted(tags.select(reversed)).labels());
  }

  @Test
  void theBuilderKeepsVectorsAndStepLabels() {
    PackedShardBuilder builder = PackedShardBuilder.ofVectors(2);
    for (int row = 0; row < 3000; row++) {
      builder.addSteps(new float[] {row, 1, row, 2}, new float[] {row, row + 1}, row);
    }
    PackedShard shard = builder.addSteps(new float[0], new float[0], 7).build();
    assertEquals(3001, shard.rows());
    assertEquals(6000, shard.steps());
    assertEquals(2000f, shard.vectors()[2 * shard.offsets()[2000]]);
    assertEquals(2001f, shard.labels()[shard.offsets()[2000] + 1]);
    assertEquals(0, shard.length(3000));
    PackedShard some = shard.select(new int[] {3000, 5});
    assertArrayEquals(new float[] {5, 1, 5, 2}, some.vectors());
    assertArrayEquals(new float[] {5, 6}, some.labels());
    assertArrayEquals(new float[] {7, 5}, some.weights());
  }

  @Test
  void rowsOfDifferentKindsAreRefused() {
    PackedShardBuilder ids = new PackedShardBuilder().add(new int[] {1}, 1, 1);
    PackedShardBuilder vectors =
        PackedShardBuilder.ofVectors(2).addSteps(new float[2], new float[1], 1);
    assertRefused(
        "rows must be of token ids, got vectors; use ofVectors", () -> ids.add(new float[2], 1, 1));
    assertRefused(
        "rows must be of vectors of 2, got token ids", () -> vectors.add(new int[2], 1, 1));
    assertRefused(
        "rows must be of vectors of 2, got vectors of 3",
        () -> vectors.addAll(VectorSequences.regression(1, 1)));
    assertRefused(
        "vectors must have a multiple of 2 floats, got 3", () -> vectors.add(new float[3], 1, 1));
    assertRefused(
        "rows must have one label like those before, got one for each step",
        () -> ids.addSteps(new int[1], new float[1], 1));
    assertRefused(
        "rows must have a label for each step like those before, got one label",
        () -> vectors.add(new float[2], 1, 1));
    assertRefused(
        "stepLabels must have 1 steps, got 2",
        () -> vectors.addSteps(new float[2], new float[2], 1));
    assertEquals(1, ids.rows());
    assertEquals(1, vectors.rows());
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  @Test
  void arraysThatDoNotFitAreRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new PackedShard(new int[3], new int[] {0, 2}, new float[1], new float[1]))
            .getMessage();
    assertEquals("offsets must run from 0 to 3, got 0 to 2", message);
  }
}
