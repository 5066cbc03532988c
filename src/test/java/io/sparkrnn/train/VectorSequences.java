package io.sparkrnn.train;

import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.List;
import java.util.SplittableRandom;

/** Small tasks over vectors and with a label at every step. */
public final class VectorSequences {
  static final int SIZE = 3;

  private VectorSequences() {}

  /** Vectors in [-1, 1]; the target is the mean over the steps of x(0) - x(1) x(2). */
  public static PackedShard regression(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PackedShardBuilder builder = PackedShardBuilder.ofVectors(SIZE);
    for (int row = 0; row < rows; row++) {
      float[] vectors = vectors(random, 2 + random.nextInt(7));
      float sum = 0;
      for (int at = 0; at < vectors.length; at += SIZE) {
        sum += vectors[at] - vectors[at + 1] * vectors[at + 2];
      }
      builder.add(vectors, sum * SIZE / vectors.length, 0.5f + (float) random.nextDouble());
    }
    return builder.build();
  }

  static TrainingConfig regression() {
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Vectors(SIZE),
            List.of(LayerSpec.Recurrent.of(CellType.GRU, 8)),
            HeadSpec.of(Pooling.MEAN, 1, Activation.LINEAR));
    return TrainingConfig.of(network, Loss.MEAN_SQUARED_ERROR)
        .withBatches(16, 30)
        .with(OptimizerSpec.Adam.defaults(), 0.01)
        .withSeed(3);
  }

  private static float[] vectors(SplittableRandom random, int steps) {
    float[] vectors = new float[steps * SIZE];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = (float) (2 * random.nextDouble() - 1);
    }
    return vectors;
  }

  /** Ids; the label of a step is the parity of the id at the step before, 0 at the first. */
  public static PackedShard tagging(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PackedShardBuilder builder = new PackedShardBuilder();
    for (int row = 0; row < rows; row++) {
      int[] ids = random.ints(1 + random.nextInt(9), 1, TinyData.VOCABULARY).toArray();
      float[] labels = new float[ids.length];
      for (int t = 1; t < ids.length; t++) {
        labels[t] = ids[t - 1] % 2;
      }
      builder.addSteps(ids, labels, 0.5f + (float) random.nextDouble());
    }
    return builder.build();
  }

  static TrainingConfig tagging() {
    LayerSpec.Recurrent one = LayerSpec.Recurrent.of(CellType.LSTM, 5);
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Tokens(TinyData.VOCABULARY, 4, true),
            List.of(
                new LayerSpec.Bidirectional(one, MergeMode.SUM),
                LayerSpec.Recurrent.of(CellType.SIMPLE_RNN, 6)),
            HeadSpec.of(Pooling.EVERY_STEP, 2, Activation.SOFTMAX));
    return TrainingConfig.of(network, Loss.CATEGORICAL_CROSSENTROPY)
        .withBatches(8, 15)
        .with(OptimizerSpec.Adam.defaults(), 0.01)
        .withSeed(3);
  }
}
