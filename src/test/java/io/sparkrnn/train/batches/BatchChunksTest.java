package io.sparkrnn.train.batches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.train.TinyData;
import io.sparkrnn.train.shards.PackedShard;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchChunksTest {
  private final PackedShard shard = TinyData.shard(60, 3);

  private static long steps(PackedShard shard, BatchChunks chunks, int chunk) {
    return IntStream.range(chunks.from(chunk), chunks.to(chunk))
        .mapToLong(i -> shard.length(chunks.rows()[i]))
        .sum();
  }

  @Test
  void everyRowIsInExactlyOneChunk() {
    int[] rows = IntStream.range(0, 60).map(i -> (i * 37) % 60).toArray();
    BatchChunks chunks = new BatchChunks();
    chunks.deal(shard, rows, 0, 5, 3);
    chunks.deal(shard, rows, 10, 50, 4);
    assertEquals(0, chunks.from(0));
    assertEquals(40, chunks.to(3));
    int[] dealt = Arrays.copyOf(chunks.rows(), 40);
    int[] expected = Arrays.copyOfRange(rows, 10, 50);
    Arrays.sort(dealt);
    Arrays.sort(expected);
    assertArrayEquals(expected, dealt);
  }

  @Test
  void chunksHaveAboutTheSameNumberOfSteps() {
    BatchChunks chunks = new BatchChunks();
    chunks.deal(shard, IntStream.range(0, 60).toArray(), 0, 60, 4);
    long[] steps = IntStream.range(0, 4).mapToLong(c -> steps(shard, chunks, c)).sorted().toArray();
    assertTrue(steps[3] - steps[0] <= shard.maxLength(), Arrays.toString(steps));
    int[] rows = IntStream.range(0, 4).map(c -> chunks.to(c) - chunks.from(c)).sorted().toArray();
    assertTrue(rows[0] >= 12, Arrays.toString(rows));
  }

  @Test
  void moreChunksThanRowsLeaveSomeEmpty() {
    BatchChunks chunks = new BatchChunks();
    chunks.deal(shard, new int[] {7, 9}, 0, 2, 5);
    long empty = IntStream.range(0, 5).filter(c -> chunks.from(c) == chunks.to(c)).count();
    assertEquals(3, empty);
  }
}
