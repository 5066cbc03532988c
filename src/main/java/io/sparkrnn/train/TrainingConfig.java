package io.sparkrnn.train;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.LearningRateSchedule;
import io.sparkrnn.optim.OptimizerSpec;
import java.io.Serializable;
import java.util.Objects;

/**
 * Everything a training run depends on besides its rows. The defaults of {@link #defaults()} are
 * the only ones: the Spark parameters and the command line read them from there.
 *
 * @param network topology
 * @param loss what is minimized
 * @param optimizer update rule with its constants
 * @param learningRate step size before the schedule's factor
 * @param schedule factor of the learning rate by progress in epochs
 * @param clipping gradient clipping
 * @param batchSize examples of one local step, per shard
 * @param epochs passes over the rows
 * @param batchesPerRound local steps between two averagings, 0 for a whole epoch
 * @param poolBatches batches whose rows are sorted by length together, 0 or 1 for no sorting
 * @param shards logical shards the rows are assigned to; part of the result, unlike the number of
 *     executors
 * @param outer what the driver does with the mean of the shards
 * @param patience epochs without improvement before training stops, 0 for no early stopping
 * @param monitorEvery batches between two samples of the gradient norm by time step, 0 for none
 * @param seed seed of everything random
 */
public record TrainingConfig(
    NetworkSpec network,
    Loss loss,
    OptimizerSpec optimizer,
    double learningRate,
    LearningRateSchedule schedule,
    Clipping clipping,
    int batchSize,
    int epochs,
    int batchesPerRound,
    int poolBatches,
    int shards,
    OuterUpdate outer,
    int patience,
    int monitorEvery,
    long seed)
    implements Serializable {
  public TrainingConfig {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(clipping, "clipping");
    Objects.requireNonNull(outer, "outer");
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException("learningRate must be > 0, got " + learningRate);
    }
    atLeast(1, "batchSize", batchSize);
    atLeast(1, "epochs", epochs);
    atLeast(0, "batchesPerRound", batchesPerRound);
    atLeast(0, "poolBatches", poolBatches);
    atLeast(1, "shards", shards);
    atLeast(0, "patience", patience);
    atLeast(0, "monitorEvery", monitorEvery);
  }

  private static void atLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be >= " + least + ", got " + value);
    }
  }

  /**
   * The defaults: a two-class LSTM with 32 units over 10,000 words, trained by RMSprop on 2 shards.
   */
  public static TrainingConfig defaults() {
    return new TrainingConfig(
        NetworkSpec.binary(CellType.LSTM, 10_000, 32, 32),
        Loss.BINARY_CROSSENTROPY,
        OptimizerSpec.RmsProp.defaults(),
        0.001,
        new LearningRateSchedule.Constant(),
        Clipping.none(),
        32,
        10,
        0,
        50,
        2,
        new OuterUpdate.Mean(),
        0,
        50,
        1L);
  }

  /** The defaults with another network and loss. */
  public static TrainingConfig of(NetworkSpec network, Loss loss) {
    return defaults().with(network, loss);
  }

  /** Returns this configuration with another network and loss. */
  public TrainingConfig with(NetworkSpec network, Loss loss) {
    return new TrainingConfig(
        network,
        loss,
        optimizer,
        learningRate,
        schedule,
        clipping,
        batchSize,
        epochs,
        batchesPerRound,
        poolBatches,
        shards,
        outer,
        patience,
        monitorEvery,
        seed);
  }

  /** Returns this configuration with another optimizer and learning rate. */
  public TrainingConfig with(OptimizerSpec optimizer, double learningRate) {
    return new TrainingConfig(
        network,
        loss,
        optimizer,
        learningRate,
        schedule,
        clipping,
        batchSize,
        epochs,
        batchesPerRound,
        poolBatches,
        shards,
        outer,
        patience,
        monitorEvery,
        seed);
  }

  /** Returns this configuration with other gradient clipping. */
  public TrainingConfig with(Clipping clipping) {
    return new TrainingConfig(
        network,
        loss,
        optimizer,
        learningRate,
        schedule,
        clipping,
        batchSize,
        epochs,
        batchesPerRound,
        poolBatches,
        shards,
        outer,
        patience,
        monitorEvery,
        seed);
  }

  /** Returns this configuration with another seed. */
  public TrainingConfig withSeed(long seed) {
    return new TrainingConfig(
        network,
        loss,
        optimizer,
        learningRate,
        schedule,
        clipping,
        batchSize,
        epochs,
        batchesPerRound,
        poolBatches,
        shards,
        outer,
        patience,
        monitorEvery,
        seed);
  }

  /** Returns this configuration with another batch size and number of epochs. */
  public TrainingConfig withBatches(int batchSize, int epochs) {
    return new TrainingConfig(
        network,
        loss,
        optimizer,
        learningRate,
        schedule,
        clipping,
        batchSize,
        epochs,
        batchesPerRound,
        poolBatches,
        shards,
        outer,
        patience,
        monitorEvery,
        seed);
  }

  /**
   * Returns this configuration with another number of shards and of local steps between averagings.
   */
  public TrainingConfig withRounds(int shards, int batchesPerRound, OuterUpdate outer) {
    return new TrainingConfig(
        network,
        loss,
        optimizer,
        learningRate,
        schedule,
        clipping,
        batchSize,
        epochs,
        batchesPerRound,
        poolBatches,
        shards,
        outer,
        patience,
        monitorEvery,
        seed);
  }

  /**
   * Returns this configuration with early stopping after {@code patience} epochs without
   * improvement.
   */
  public TrainingConfig withPatience(int patience) {
    return new TrainingConfig(
        network,
        loss,
        optimizer,
        learningRate,
        schedule,
        clipping,
        batchSize,
        epochs,
        batchesPerRound,
        poolBatches,
        shards,
        outer,
        patience,
        monitorEvery,
        seed);
  }

  /** Returns how many rounds an epoch has when the largest shard has {@code rows} rows. */
  public int rounds(int rows) {
    int batches = BatchPlan.count(rows, batchSize);
    return batchesPerRound == 0
        ? 1
        : Math.max(1, (batches + batchesPerRound - 1) / batchesPerRound);
  }

  /** Returns the first batch of round {@code round}. */
  int firstBatch(int round) {
    return batchesPerRound == 0 ? 0 : Math.multiplyExact(round, batchesPerRound);
  }

  /** Returns the end of round {@code round}, exclusive, on a shard with {@code batches} batches. */
  int endBatch(int round, int batches) {
    return batchesPerRound == 0 ? batches : Math.min(batches, firstBatch(round) + batchesPerRound);
  }

  /** Returns how many examples round {@code round} consumes of a shard with {@code rows} rows. */
  public long examples(int round, int rows) {
    int batches = BatchPlan.count(rows, batchSize);
    long from = Math.min(rows, (long) firstBatch(round) * batchSize);
    return Math.min(rows, (long) endBatch(round, batches) * batchSize) - from;
  }
}
