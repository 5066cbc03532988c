package io.sparkrnn.train.shards;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandardizationTest {
  private static PackedShard shard(int from, int to) {
    SplittableRandom random = new SplittableRandom(5);
    float[][] rows =
        IntStream.range(0, 20)
            .mapToObj(
                row -> {
                  float[] vectors = new float[3 * (1 + row % 4)];
                  for (int i = 0; i < vectors.length; i += 3) {
                    vectors[i] = (float) random.nextDouble() * 1000 - 3000;
                    vectors[i + 1] = (float) random.nextDouble();
                    vectors[i + 2] = 7;
                  }
                  return vectors;
                })
            .toArray(float[][]::new);
    PackedShardBuilder shard = PackedShardBuilder.ofVectors(3);
    for (int row = from; row < to; row++) {
      shard.add(rows[row], 0, 1);
    }
    return shard.build();
  }

  @Test
  void meanBecomesZeroAndDeviationOneAndAConstantZero() {
    PackedShard shard = shard(0, 20);
    PackedShard standardized = FeatureSums.of(shard).standardization().of(shard);
    FeatureSums after = FeatureSums.of(standardized);
    assertArrayEquals(new float[] {0, 0, 0}, after.standardization().mean(), 1e-5f);
    assertArrayEquals(new float[] {1, 1, 1}, after.standardization().scale(), 1e-5f);
    assertEquals(0, standardized.vectors()[2]);
    assertEquals(shard.rows(), standardized.rows());
  }

  @Test
  void partsGiveWhatTheWholeGives() {
    Standardization whole = FeatureSums.of(shard(0, 20)).standardization();
    FeatureSums none = FeatureSums.of(shard(0, 0));
    Standardization parts =
        none.plus(FeatureSums.of(shard(0, 3)))
            .plus(FeatureSums.of(shard(3, 20)))
            .plus(none)
            .standardization();
    assertArrayEquals(whole.mean(), parts.mean(), 1e-4f);
    assertArrayEquals(whole.scale(), parts.scale(), 1e-6f);
  }
}
