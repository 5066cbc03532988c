package io.sparkrnn.train;

import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.train.course.ShardTimes;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * The weighted mean of the shards' results, one at a time: federated averaging.
 *
 * <pre>
 *   add      sum += n(s) theta(s),  n += n(s)       s in shard order, n(s) = examples of shard s
 *   merge    add the other's result
 *   result   theta = sum / n
 * </pre>
 *
 * <p>The optimizer's slots (momentum, second moments) and the moving average of the parameters are
 * averaged like the parameters. Sums are kept in double and rounded once. Results without examples
 * have weight 0 and change nothing. One result alone is its own mean, bit for bit.
 *
 * <p>Owned by one thread at a time.
 *
 * @see <a href="https://arxiv.org/abs/1602.05629">McMahan et al., 2017</a>
 */
public final class Averaging {
  private ShardResult alone;
  private double[][] sums;
  private long examples;
  private long steps;
  private double squaredMoves;
  private StepNorms norms;
  private final List<ShardTimes> times = new ArrayList<>();
  private final DoubleSummaryStatistics weight = new DoubleSummaryStatistics();
  private final DoubleSummaryStatistics lossSum = new DoubleSummaryStatistics();

  /**
   * Adds the result of the next shard.
   *
   * @param result the shard's result. Not modified, and kept until the next one comes.
   */
  public void add(ShardResult result) {
    times.add(result.times());
    if (result.examples() == 0) {
      alone = alone == null ? result : alone;
      return;
    }
    if (examples == 0) {
      alone = result;
    } else if (sums == null) {
      sums = new double[arrays(alone).size()][alone.parameters().length];
      sum(alone);
    }
    if (sums != null) {
      sum(result);
    }
    examples += result.examples();
    steps = Math.max(steps, result.optimizer().steps());
    weight.accept(result.weight());
    lossSum.accept(result.lossSum());
    squaredMoves += result.examples() * result.squaredMove();
    norms = norms == null ? result.norms() : norms.plus(result.norms());
  }

  /**
   * Adds the mean of the shards that follow, rounded to float, which is how executors send theirs.
   *
   * @param other the mean of at least one result. Not modified.
   */
  public void merge(Averaging other) {
    add(other.result());
  }

  /**
   * Returns the mean as if it were one shard's result, with the sums of the counts.
   *
   * @throws IllegalStateException if nothing was added
   */
  public ShardResult result() {
    if (alone == null) {
      throw new IllegalStateException("a mean needs at least 1 result, got none");
    }
    if (sums == null) {
      return times.size() == 1 ? alone : alone.withTimes(ShardTimes.all(times));
    }
    List<float[]> means = new ArrayList<>();
    for (double[] sum : sums) {
      means.add(mean(sum));
    }
    int slots = alone.optimizer().slots();
    OptimizerState optimizer =
        OptimizerState.of(means.subList(1, 1 + slots), alone.parameters().length, steps)
            .withAverage(slots + 1 < means.size() ? means.get(slots + 1) : new float[0]);
    return new ShardResult(
            means.get(0), optimizer, examples, weight.getSum(), lossSum.getSum(), norms)
        .withSquaredMove(squaredMoves / examples)
        .withTimes(ShardTimes.all(times));
  }

  private void sum(ShardResult result) {
    double n = result.examples();
    List<float[]> theta = arrays(result);
    for (int a = 0; a < sums.length; a++) {
      float[] values = theta.get(a);
      double[] sum = sums[a];
      for (int i = 0; i < sum.length; i++) {
        sum[i] += n * values[i];
      }
    }
  }

  private float[] mean(double[] sum) {
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / examples);
    }
    return mean;
  }

  /** Returns the parameters, the optimizer's slots and, if one is kept, the moving average. */
  private static List<float[]> arrays(ShardResult result) {
    List<float[]> arrays = new ArrayList<>(List.of(result.parameters()));
    for (int slot = 0; slot < result.optimizer().slots(); slot++) {
      arrays.add(result.optimizer().slot(slot));
    }
    if (result.optimizer().average().length > 0) {
      arrays.add(result.optimizer().average());
    }
    return arrays;
  }
}
