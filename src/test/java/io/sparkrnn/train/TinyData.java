package io.sparkrnn.train;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small networks and rows for tests: a row is positive when its first id is odd. */
public final class TinyData {
  static final int VOCABULARY = 12;

  private TinyData() {}

  public static TrainingConfig config() {
    return TrainingConfig.of(
            NetworkSpec.binary(CellType.LSTM, VOCABULARY, 5, 3), Loss.BINARY_CROSSENTROPY)
        .withBatches(8, 3)
        .withSeed(7);
  }

  public static PackedShard shard(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PackedShardBuilder builder = new PackedShardBuilder();
    for (int row = 0; row < rows; row++) {
      int[] ids = new int[1 + random.nextInt(9)];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = 1 + random.nextInt(VOCABULARY - 1);
      }
      builder.add(ids, ids[0] % 2, 0.5f + (float) random.nextDouble());
    }
    return builder.build();
  }

  public static List<PackedShard> shards(int... rows) {
    List<PackedShard> shards = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      shards.add(shard(rows[i], 100 + i));
    }
    return shards;
  }
}
