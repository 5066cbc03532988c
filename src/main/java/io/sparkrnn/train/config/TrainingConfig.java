package io.sparkrnn.train.config;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.targets.TargetKind;
import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.train.config.OptionGroup.FreeOnResume;
import java.io.Serializable;
import java.util.Objects;

/**
 * Everything a training run depends on besides its rows. The defaults of {@link #defaults()} are
 * the only ones: the Spark parameters and the command line read them from there.
 *
 * @param network topology
 * @param objective what is minimized
 * @param optimization how a gradient moves the parameters
 * @param embedding how the embedding is trained
 * @param batching how the rows of a shard are grouped
 * @param rounds how shards train side by side and are averaged
 * @param stopping when training ends
 * @param execution how a task computes its batches
 * @param wide the wide branch beside the network
 * @param monitorEvery batches between two samples of the gradient norm by time step, 0 for none
 * @param seed seed of everything random
 */
public record TrainingConfig(
    NetworkSpec network,
    Objective objective,
    Optimization optimization,
    EmbeddingTraining embedding,
    Batching batching,
    Rounds rounds,
    Stopping stopping,
    Execution execution,
    Wide wide,
    @FreeOnResume int monitorEvery,
    long seed)
    implements Serializable {
  public TrainingConfig {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(objective, "objective");
    Objects.requireNonNull(optimization, "optimization");
    Objects.requireNonNull(embedding, "embedding");
    Objects.requireNonNull(batching, "batching");
    Objects.requireNonNull(rounds, "rounds");
    Objects.requireNonNull(stopping, "stopping");
    Objects.requireNonNull(execution, "execution");
    Objects.requireNonNull(wide, "wide");
    Require.atLeast(0, "monitorEvery", monitorEvery);
    int weights = objective.classWeights().weights().size();
    int classes = network.head().classes();
    if (weights != 0 && weights != classes) {
      throw new IllegalArgumentException(
          "classWeights must have one for each of %d classes, got %d".formatted(classes, weights));
    }
    embedding.embeddingUpdates().check(optimization.optimizer());
    boolean vectors = network.input() instanceof InputSpec.Vectors;
    boolean everyStep = network.head().targets() != TargetKind.SEQUENCE;
    if (batching.wordDropout() > 0 && (vectors || everyStep)) {
      throw new IllegalArgumentException(
          "wordDropout must be 0 for %s, got %s"
              .formatted(vectors ? "vectors" : "a head at every step", batching.wordDropout()));
    }
    if (weights != 0 && everyStep) {
      throw new IllegalArgumentException(
          "classWeights must be empty for a head at every step, got "
              + objective.classWeights().weights());
    }
    if (wide.wide() && (vectors || everyStep || classes == 0)) {
      throw new IllegalArgumentException(
          "wide must be false for %s, got true; n-grams tell classes of texts apart"
              .formatted(
                  vectors ? "vectors" : everyStep ? "a head at every step" : "a regression"));
    }
    if (wide.wide()) {
      wide.check(classes);
    }
    if (vectors && embedding.freezeEmbedding()) {
      throw new IllegalArgumentException("freezeEmbedding must be false for vectors, got true");
    }
    if (network.head() instanceof TokenHead tokens) {
      checkLanguageModel(tokens, objective, embedding);
    }
  }

  private static void checkLanguageModel(
      TokenHead head, Objective objective, EmbeddingTraining embedding) {
    if (objective.labelSmoothing() > 0) {
      throw new IllegalArgumentException(
          "labelSmoothing must be 0 for a language model, got " + objective.labelSmoothing());
    }
    if (head.tied() && embedding.freezeEmbedding()) {
      throw new IllegalArgumentException(
          "freezeEmbedding must be false for outputs tied to the embedding, got true");
    }
  }

  /**
   * The defaults: a two-class LSTM with 32 units over 10,000 words, trained by RMSprop on one
   * shard.
   */
  public static TrainingConfig defaults() {
    return new TrainingConfig(
        NetworkSpec.binary(CellType.LSTM, 10_000, 32, 32),
        Objective.of(Loss.BINARY_CROSSENTROPY),
        Optimization.defaults(),
        EmbeddingTraining.defaults(),
        Batching.defaults(),
        Rounds.defaults(),
        Stopping.defaults(),
        Execution.defaults(),
        Wide.defaults(),
        50,
        1L);
  }

  /** The defaults with another network and loss. */
  public static TrainingConfig of(NetworkSpec network, Loss loss) {
    return defaults().with(network).with(Objective.of(loss));
  }

  /** Returns this configuration with another network. */
  public TrainingConfig with(NetworkSpec network) {
    return copy(network, null, seed);
  }

  /** Returns this configuration with another group of options in the place of its like. */
  public TrainingConfig with(OptionGroup group) {
    return copy(network, group, seed);
  }

  /** Returns this configuration with another optimizer and learning rate. */
  public TrainingConfig with(OptimizerSpec optimizer, double learningRate) {
    return with(optimization.with(optimizer, learningRate));
  }

  /** Returns this configuration with other clipping. */
  public TrainingConfig with(Clipping clipping) {
    return with(optimization.with(clipping));
  }

  /** Returns this configuration with another batch size and number of epochs. */
  public TrainingConfig withBatches(int batchSize, int epochs) {
    return with(batching.withBatchSize(batchSize)).with(new Stopping(epochs, stopping.patience()));
  }

  /**
   * Returns this configuration with early stopping after {@code patience} epochs without
   * improvement.
   */
  public TrainingConfig withPatience(int patience) {
    return with(new Stopping(stopping.epochs(), patience));
  }

  /** Returns this configuration with another seed. */
  public TrainingConfig withSeed(long seed) {
    return copy(network, null, seed);
  }

  private TrainingConfig copy(NetworkSpec network, OptionGroup group, long seed) {
    return new TrainingConfig(
        network,
        group instanceof Objective other ? other : objective,
        group instanceof Optimization other ? other : optimization,
        group instanceof EmbeddingTraining other ? other : embedding,
        group instanceof Batching other ? other : batching,
        group instanceof Rounds other ? other : rounds,
        group instanceof Stopping other ? other : stopping,
        group instanceof Execution other ? other : execution,
        group instanceof Wide other ? other : wide,
        monitorEvery,
        seed);
  }

  /** Returns how many rounds an epoch has when the largest shard has {@code rows} rows. */
  public int roundCount(int rows) {
    return rounds.count(batching.steps(rows));
  }

  /** Returns how many examples round {@code round} consumes of a shard with {@code rows} rows. */
  public long examples(int round, int rows) {
    long rowsPerStep = batching.rowsPerStep();
    int end = rounds.endBatch(round, batching.steps(rows));
    long from = Math.min(rows, rounds.firstBatch(round) * rowsPerStep);
    return Math.min(rows, end * rowsPerStep) - from;
  }
}
