package io.sparkrnn.train;

import io.sparkrnn.io.ParameterHash;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.train.config.Execution;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trains on sequences of 5,000 steps and prints the SHA-256 of the parameters. The tape that keeps
 * all steps takes 160 MB.
 */
final class LongSequences {
  private static final int ROWS = 16;
  private static final int STEPS = 5_000;
  private static final int UNITS = 64;

  private LongSequences() {}

  /** Takes the limit of the tape in MB, 0 for none. */
  public static void main(String[] args) {
    System.out.print(hash(Integer.parseInt(args[0])));
  }

  static String hash(int maxTapeMegabytes) {
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Tokens(50, 8, true),
            List.of(LayerSpec.Recurrent.of(CellType.LSTM, UNITS)),
            HeadSpec.binary());
    TrainingConfig config =
        TrainingConfig.of(network, Loss.BINARY_CROSSENTROPY)
            .withBatches(ROWS, 1)
            .with(new Execution(ROWS, 1, maxTapeMegabytes));
    TrainingProgress trained =
        LocalTrainer.sequential(config, TrainingListener.silent(), () -> 0L)
            .train(List.of(shard()), List.of());
    return ParameterHash.sha256(trained.parameters());
  }

  private static PackedShard shard() {
    SplittableRandom random = new SplittableRandom(1);
    PackedShardBuilder rows = new PackedShardBuilder();
    for (int row = 0; row < ROWS; row++) {
      rows.add(random.ints(STEPS - row, 1, 50).toArray(), row % 2, 1);
    }
    return rows.build();
  }
}
