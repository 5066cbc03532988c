package io.sparkrnn.train.batches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.io.Fingerprint;
import io.sparkrnn.io.ParameterHash;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Gradient;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.train.LocalTrainer;
import io.sparkrnn.train.TinyData;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.config.Execution;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchGradientTest {
  private static final TrainingConfig CONFIG = TinyData.config().withBatches(20, 2);
  private static final PackedShard SHARD = TinyData.shard(40, 5);
  private static final int[] ROWS = IntStream.range(0, 40).toArray();

  private record Result(double loss, float[] gradient) {}

  private static Result gradient(TrainingConfig config, int chunkRows, int threads) {
    TrainingConfig chunked = config.with(new Execution(chunkRows, threads, 0));
    Network network = new Network(config.network());
    float[] parameters = network.initialParameters(3);
    Gradient gradient = network.newGradient(false);
    try (BatchGradient batches = new BatchGradient(chunked, network, SHARD, 9)) {
      double loss = 0;
      for (int from = 0; from < 40; from += 20) {
        loss =
            batches.add(
                parameters, ROWS, from, from + 20, 40, new SplittableRandom(from), gradient);
      }
      return new Result(loss, gradient.values().clone());
    }
  }

  private static TrainingProgress train(int chunkRows, int threads) {
    LayerSpec layer = new LayerSpec.Recurrent(CellType.LSTM, 7, 0.2, 0.3, true, false);
    NetworkSpec network =
        new NetworkSpec(CONFIG.network().input(), List.of(layer), CONFIG.network().head());
    TrainingConfig config = CONFIG.with(network).with(new Execution(chunkRows, threads, 0));
    return LocalTrainer.sequential(config, TrainingListener.silent(), () -> 0L)
        .train(TinyData.shards(37, 21, 0), TinyData.shards(10));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 7, 3, 1})
  void chunksSumToTheGradientOfTheWholeBatch(int chunkRows) {
    Result whole = gradient(CONFIG, 20, 1);
    Result summed = gradient(CONFIG, chunkRows, 2);
    assertEquals(whole.loss(), summed.loss(), 1e-6 * whole.loss());
    assertArrayEquals(whole.gradient(), summed.gradient(), 1e-7f);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8})
  void threadsDoNotChangeABit(int threads) {
    TrainingProgress one = train(4, 1);
    TrainingProgress many = train(4, threads);
    assertEquals(ParameterHash.sha256(one.parameters()), ParameterHash.sha256(many.parameters()));
    assertEquals(one.history(), many.history());
  }

  @Test
  void threadsWithoutASecondChunkHaveNothingToDo() {
    assertEquals(
        ParameterHash.sha256(train(20, 1).parameters()),
        ParameterHash.sha256(train(20, 4).parameters()));
  }

  @Test
  void aFailureInAnyThreadFailsTheShard() {
    PackedShardBuilder builder = new PackedShardBuilder();
    for (int row = 0; row < 6; row++) {
      builder.add(new int[] {row == 5 ? 99 : 1}, 1, 1);
    }
    TrainingConfig config = CONFIG.with(new Execution(1, 3, 0));
    LocalTrainer trainer = LocalTrainer.sequential(config, TrainingListener.silent(), () -> 0L);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> trainer.train(List.of(builder.build()), List.of()))
            .getMessage();
    assertEquals("token id 99 is outside [0, 12); the vocabulary does not fit the model", message);
  }

  @Test
  void chunksArePartOfTheFingerprintThreadsAndMemoryAreNot() {
    assertEquals(
        Fingerprint.of(CONFIG.with(new Execution(2, 1, 0))),
        Fingerprint.of(CONFIG.with(new Execution(2, 4, 8))));
    assertNotEquals(
        Fingerprint.of(CONFIG.with(new Execution(2, 1, 0))),
        Fingerprint.of(CONFIG.with(new Execution(3, 1, 0))));
  }
}
