package io.sparkrnn.train;

import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.optim.OptimizerState;
import java.util.ArrayList;
import java.util.List;

/**
 * The driver's half of a round: federated averaging.
 *
 * <pre>
 *   mean  = sum_s n(s) theta(s) / sum_s n(s)        s in shard order, n(s) = examples of shard s
 *   theta = mean                                    or Nesterov momentum on mean - theta
 * </pre>
 *
 * <p>The optimizer's slots (momentum, second moments) and the moving average of the parameters are
 * averaged like the parameters. Sums are kept in double and rounded once. Shards without examples
 * have weight 0 and change nothing. With one shard the mean is that shard, bit for bit.
 *
 * @see <a href="https://arxiv.org/abs/1602.05629">McMahan et al., 2017</a>
 */
public final class Averaging {
  private Averaging() {}

  /**
   * Returns the state the next round starts from.
   *
   * @param before what the shards started from. Not modified.
   * @param inShardOrder one result per shard. Not modified.
   * @param outer what is done with the mean
   * @param expectedExamples how many examples the round had to consume
   * @throws TrainingException if another number of examples was consumed
   */
  public static RoundState merge(
      RoundState before, List<ShardResult> inShardOrder, OuterUpdate outer, long expectedExamples) {
    long examples = inShardOrder.stream().mapToLong(ShardResult::examples).sum();
    if (examples != expectedExamples || examples == 0) {
      throw new TrainingException(
          "round "
              + (before.round() + 1)
              + " of epoch "
              + (before.epoch() + 1)
              + " must consume "
              + Math.max(1, expectedExamples)
              + " examples, got "
              + examples);
    }
    ShardResult mean = combine(inShardOrder);
    if (outer instanceof OuterUpdate.Nesterov nesterov) {
      float[] velocity = velocity(before, mean.parameters(), nesterov.momentum());
      float[] parameters = lookAhead(mean.parameters(), velocity, nesterov.momentum());
      return before.nextRound(parameters, mean.optimizer(), velocity);
    }
    return before.nextRound(mean.parameters(), mean.optimizer(), new float[0]);
  }

  /**
   * Returns the weighted mean of some shards as if it were one shard's result, with the sums of
   * their counts.
   *
   * @param inShardOrder at least one result. Not modified.
   */
  public static ShardResult combine(List<ShardResult> inShardOrder) {
    List<ShardResult> shards = inShardOrder.stream().filter(s -> s.examples() > 0).toList();
    if (shards.isEmpty()) {
      return inShardOrder.get(0);
    }
    if (shards.size() == 1) {
      return shards.get(0);
    }
    long examples = shards.stream().mapToLong(ShardResult::examples).sum();
    return new ShardResult(
        mean(shards.stream().map(ShardResult::parameters).toList(), shards, examples),
        mergeOptimizers(shards, examples),
        examples,
        shards.stream().mapToDouble(ShardResult::weight).sum(),
        shards.stream().mapToDouble(ShardResult::lossSum).sum(),
        mergeNorms(shards.stream().map(ShardResult::norms).toList()));
  }

  /** Returns the norms of all records together; at least one record. */
  static StepNorms mergeNorms(List<StepNorms> records) {
    StepNorms merged =
        new StepNorms(records.stream().mapToInt(StepNorms::maxSteps).max().orElseThrow());
    records.forEach(merged::merge);
    return merged;
  }

  private static OptimizerState mergeOptimizers(List<ShardResult> shards, long examples) {
    OptimizerState first = shards.get(0).optimizer();
    List<float[]> slots = new ArrayList<>();
    for (int i = 0; i < first.slots(); i++) {
      int slot = i;
      slots.add(
          mean(shards.stream().map(s -> s.optimizer().slot(slot)).toList(), shards, examples));
    }
    long steps = shards.stream().mapToLong(s -> s.optimizer().steps()).max().orElseThrow();
    List<float[]> averages = shards.stream().map(s -> s.optimizer().average()).toList();
    return OptimizerState.of(slots, first.size(), steps)
        .withAverage(mean(averages, shards, examples));
  }

  private static float[] mean(List<float[]> values, List<ShardResult> shards, long examples) {
    double[] sum = new double[values.get(0).length];
    for (int s = 0; s < values.size(); s++) {
      float[] value = values.get(s);
      double weight = shards.get(s).examples();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * value[i];
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / examples);
    }
    return mean;
  }

  private static float[] velocity(RoundState before, float[] mean, double momentum) {
    float[] velocity = new float[mean.length];
    for (int i = 0; i < mean.length; i++) {
      double last = before.velocity().length == 0 ? 0 : before.velocity()[i];
      velocity[i] = (float) (momentum * last + ((double) mean[i] - before.parameters()[i]));
    }
    return velocity;
  }

  private static float[] lookAhead(float[] mean, float[] velocity, double momentum) {
    float[] after = new float[mean.length];
    for (int i = 0; i < mean.length; i++) {
      after[i] = (float) (mean[i] + momentum * velocity[i]);
    }
    return after;
  }
}
