package io.sparkrnn.train;

import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.train.course.ShardTimes;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

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
 * <p>Small results wait for each other, so that memory is gone through once for several of them;
 * each entry's sum is the same, in shard order.
 *
 * <p>Owned by one thread at a time.
 *
 * @see <a href="https://arxiv.org/abs/1602.05629">McMahan et al., 2017</a>
 */
public final class Averaging {
  /** Values of results that wait, at most, beside the one that came last. */
  private static final int WAITING = 1 << 24;

  /** Entries that are summed together, which stay in a core's first cache. */
  private static final int BLOCK = 1 << 11;

  private ShardResult alone;
  private final List<ShardResult> waiting = new ArrayList<>();
  private double[][] sums;
  private int results;
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
   * @param result the shard's result. Not modified, and kept for a while.
   */
  public void add(ShardResult result) {
    times.add(result.times());
    if (result.examples() == 0) {
      alone = alone == null ? result : alone;
      return;
    }
    alone = examples == 0 ? result : alone;
    waiting.add(result);
    if ((long) waiting.size() * arrays(result).size() * result.parameters().length > WAITING) {
      sumUp();
    }
    results++;
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
    if (results <= 1) {
      return times.size() == 1 ? alone : alone.withTimes(ShardTimes.all(times));
    }
    List<float[]> means = means();
    int slots = alone.optimizer().slots();
    OptimizerState optimizer =
        OptimizerState.of(means.subList(1, 1 + slots), alone.parameters().length, steps)
            .withAverage(slots + 1 < means.size() ? means.get(slots + 1) : new float[0]);
    return new ShardResult(
            means.get(0), optimizer, examples, weight.getSum(), lossSum.getSum(), norms)
        .withSquaredMove(squaredMoves / examples)
        .withTimes(ShardTimes.all(times));
  }

  private void sumUp() {
    if (sums == null) {
      sums = new double[arrays(alone).size()][alone.parameters().length];
    }
    inBlocks((a, from, to) -> sum(a, from, to, sums[a], from));
    waiting.clear();
  }

  private List<float[]> means() {
    int length = alone.parameters().length;
    List<float[]> means = arrays(alone).stream().map(values -> new float[length]).toList();
    inBlocks(
        (a, from, to) -> {
          double[] sum = new double[to - from];
          if (sums != null) {
            System.arraycopy(sums[a], from, sum, 0, sum.length);
          }
          sum(a, from, to, sum, 0);
          float[] mean = means.get(a);
          for (int i = 0; i < sum.length; i++) {
            mean[from + i] = (float) (sum[i] / examples);
          }
        });
    return means;
  }

  /** Adds entries of an array of the results that wait. */
  private void sum(int array, int from, int to, double[] sum, int at) {
    for (ShardResult result : waiting) {
      double n = result.examples();
      float[] values = arrays(result).get(array);
      for (int i = from; i < to; i++) {
        sum[at + i - from] += n * values[i];
      }
    }
  }

  /** Work on entries {@code [from, to)} of an array. */
  private interface Block {
    void run(int array, int from, int to);
  }

  /** Runs the blocks of all arrays on all cores: no entry depends on another. */
  private void inBlocks(Block work) {
    int length = alone.parameters().length;
    int blocks = (length + BLOCK - 1) / BLOCK;
    int arrays = arrays(alone).size();
    IntStream.range(0, arrays * blocks)
        .parallel()
        .forEach(
            block -> {
              int from = block % blocks * BLOCK;
              work.run(block / blocks, from, Math.min(length, from + BLOCK));
            });
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
