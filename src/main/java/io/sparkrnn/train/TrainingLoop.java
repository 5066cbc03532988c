package io.sparkrnn.train;

import io.sparkrnn.nn.StepNorms;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The driver's loop, the same for local and distributed training.
 *
 * <pre>
 *   for each epoch:
 *     for each round:  state = average(workers.train(state))
 *     evaluate, record, remember the best, tell, save, stop when nothing got better
 * </pre>
 *
 * <p>Early stopping and the reduction of the learning rate on plateaus watch the validation loss,
 * or the training loss when there are no validation rows; with early stopping, the best epoch's
 * parameters are the result, whether training stopped early or not.
 */
public final class TrainingLoop {
  private final TrainingConfig config;
  private final Workers workers;
  private final TrainingListener listener;
  private final LongSupplier nanoTime;

  /**
   * Creates a loop.
   *
   * @param config the run's configuration
   * @param workers who trains the shards
   * @param listener who is told
   * @param nanoTime a clock that counts nanoseconds, for the rates in the history
   */
  public TrainingLoop(
      TrainingConfig config, Workers workers, TrainingListener listener, LongSupplier nanoTime) {
    this.config = config;
    this.workers = workers;
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  /**
   * Trains from {@code start} until the last epoch, or until nothing gets better.
   *
   * @param start where to begin
   * @param afterEpoch is handed the progress after every epoch, to save it
   * @throws TrainingException if there are no rows, or the loss is no longer finite
   */
  public TrainingProgress run(TrainingProgress start, Consumer<TrainingProgress> afterEpoch) {
    if (rows() == 0) {
      throw new TrainingException("training needs at least 1 row, got none");
    }
    TrainingProgress progress = start;
    listener.started(config, progress.state().epoch() + 1);
    while (progress.state().epoch() < config.stopping().epochs()
        && !exhausted(progress.history())) {
      progress = epoch(progress);
      List<EpochRecord> epochs = progress.history().epochs();
      listener.epochFinished(epochs.get(epochs.size() - 1), progress.history());
      afterEpoch.accept(progress);
    }
    return progress;
  }

  private TrainingProgress epoch(TrainingProgress before) {
    long begin = nanoTime.getAsLong();
    Sums sums = new Sums();
    RoundState state = before.state().withRateFactor(rateFactor(before.history()));
    int rounds = config.roundCount(largestShard());
    for (int round = 0; round < rounds; round++) {
      List<ShardResult> results = workers.train(state);
      state = Averaging.merge(state, results, config.rounds().outer(), expected(round));
      results.forEach(sums::add);
      listener.roundFinished(state.epoch() + 1, round + 1, rounds);
    }
    long trained = nanoTime.getAsLong();
    state = state.nextEpoch();
    Evaluation validation = workers.hasValidation() ? workers.evaluate(state) : null;
    EpochRecord record =
        new EpochRecord(
            state.epoch(),
            sums.meanLoss(),
            validation,
            (nanoTime.getAsLong() - begin) * 1e-9,
            rows() / Math.max(1e-9, (trained - begin) * 1e-9),
            config.optimization().rate(state.epoch(), state));
    return after(before, state, record, Averaging.mergeNorms(sums.norms).rootMeanSquares());
  }

  private TrainingProgress after(
      TrainingProgress before, RoundState state, EpochRecord record, double[] stepNorms) {
    List<EpochRecord> epochs = new ArrayList<>(before.history().epochs());
    epochs.add(record);
    EpochRecord best = before.history().best();
    boolean better =
        config.stopping().patience() == 0
            || best == null
            || record.watchedLoss() < best.watchedLoss();
    float[] parameters = better ? state.modelParameters() : before.parameters();
    return new TrainingProgress(
        state,
        config.stopping().patience() == 0 ? new float[0] : parameters,
        new TrainingHistory(epochs, better ? record.epoch() : best.epoch(), stepNorms));
  }

  private boolean exhausted(TrainingHistory history) {
    return config.stopping().patience() > 0
        && history.epochs().size() - history.bestEpoch() >= config.stopping().patience()
        && !history.epochs().isEmpty();
  }

  /** What the epochs so far make of the learning rate. */
  private double rateFactor(TrainingHistory history) {
    double[] losses = history.epochs().stream().mapToDouble(EpochRecord::watchedLoss).toArray();
    Optimization optimization = config.optimization();
    return optimization.plateau().rateFactor(optimization.learningRate(), losses);
  }

  private long expected(int round) {
    long expected = 0;
    for (int rows : workers.shardRows()) {
      expected += config.examples(round, rows);
    }
    return expected;
  }

  private long rows() {
    long rows = 0;
    for (int shard : workers.shardRows()) {
      rows += shard;
    }
    return rows;
  }

  private int largestShard() {
    int largest = 0;
    for (int rows : workers.shardRows()) {
      largest = Math.max(largest, rows);
    }
    return largest;
  }

  /** What an epoch's rounds add up to. */
  private static final class Sums {
    private final List<StepNorms> norms = new ArrayList<>();
    private double lossSum;
    private double weight;

    void add(ShardResult result) {
      lossSum += result.lossSum();
      weight += result.weight();
      norms.add(result.norms());
    }

    double meanLoss() {
      return weight == 0 ? 0 : lossSum / weight;
    }
  }
}
