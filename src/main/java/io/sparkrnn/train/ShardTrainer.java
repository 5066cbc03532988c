package io.sparkrnn.train;

import io.sparkrnn.nn.Gradient;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.optim.Clipping;
import io.sparkrnn.optim.GradientSupport;
import io.sparkrnn.optim.L2;
import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.optim.RoundSteps;
import io.sparkrnn.train.batches.BatchGradient;
import io.sparkrnn.train.batches.BatchPlan;
import io.sparkrnn.train.batches.KeptPlans;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.course.Divergence;
import io.sparkrnn.train.shards.PackedShard;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One round over one shard: the step that local and distributed training share.
 *
 * <pre>
 *   for each batch of the round:
 *     g     = gradient of the mean loss of the batch, summed over its parts
 *     g     = clip(g + gradient of the L2 penalty)
 *     theta = optimizer step(theta, g, learning rate at this point of the epoch)
 * </pre>
 *
 * <p>A pure function of its arguments: a repeated round gives the same bits wherever and however
 * often it runs.
 */
public final class ShardTrainer implements AutoCloseable {
  private static final int MONITORED_STEPS = 2000;
  private static final KeptPlans PLANS = new KeptPlans();

  private final TrainingConfig config;
  private final RoundState state;
  private final PackedShard shard;
  private final int shardIndex;
  private final Network network;
  private final BatchGradient batches;
  private final int[] kernels;
  private final L2 l2;
  private final float[] parameters;
  private final Gradient gradient;
  private final GradientSupport support;
  private final OptimizerState optimizer;
  private final RoundSteps steps;
  private long examples;
  private double weight;
  private double lossSum;

  private ShardTrainer(TrainingConfig config, RoundState state, PackedShard shard, int shardIndex) {
    this.config = config;
    this.state = state;
    this.shard = shard;
    this.shardIndex = shardIndex;
    network = new Network(config.network());
    batches =
        new BatchGradient(
            config, network, shard, Math.min(MONITORED_STEPS, Math.max(1, shard.maxLength())));
    kernels = network.layout().kernels();
    l2 = new L2(config.objective().l2());
    parameters = state.parameters().clone();
    gradient = batches.newGradient();
    support = config.embedding().support(network, config.optimization().optimizer());
    optimizer = state.optimizer().copy();
    steps =
        new RoundSteps(
            config.optimization().optimizer(), config.optimization().ema(), optimizer, support);
  }

  /**
   * Trains {@code state.round()} of {@code state.epoch()} on {@code shard}.
   *
   * @param config the run's configuration
   * @param state what the round starts from. Not modified.
   * @param shard the examples. Not modified.
   * @param shardIndex the shard's number, part of the seeds
   * @throws TrainingException if the loss or a parameter is no longer finite
   * @throws IllegalArgumentException if the shard is not what the network reads
   */
  public static ShardResult train(
      TrainingConfig config, RoundState state, PackedShard shard, int shardIndex) {
    shard.check(config.network(), true);
    PackedShard weighted = config.objective().classWeights().apply(shard);
    try (ShardTrainer trainer = new ShardTrainer(config, state, weighted, shardIndex)) {
      return trainer.run();
    }
  }

  private ShardResult run() {
    BatchPlan plan = PLANS.of(config, state.epoch(), shard, shardIndex);
    int end = config.rounds().endBatch(state.round(), plan.batches());
    run(plan, end);
    steps.finish(parameters);
    checkParameters(end);
    batches.giveBack(gradient);
    return new ShardResult(parameters, optimizer, examples, weight, lossSum, batches.norms())
        .withSquaredMove(Divergence.squaredDistance(parameters, state.parameters()));
  }

  private void run(BatchPlan plan, int end) {
    int first = config.rounds().firstBatch(state.round());
    if (first > 0 && first < end) {
      batches.advance(parameters, plan.rows(), plan.from(first - 1), plan.to(first - 1));
    }
    for (int index = first; index < end; index++) {
      step(plan, index);
    }
  }

  private void step(BatchPlan plan, int index) {
    int from = plan.from(index);
    int to = plan.to(index);
    batches.monitor(sampled(index));
    batches.sampleFrom(
        Seeds.derive(config.seed(), Stream.SAMPLE, state.epoch(), shardIndex, index));
    double batchLoss = lossAndGradient(plan.rows(), from, to, dropout(index));
    double penalty = l2.l2() == 0 ? 0 : l2.add(kernels, parameters, gradient.values());
    double rate = learningRate(index, plan.batches());
    checkFinite(batchLoss + penalty, plan, index, rate);
    support.setRows(gradient.rows(), gradient.rowCount());
    if (!config.optimization().clipping().equals(Clipping.none())) {
      config.optimization().clipping().apply(gradient.values(), support);
    }
    steps.step(parameters, gradient.values(), rate);
    examples += to - from;
    double before = weight;
    for (int i = from; i < to; i++) {
      int row = plan.rows()[i];
      weight += (double) shard.weights()[row] * predictions(row);
    }
    lossSum += batchLoss + penalty * (weight - before);
  }

  /** How many predictions, each with a loss, a row has. */
  private int predictions(int row) {
    int targets = shard.targets().start(row + 1) - shard.targets().start(row);
    return config.network().head().predictions(shard.length(row), targets);
  }

  /** Computes a step's rows in parts of a batch each. */
  private double lossAndGradient(int[] rows, int from, int to, SplittableRandom dropout) {
    int size = config.batching().batchSize();
    double sum = 0;
    int divisor = 0;
    for (int i = from; i < to; i++) {
      divisor += predictions(rows[i]);
    }
    gradient.clear();
    for (int part = from; part < to; part += size) {
      int end = Math.min(to, part + size);
      sum += batches.add(parameters, rows, part, end, divisor, dropout, gradient);
    }
    return sum;
  }

  private boolean sampled(int index) {
    return config.monitorEvery() > 0 && index % config.monitorEvery() == 0;
  }

  /** Dropout's stream depends on the batch alone: neither retries nor other shards shift it. */
  private SplittableRandom dropout(int index) {
    return new SplittableRandom(
        Seeds.derive(config.seed(), Stream.DROPOUT, state.epoch(), shardIndex, index));
  }

  private double learningRate(int index, int batches) {
    return config.optimization().rate(state.epoch() + (double) index / batches, state.rateFactor());
  }

  private void checkFinite(double loss, BatchPlan plan, int index, double rate) {
    if (Double.isNaN(loss) || Double.isInfinite(loss)) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "loss is %s at epoch %d, %sbatch %d (gradient norm %s, learning rate %s); %s",
              loss,
              state.epoch() + 1,
              shard(),
              index + 1,
              Numbers.brief(normBefore(plan, index)),
              Numbers.brief(rate),
              advice()));
    }
  }

  /** The loss does not show what the round's last step broke, nor words that no batch had. */
  private void checkParameters(int end) {
    for (ParameterLayout.Entry entry : network.layout().entries()) {
      for (int i = entry.offset(); i < entry.offset() + entry.size(); i++) {
        if (!Float.isFinite(parameters[i])) {
          throw new TrainingException(
              String.format(
                  Locale.ROOT,
                  "'%s' must be finite, got %s after epoch %d, %sbatch %d; %s",
                  entry.name(),
                  parameters[i],
                  state.epoch() + 1,
                  shard(),
                  end,
                  advice()));
        }
      }
    }
  }

  /** Says which of several shards this is. */
  private String shard() {
    return config.rounds().shards() == 1 ? "" : "shard " + (shardIndex + 1) + ", ";
  }

  private String advice() {
    String clipping = config.optimization().clipping().kind();
    return clipping.isEmpty()
        ? "try a smaller learningRate, or set globalClipnorm"
        : "try a smaller learningRate or " + clipping;
  }

  /**
   * Returns the norm of the last gradient before batch {@code index}, after clipping; NaN for the
   * round's first batch. Norms are not kept, so the steps up to there are repeated.
   */
  private double normBefore(BatchPlan plan, int index) {
    if (index == config.rounds().firstBatch(state.round())) {
      return Double.NaN;
    }
    try (ShardTrainer again = new ShardTrainer(config, state, shard, shardIndex)) {
      again.run(plan, index);
      return Clipping.none().apply(again.gradient.values(), again.support);
    }
  }

  /** Ends the task's threads. */
  @Override
  public void close() {
    batches.close();
  }
}
