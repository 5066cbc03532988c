package io.sparkrnn.train.config;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import java.util.Locale;

/**
 * How many shards a training asks for: as many as keep executors busy for a while, and no more than
 * have rows enough to learn from alone between two averagings.
 *
 * <pre>
 *   flop of an epoch = 6 steps weights            weights without the embedding, which is looked up
 *   n = flop / {@value #FLOP}
 *   shards = min(n up to {@value #FEW}, sqrt({@value #FEW} n) above, rows / {@value #ROWS}), a power of two, at least 1
 * </pre>
 *
 * <p>The root, because the rounds of an epoch must grow with the shards, and each waits for all of
 * them: of a hundred times the work, a shard takes ten times as much, and so do its threads.
 *
 * <p>A function of data and network alone, never of cluster or clock: bits must not depend on where
 * a training runs.
 *
 * @param shards how many
 * @param seconds what an epoch takes one core, about
 */
public record ShardCount(int shards, double seconds) {
  /** What a shard's epoch is worth, half a minute of a core; less is spent waiting for others. */
  private static final double FLOP = 2e12;

  /** With fewer rows shards drift apart however often they are averaged; see averaging.md. */
  private static final int ROWS = 2_500;

  /** More shards than these do less than their share for every one that is added. */
  private static final int FEW = 8;

  /** What a core does in a second: 1e11 of these flop on an AVX-512 core, half without. */
  private static final double PER_SECOND = 7e10;

  private static final int MOST = 1 << 14;

  /**
   * Returns the count for some rows.
   *
   * @param rows training rows
   * @param steps their steps, at least 0
   * @param network what is trained
   */
  public static ShardCount of(long rows, long steps, NetworkSpec network) {
    double flop = flop(steps, network);
    double worth = flop / FLOP;
    double most = Math.min(worth <= FEW ? worth : Math.sqrt(FEW * worth), (double) rows / ROWS);
    int shards = 1;
    while (shards < MOST && 2 * shards <= most) {
      shards *= 2;
    }
    return new ShardCount(shards, flop / PER_SECOND);
  }

  /** Returns why there are so many, in one line. */
  public String explanation() {
    String work = "an epoch takes one core about " + Durations.brief(Math.max(1, seconds));
    return shards == 1
        ? "1 shard: " + work + ", more shards would only wait for each other"
        : String.format(Locale.ROOT, "%,d shards: %s", shards, work);
  }

  /** Returns the operations that training on so many steps takes, about. */
  public static double flop(long steps, NetworkSpec network) {
    return 6.0 * steps * weights(network);
  }

  private static long weights(NetworkSpec network) {
    long all = new Network(network).layout().size();
    return network.input() instanceof InputSpec.Tokens tokens
        ? all - (long) tokens.vocabularySize() * tokens.embeddingSize()
        : all;
  }
}
