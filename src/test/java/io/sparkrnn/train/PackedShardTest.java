package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
        java.util.stream.LongStream.of(
                key,
                StableKey.of(ids, 0, 2, 0, 1),
                StableKey.of(ids, 0, 2, 1, 2),
                StableKey.of(ids, 0, 1, 1, 1))
            .distinct()
            .count());
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
