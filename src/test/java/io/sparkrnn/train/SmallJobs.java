package io.sparkrnn.train;

import io.sparkrnn.io.ParameterHash;
import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import java.util.List;
import java.util.StringJoiner;

/**
 * Small trainings of three epochs on two shards; prints the SHA-256 of the parameters of each. The
 * JVM and its options decide what computes them.
 */
final class SmallJobs {
  private static final TrainingListener SILENT = new TrainingListener() {};

  private SmallJobs() {}

  /** Prints the kernels that run, then the hashes. */
  public static void main(String[] args) {
    System.out.println(Kernels.best().name());
    System.out.print(hashes());
  }

  static String hashes() {
    StringJoiner lines = new StringJoiner("\n");
    lines.add("lstm " + hash(lstm()));
    lines.add("gru " + hash(gru()));
    lines.add("simple_rnn " + hash(simpleRnn()));
    return lines.toString();
  }

  private static NetworkSpec lstm() {
    return network(new LayerSpec.Recurrent(CellType.LSTM, 21, 0.2, 0.2, true, false), Pooling.LAST);
  }

  private static NetworkSpec gru() {
    LayerSpec.Recurrent layer = LayerSpec.Recurrent.of(CellType.GRU, 18);
    return network(new LayerSpec.Bidirectional(layer, MergeMode.CONCAT), Pooling.ATTENTION);
  }

  private static NetworkSpec simpleRnn() {
    return network(LayerSpec.Recurrent.of(CellType.SIMPLE_RNN, 16), Pooling.MAX_MEAN);
  }

  private static NetworkSpec network(LayerSpec layer, Pooling pooling) {
    return new NetworkSpec(
        new InputSpec.Tokens(TinyData.VOCABULARY, 13, true),
        List.of(layer),
        new HeadSpec(pooling, 1, Activation.SIGMOID));
  }

  private static String hash(NetworkSpec network) {
    TrainingConfig config =
        TrainingConfig.of(network, Loss.BINARY_CROSSENTROPY).withBatches(8, 3).withSeed(7);
    TrainingProgress trained =
        LocalTrainer.sequential(config, SILENT, () -> 0L).train(TinyData.shards(45, 30), List.of());
    return ParameterHash.sha256(trained.parameters());
  }
}
