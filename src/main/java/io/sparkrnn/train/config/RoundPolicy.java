package io.sparkrnn.train.config;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.optim.OptimizerSpec;
import java.util.Objects;

/**
 * The rounds that let several shards learn what one would, epoch by epoch:
 *
 * <pre>
 *   S shards    L batches of all together a round, but {@value #STEPS} steps of each shard at least
 *               Nesterov momentum m(S) outside
 *               L = {@value #BATCHES} max(1, min(sqrt(rows / {@value #ROWS}), B / (40 * {@value #ROUNDS} S)))
 *               of B batches of an epoch: never fewer than {@value #ROUNDS} S rounds for longer ones
 *   1 shard     nothing to average
 * </pre>
 *
 * <p>Why: a shard takes 1/S of the steps that one shard alone would, and the mean of S shards moves
 * no further than one of them. Momentum m outside moves it 1 / (1 - m) times as far, which must not
 * happen seldom, or the shards drift apart meanwhile. It must happen a number of times in
 * proportion to S, not to the rows (Spiridonoff et al., 2021): momentum takes S + 1 rounds to
 * gather, and a training should last for many times that.
 *
 * <p>A function of options and rows alone, never of cluster or clock.
 *
 * @param shards S, at least 1
 * @param rows training rows of all shards, 0 when they are not known
 * @param batchSize rows of a batch that one shard alone would take
 * @param optimizer what moves a shard's parameters
 * @see <a href="https://arxiv.org/abs/2311.08105">Douillard et al., 2023</a>
 * @see <a href="https://arxiv.org/abs/2106.01257">Spiridonoff et al., 2021</a>
 */
public record RoundPolicy(int shards, long rows, int batchSize, OptimizerSpec optimizer) {
  private static final int BATCHES = 40;

  /** Fewer are not worth sending the parameters. */
  private static final int STEPS = 5;

  /** More rows make longer rounds. */
  private static final int ROWS = 25_000;

  /** Rounds of an epoch for each shard that longer rounds must leave. */
  private static final int ROUNDS = 60;

  public RoundPolicy {
    Require.atLeast(1, "shards", shards);
    Objects.requireNonNull(optimizer, "optimizer");
  }

  /** Returns the rounds. */
  public Rounds rounds() {
    return shards == 1
        ? Rounds.defaults()
        : new Rounds(
            shards,
            Math.max(STEPS, (int) (batches() / shards)),
            new OuterUpdate.Nesterov(momentum()));
  }

  /** Returns the batches of a round, of all shards together. */
  private double batches() {
    double seldom = Math.sqrt((double) rows / ROWS);
    double often = (double) rows / batchSize / (ROUNDS * shards) / BATCHES;
    return BATCHES * Math.max(1, Math.min(seldom, often));
  }

  /** Returns how many times too many the shards are for whole batches, at least 1. */
  private double crowding() {
    return Math.max(1, shards * STEPS / batches());
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
  public double momentum() {
    double noise = Math.sqrt(crowding());
    if (optimizer instanceof OptimizerSpec.Sgd) {
      return 1 - noise * noise / (shards + 1);
    }
    boolean hasTwoMoments =
        optimizer instanceof OptimizerSpec.Adam || optimizer instanceof OptimizerSpec.AdamW;
    return 1 - noise / (hasTwoMoments ? Math.sqrt(shards + 1.0) : shards + 1);
  }

  /**
   * Returns how many rows of a batch each shard takes, so that a round takes no more rows than its
   * batches have.
   */
  public int rowsOfStep() {
    return Math.max(1, (int) (batchSize / crowding()));
  }
}
