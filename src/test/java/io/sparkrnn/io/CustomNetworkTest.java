package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.train.LocalTrainer;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Metric;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of the program's own, from rows to a directory and back, by public classes alone. */
class CustomNetworkTest {
  /** Vectors of two; the label of a step is whether it is the largest so far. */
  private static PackedShard rows(int count) {
    SplittableRandom random = new SplittableRandom(4);
    PackedShardBuilder rows = PackedShardBuilder.ofVectors(2);
    for (int row = 0; row < count; row++) {
      int steps = 1 + random.nextInt(6);
      float[] vectors = new float[2 * steps];
      float[] labels = new float[steps];
      float largest = Float.NEGATIVE_INFINITY;
      for (int t = 0; t < steps; t++) {
        vectors[2 * t] = (float) random.nextDouble();
        vectors[2 * t + 1] = (float) random.nextDouble();
        labels[t] = vectors[2 * t] > largest ? 1 : 0;
        largest = Math.max(largest, vectors[2 * t]);
      }
      rows.addSteps(vectors, labels, 1);
    }
    return rows.build();
  }

  @Test
  void aTaggerOfVectorsIsTrainedSavedAndLoaded(@TempDir Path folder) throws IOException {
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Vectors(2),
            List.of(
                new LayerSpec.Bidirectional(
                    LayerSpec.Recurrent.of(CellType.GRU, 4), MergeMode.CONCAT),
                LayerSpec.Recurrent.of(CellType.LSTM, 6)),
            HeadSpec.of(Pooling.EVERY_STEP, 1, Activation.SIGMOID));
    TrainingConfig config =
        TrainingConfig.of(network, Loss.BINARY_CROSSENTROPY)
            .withBatches(16, 20)
            .with(OptimizerSpec.Adam.defaults(), 0.02);
    PackedShard rows = rows(200);
    TrainingProgress trained =
        LocalTrainer.parallel(config, TrainingListener.silent(), () -> 0L)
            .train(List.of(rows), List.of(rows));
    double accuracy = trained.history().best().validation().value(Metric.ACCURACY);
    assertTrue(accuracy > 0.9, trained.history()::toString);

    ModelDirectory.write(
        new LocalStorage(folder),
        new SavedModel(network, trained.parameters(), null, null, List.of(), trained.history()));
    SavedModel model = ModelDirectory.read(new LocalStorage(folder));
    assertEquals(network, model.network());
    assertArrayEquals(trained.parameters(), model.parameters());
    assertEquals(trained.history(), model.history());

    FrozenNetwork frozen = new FrozenNetwork(new Network(model.network()), model.parameters());
    float[] outputs = new Scorer(frozen, 128).scoreSteps(rows);
    int right = 0;
    for (int step = 0; step < rows.steps(); step++) {
      right += outputs[step] > 0.5f == rows.labels()[step] > 0 ? 1 : 0;
    }
    assertEquals(accuracy, (double) right / rows.steps());
  }

  @Test
  void aModelWithoutAnOutputForATextScoresNone() {
    NetworkSpec binary = NetworkSpec.binary(CellType.GRU, 9, 4, 3);
    NetworkSpec network =
        new NetworkSpec(
            binary.input(),
            binary.layers(),
            HeadSpec.of(Pooling.EVERY_STEP, 1, Activation.SIGMOID));
    float[] parameters = new Network(network).initialParameters(1);
    TextClassifier classifier =
        TextClassifier.of(new SavedModel(network, parameters, null, null, List.of(), null));
    assertThrows(IllegalArgumentException.class, () -> classifier.probability(new int[] {2, 3, 4}));
  }
}
