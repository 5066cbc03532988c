package io.sparkrnn.train.config;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.optim.OptimizerSpec;
import java.util.Objects;

/**
 * How shards train side by side and are averaged.
 *
 * @param shards logical shards the rows are assigned to; part of the result, unlike the number of
 *     executors
 * @param batchesPerRound local steps between two averagings, 0 for a whole epoch
 * @param outer what the driver does with the mean of the shards
 */
public record Rounds(int shards, int batchesPerRound, OuterUpdate outer) implements OptionGroup {
  /** Batches of all shards together that a round takes. */
  private static final int BATCHES = 40;

  /** Steps of a shard in a round, at least: fewer are not worth sending the parameters. */
  private static final int STEPS = 5;

  /** Shards that can take whole batches. */
  private static final int MOST_WHOLE = BATCHES / STEPS;

  public Rounds {
    Require.atLeast(1, "shards", shards);
    Require.atLeast(0, "batchesPerRound", batchesPerRound);
    Objects.requireNonNull(outer, "outer");
  }

  /** One shard. */
  public static Rounds defaults() {
    return new Rounds(1, 0, new OuterUpdate.Mean());
  }

  /**
   * Returns the rounds that let several shards learn what one would, epoch by epoch.
   *
   * <pre>
   *   S shards    {@value #BATCHES} batches of all together a round, but {@value #STEPS} steps of each at least
   *               Nesterov momentum m(S) outside
   *   1 shard     nothing to average
   * </pre>
   *
   * <p>Why: a shard takes 1/S of the steps that one shard alone would, and the mean of S shards
   * moves no further than one of them. Momentum m outside moves it 1 / (1 - m) times as far, which
   * must not happen seldom, or the shards drift apart meanwhile.
   *
   * @see <a href="https://arxiv.org/abs/2311.08105">Douillard et al., 2023</a>
   */
  public static Rounds of(int shards, OptimizerSpec optimizer) {
    return shards == 1
        ? defaults()
        : new Rounds(
            shards,
            Math.max(STEPS, BATCHES / shards),
            new OuterUpdate.Nesterov(momentum(shards, optimizer)));
  }

  /**
   * Returns the momentum outside that makes up for the steps that each of several shards lacks.
   *
   * <pre>
   *   m = 1 - n / (S + 1)            RMSprop, where n = sqrt(b / b(S)) is the noise of smaller
   *                                  batches, by which it divides its steps
   *   m = 1 - n / sqrt(S + 1)        Adam, whose averaged moments make the steps after a round
   *                                  sqrt(S) times as long for words that one shard alone has met
   *   m = 1 - n^2 / (S + 1)          SGD
   * </pre>
   *
   * @see <a href="https://doi.org/10.1109/ICASSP.2016.7472805">Chen and Huo, 2016</a>
   */
  public static double momentum(int shards, OptimizerSpec optimizer) {
    double noise = Math.sqrt(Math.max(1, (double) shards / MOST_WHOLE));
    if (optimizer instanceof OptimizerSpec.Sgd) {
      return 1 - noise * noise / (shards + 1);
    }
    boolean hasTwoMoments =
        optimizer instanceof OptimizerSpec.Adam || optimizer instanceof OptimizerSpec.AdamW;
    return 1 - noise / (hasTwoMoments ? Math.sqrt(shards + 1.0) : shards + 1);
  }

  /**
   * Returns how many rows of a batch each of several shards takes, so that a round takes no more
   * rows than {@value #BATCHES} batches have.
   */
  public static int batchSize(int shards, int batchSize) {
    return shards <= MOST_WHOLE ? batchSize : Math.max(1, batchSize * MOST_WHOLE / shards);
  }

  /** Returns how many rounds an epoch has when the largest shard has {@code batches} batches. */
  public int count(int batches) {
    return batchesPerRound == 0
        ? 1
        : Math.max(1, (batches + batchesPerRound - 1) / batchesPerRound);
  }

  /** Returns the first batch of round {@code round}. */
  public int firstBatch(int round) {
    return batchesPerRound == 0 ? 0 : Math.multiplyExact(round, batchesPerRound);
  }

  /** Returns the end of round {@code round}, exclusive, on a shard with {@code batches} batches. */
  public int endBatch(int round, int batches) {
    return batchesPerRound == 0 ? batches : Math.min(batches, firstBatch(round) + batchesPerRound);
  }
}
