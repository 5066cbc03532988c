package io.sparkrnn.train.preflight;

import io.sparkrnn.nn.Network;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.ShardResult;
import io.sparkrnn.train.ShardTrainer;
import io.sparkrnn.train.batches.BatchPlan;
import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.Rounds;
import io.sparkrnn.train.config.ShardCount;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One task that trains for a while, round after round as a task of the training would, and notes
 * how long each round took. Nothing of what it learns is kept.
 */
final class CalibrationTask {
  /**
   * Work of a round where a round of the training is a whole epoch: some hundredths of a second of
   * a core, beside which what a round begins with is little.
   */
  private static final double FLOP = 4e9;

  private final TrainingConfig config;
  private final PackedShard sample;
  private final int index;
  private final LongSupplier nanoTime;
  private RoundState state;
  private ShardResult last;

  /**
   * Creates a task.
   *
   * @param config the training
   * @param sample some rows of it, at least one. Not modified.
   * @param index tells tasks apart that run side by side
   */
  CalibrationTask(TrainingConfig config, PackedShard sample, int index, LongSupplier nanoTime) {
    int batches = config.rounds().batchesPerRound();
    this.config =
        config.with(
            new Rounds(
                config.rounds().shards(),
                batches == 0 ? batches(config, sample) : batches,
                new OuterUpdate.Mean()));
    this.sample = sample;
    this.index = index;
    this.nanoTime = nanoTime;
    float[] parameters = new Network(config.network()).initialParameters(config.seed());
    state = RoundState.initial(config.optimization(), parameters);
  }

  private static int batches(TrainingConfig config, PackedShard sample) {
    int batches = config.batching().steps(sample.rows());
    double flop = ShardCount.flop(sample.steps(), config.network()) / batches;
    return (int) Math.max(1, Math.min(batches, FLOP / flop));
  }

  /** Trains until the clock says so, one round at least. */
  List<Slice> run(long end) {
    List<Slice> slices = new ArrayList<>();
    int rounds = config.roundCount(sample.rows());
    do {
      slices.add(round());
      state = state.round() < rounds ? state : state.nextEpoch();
    } while (nanoTime.getAsLong() < end);
    return slices;
  }

  private Slice round() {
    long steps = steps();
    long begin = nanoTime.getAsLong();
    last = ShardTrainer.train(config, state, sample, index);
    long nanos = nanoTime.getAsLong() - begin;
    state = state.nextRound(last.parameters(), last.optimizer(), new float[0]);
    return new Slice(steps, nanos);
  }

  private long steps() {
    BatchPlan plan = BatchPlan.of(config, state.epoch(), sample, index);
    int first = config.rounds().firstBatch(state.round());
    int end = config.rounds().endBatch(state.round(), plan.batches());
    long steps = 0;
    for (int batch = first; batch < end; batch++) {
      for (int i = plan.from(batch); i < plan.to(batch); i++) {
        steps += sample.length(plan.rows()[i]);
      }
    }
    return steps;
  }

  /** Returns what the last round became. */
  ShardResult last() {
    return last;
  }
}
