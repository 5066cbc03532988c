package io.sparkrnn.train;

import io.sparkrnn.train.config.Optimization;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.course.Divergence;
import io.sparkrnn.train.course.RoundRecord;
import io.sparkrnn.train.course.RoundTimes;
import io.sparkrnn.train.metrics.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The driver's loop, the same for local and distributed training.
 *
 * <pre>
 *   until the last epoch, or nothing gets better:
 *     rounds left:  state = outer(state, mean of workers.train(state)), add to the epoch's sums
 *     none left:    evaluate, record, remember the best, begin the next epoch
 *     tell, save
 * </pre>
 *
 * <p>Each step is a function of the progress before it, so that a training goes on from any of them
 * with the same bits.
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
  private final int[] shardRows;
  private final long rows;
  private final int rounds;

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
    shardRows = workers.shardRows();
    rows = Arrays.stream(shardRows).asLongStream().sum();
    rounds = config.roundCount(Arrays.stream(shardRows).max().orElse(0));
  }

  /**
   * Trains from {@code start} until the last epoch, or until nothing gets better.
   *
   * @param start where to begin, between two epochs or within one
   * @param afterStep is handed the progress after every round and after every epoch, to save it
   * @throws TrainingException if there are no rows, or the loss is no longer finite
   */
  public TrainingProgress run(TrainingProgress start, Consumer<TrainingProgress> afterStep) {
    if (rows == 0) {
      throw new TrainingException("training needs at least 1 row, got none");
    }
    TrainingProgress progress = start;
    listener.started(config, progress.history());
    while (progress.state().epoch() < config.stopping().epochs()
        && !exhausted(progress.history())) {
      progress = progress.state().round() < rounds ? round(progress) : epochEnd(progress);
      afterStep.accept(progress);
    }
    return progress;
  }

  private TrainingProgress round(TrainingProgress before) {
    long begin = nanoTime.getAsLong();
    RoundState state = withRate(before);
    workers.send(state);
    final long sent = nanoTime.getAsLong() - begin;
    Round round = new Round(before.sums());
    workers.train(state, round::add);
    RoundState after = round.average(state);
    long nanos = nanoTime.getAsLong() - begin;
    listener.timeSpent(Phase.TRAINING, nanos - round.averagingNanos);
    listener.timeSpent(Phase.AVERAGING, round.averagingNanos);
    listener.roundRecorded(round.record(state, nanos, sent));
    listener.roundFinished(state.epoch() + 1, after.round(), rounds);
    EpochSums sums = round.sums.plusNanos(nanos);
    return new TrainingProgress(after, before.bestParameters(), before.history(), sums);
  }

  private TrainingProgress epochEnd(TrainingProgress before) {
    long begin = nanoTime.getAsLong();
    EpochSums sums = before.sums();
    RoundState state = withRate(before).nextEpoch();
    Evaluation validation = workers.hasValidation() ? workers.evaluate(state) : null;
    long nanos = nanoTime.getAsLong() - begin;
    EpochRecord record =
        new EpochRecord(
            state.epoch(),
            sums.meanLoss(),
            validation,
            (sums.nanos() + nanos) * 1e-9,
            rows / Math.max(1e-9, sums.nanos() * 1e-9),
            config.optimization().rate(state.epoch(), state.rateFactor()));
    TrainingProgress after = after(before, state, record);
    listener.timeSpent(Phase.EVALUATING, nanos);
    listener.epochFinished(record, after.history());
    return after;
  }

  private TrainingProgress after(TrainingProgress before, RoundState state, EpochRecord record) {
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
        new TrainingHistory(
            epochs,
            better ? record.epoch() : best.epoch(),
            before.sums().norms().rootMeanSquares()));
  }

  private boolean exhausted(TrainingHistory history) {
    return config.stopping().patience() > 0
        && history.epochs().size() - history.bestEpoch() >= config.stopping().patience()
        && !history.epochs().isEmpty();
  }

  /** Returns the state with what the epochs so far make of the learning rate. */
  private RoundState withRate(TrainingProgress progress) {
    double[] losses =
        progress.history().epochs().stream().mapToDouble(EpochRecord::watchedLoss).toArray();
    Optimization optimization = config.optimization();
    return progress
        .state()
        .withRateFactor(optimization.plateau().rateFactor(optimization.learningRate(), losses));
  }

  /** What the results of a round become, in shard order. */
  private final class Round {
    private final Averaging mean = new Averaging();
    private EpochSums sums;
    private ShardResult averaged;
    private double squaredMove;
    private long averagingNanos;

    Round(EpochSums sums) {
      this.sums = sums;
    }

    void add(ShardResult result) {
      long begin = nanoTime.getAsLong();
      mean.add(result);
      sums = sums.plus(result);
      averagingNanos += nanoTime.getAsLong() - begin;
    }

    RoundState average(RoundState before) {
      long begin = nanoTime.getAsLong();
      averaged = mean.result();
      checkExamples(before, averaged.examples());
      RoundState after = config.rounds().outer().apply(before, averaged);
      squaredMove = Divergence.squaredDistance(averaged.parameters(), before.parameters());
      averagingNanos += nanoTime.getAsLong() - begin;
      return after;
    }

    RoundRecord record(RoundState from, long nanos, long sent) {
      return new RoundRecord(
          from.epoch() + 1,
          from.round() + 1,
          rounds,
          averaged.examples(),
          averaged.weight() == 0 ? 0 : averaged.lossSum() / averaged.weight(),
          Divergence.of(averaged.squaredMove(), squaredMove),
          RoundTimes.of(nanos, sent, averagingNanos, averaged.times()));
    }

    private void checkExamples(RoundState before, long examples) {
      long expected =
          Arrays.stream(shardRows).mapToLong(r -> config.examples(before.round(), r)).sum();
      if (examples != expected || examples == 0) {
        throw new TrainingException(
            "round %d of epoch %d must consume %d examples, got %d"
                .formatted(
                    before.round() + 1, before.epoch() + 1, Math.max(1, expected), examples));
      }
    }
  }
}
