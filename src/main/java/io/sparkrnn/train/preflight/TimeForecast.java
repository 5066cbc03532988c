package io.sparkrnn.train.preflight;

import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.train.config.ShardCount;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The time of rounds, epochs and the whole training from the rate of one task.
 *
 * <pre>
 *   task    = rows planSeconds / rounds + steps / rate        steps of its batches, drawn from those of a sample
 *   round   = time until the last of all tasks has ended, each begun where one is free
 *             + bytes / {@value #BYTES_PER_SECOND} B/s + results addSeconds + {@value #ROUND_SECONDS} s + tasks {@value #TASK_SECONDS} s
 *   epoch   = rounds + validation steps / rate of evaluation
 * </pre>
 */
public final class TimeForecast {
  /** What Spark takes to run a job; measured, see preflight.md. */
  private static final double ROUND_SECONDS = 0.006;

  /** What the driver takes to begin and end a task; measured, see preflight.md. */
  private static final double TASK_SECONDS = 0.001;

  /** A network of 1 Gbit/s, less what protocols take: assumed, since nobody can be asked. */
  private static final double BYTES_PER_SECOND = 1e8;

  /** Rounds that are drawn to find the mean: what chance moves it by is less than a hundredth. */
  private static final int DRAWN_ROUNDS = 200;

  private static final int DRAWN_BATCHES = 1 << 22;

  private final TrainingConfig config;
  private final ShardedData data;
  private final Cluster cluster;
  private final Traffic traffic;
  private final Rate rate;
  private final double meanSteps;

  private TimeForecast(TrainingConfig config, Preflight preflight, Rate rate) {
    this.config = config;
    this.data = preflight.data();
    this.cluster = preflight.cluster();
    this.traffic = preflight.traffic();
    this.rate = rate;
    meanSteps = Arrays.stream(rate.batchSteps()).average().orElseThrow();
  }

  /**
   * Measures this machine and returns the time of a training.
   *
   * @param config the training
   * @param preflight rows and cluster
   * @param sample some of the rows, at least one. Not modified.
   * @param cores cores of this machine; no more tasks run side by side than have cores of their own
   * @param clocks of this JVM
   */
  public static TimeEstimate measure(
      TrainingConfig config, Preflight preflight, PackedShard sample, int cores, Clocks clocks) {
    int shards = preflight.data().shards().size();
    int threads = config.execution().threads(config.batching().batchSize());
    int together =
        Math.min(preflight.cluster().tasksPerExecutor(shards), Math.max(1, cores / threads));
    Rate rate = Calibration.measure(config, sample, together, clocks);
    return estimate(config, preflight, rate);
  }

  static TimeEstimate estimate(TrainingConfig config, Preflight preflight, Rate rate) {
    return new TimeForecast(config, preflight, rate).estimate();
  }

  private TimeEstimate estimate() {
    double round = trainingSeconds() + otherSeconds();
    double evaluation = data.validationSteps() / rate.evaluatedPerSecond() / slots();
    double epoch = round * traffic.rounds() + evaluation;
    NetworkSpec network = config.network();
    return new TimeEstimate(
        ShardCount.flop(1, network) * rate.stepsPerSecond() * 1e-9,
        rate.warmUpSeconds(),
        round,
        epoch,
        epoch * config.stopping().epochs() + rate.warmUpSeconds());
  }

  private int slots() {
    return Math.min(cluster.tasks(), data.shards().size());
  }

  /** Returns what a round takes besides training. */
  private double otherSeconds() {
    double adding = data.shards().size() * (data.shards().size() == 1 ? 0 : rate.addSeconds());
    double sending = (traffic.broadcast() + traffic.results()) / BYTES_PER_SECOND;
    return adding + sending + ROUND_SECONDS + data.shards().size() * TASK_SECONDS;
  }

  /** Returns the mean time until all tasks of a round have ended. */
  private double trainingSeconds() {
    int perRound = config.rounds().batchesPerRound();
    if (perRound == 0) {
      return makespan(0, null);
    }
    long batches = (long) perRound * data.shards().size();
    int drawn = (int) Math.max(1, Math.min(DRAWN_ROUNDS, DRAWN_BATCHES / batches));
    int rounds = Math.min(traffic.rounds(), drawn);
    SplittableRandom random = new SplittableRandom(config.seed());
    double sum = 0;
    for (int i = 0; i < drawn; i++) {
      sum += makespan((int) ((long) (i % rounds) * traffic.rounds() / rounds), random);
    }
    return sum / drawn;
  }

  /** Gives each shard's task to whoever is free first, in the order of the shards. */
  private double makespan(int round, SplittableRandom random) {
    double[] free = new double[slots()];
    for (ShardSize shard : data.shards()) {
      int first = 0;
      for (int slot = 1; slot < free.length; slot++) {
        first = free[slot] < free[first] ? slot : first;
      }
      free[first] += taskSeconds(shard, round, random);
    }
    return Arrays.stream(free).max().orElse(0);
  }

  private double taskSeconds(ShardSize shard, int round, SplittableRandom random) {
    double planning = shard.rows() * rate.planSecondsPerRow() / Math.max(1, traffic.rounds());
    if (random == null) {
      return planning + shard.steps() / rate.stepsPerSecond();
    }
    int all = config.batching().steps((int) shard.rows());
    int batches = config.rounds().endBatch(round, all) - config.rounds().firstBatch(round);
    if (batches <= 0) {
      return planning;
    }
    double steps = 0;
    for (int i = 0; i < batches; i++) {
      steps += rate.batchSteps()[random.nextInt(rate.batchSteps().length)];
    }
    double size = shard.steps() / (all * meanSteps); // of its batches, beside those of the sample
    return planning + steps * size / rate.stepsPerSecond();
  }
}
