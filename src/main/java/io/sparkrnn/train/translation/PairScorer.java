package io.sparkrnn.train.translation;

import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.Tape;
import io.sparkrnn.train.shards.PackedShard;

/**
 * How probable a translator finds given translations, their ends included:
 *
 * <pre>
 *   log p(y | x) = sum over t of log p(y(t) | x, y before t) + log p(end | x, y)
 * </pre>
 *
 * <p>Holds scratch: one instance per thread.
 */
public final class PairScorer {
  private static final int ROWS = 32;

  private final FrozenNetwork network;
  private final Tape tape;
  private final PackedBatch batch = new PackedBatch();

  /** Creates a scorer of a translator. */
  public PairScorer(FrozenNetwork network) {
    this.network = network;
    tape = network.newTape();
  }

  /** Returns how many tokens a translation has to be predicted: its own and its end. */
  public static int predictions(PackedShard pairs, int row) {
    return pairs.targets().start(row + 1) - pairs.targets().start(row) + 1;
  }

  /**
   * Returns log p of each translation, by the natural logarithm, in the order of the shard's rows.
   *
   * @param pairs texts, whose targets are their translations. Not modified.
   * @throws IllegalArgumentException if the shard is not what the network reads
   */
  public double[] logProbabilities(PackedShard pairs) {
    pairs.check(network.spec(), true);
    double[] sums = new double[pairs.rows()];
    int[] order = pairs.byLength();
    for (int from = 0; from < order.length; from += ROWS) {
      pairs.assemble(batch, true, order, from, Math.min(order.length, from + ROWS));
      network.forward(batch, tape);
      for (int b = 0, at = 0; b < batch.size(); b++) {
        int row = batch.row(b);
        for (int end = at + predictions(pairs, row); at < end; at++) {
          sums[row] += tape.predictions()[at];
        }
      }
    }
    return sums;
  }
}
