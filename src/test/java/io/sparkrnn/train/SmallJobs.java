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
import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.MovingAverage;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.train.config.ClassWeights;
import io.sparkrnn.train.config.Execution;
import io.sparkrnn.train.config.Objective;
import io.sparkrnn.train.config.Optimization;
import io.sparkrnn.train.config.TrainingConfig;
import java.util.List;
import java.util.StringJoiner;

/**
 * Small trainings on two shards; prints the SHA-256 of the parameters of each. The JVM and its
 * options decide what computes them.
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
    lines.add("everything_else " + hash(everythingElse(), 13, 9));
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

  /**
   * What the defaults leave out: the other GRU, a stack, another optimizer, averages, clipping, a
   * penalty, truncation, and chunks that two threads share.
   */
  private static TrainingConfig everythingElse() {
    LayerSpec.Recurrent first = new LayerSpec.Recurrent(CellType.GRU, 17, 0, 0, false, false);
    LayerSpec.Recurrent second = new LayerSpec.Recurrent(CellType.GRU, 6, 0.2, 0.2, false, true);
    NetworkSpec network =
        network(
            List.of(new LayerSpec.Bidirectional(first, MergeMode.SUM), second), Pooling.MAX_MEAN);
    Optimization optimization =
        Optimization.defaults()
            .with(OptimizerSpec.AdamW.defaults(), 0.01)
            .with(new Clipping(0, 0, 0.05))
            .with(new MovingAverage(0.8))
            .withTruncatedSteps(3);
    return TrainingConfig.of(network, Loss.BINARY_CROSSENTROPY)
        .with(new Objective(Loss.BINARY_CROSSENTROPY, 0.1, 0.001, ClassWeights.none()))
        .with(optimization)
        .with(new Execution(3, 2, 0))
        .withBatches(8, 2)
        .withSeed(7);
  }

  private static NetworkSpec network(LayerSpec layer, Pooling pooling) {
    return network(List.of(layer), pooling);
  }

  private static NetworkSpec network(List<LayerSpec> layers, Pooling pooling) {
    return new NetworkSpec(
        new InputSpec.Tokens(TinyData.VOCABULARY, 13, true),
        layers,
        HeadSpec.of(pooling, 1, Activation.SIGMOID));
  }

  private static String hash(NetworkSpec network) {
    TrainingConfig config =
        TrainingConfig.of(network, Loss.BINARY_CROSSENTROPY).withBatches(8, 3).withSeed(7);
    return hash(config, 45, 30);
  }

  private static String hash(TrainingConfig config, int... rows) {
    TrainingProgress trained =
        LocalTrainer.sequential(config, SILENT, () -> 0L).train(TinyData.shards(rows), List.of());
    return ParameterHash.sha256(trained.parameters());
  }
}
