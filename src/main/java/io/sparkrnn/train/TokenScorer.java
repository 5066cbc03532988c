package io.sparkrnn.train;

import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.States;
import io.sparkrnn.nn.Tape;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.targets.IdTargets;
import io.sparkrnn.train.shards.PackedShard;
import java.util.Arrays;

/**
 * How probable a language model finds texts, each from the start state:
 *
 * <pre>
 *   log p(text) = sum over t of log p(token t | tokens before) + log p(end | all tokens)
 * </pre>
 *
 * <p>By the exact softmax. Texts are read some steps at a time, states handed on, so that memory
 * does not grow with their length. Holds scratch: one instance per thread.
 */
public final class TokenScorer {
  private static final int WINDOW = 128;

  private final FrozenNetwork network;
  private final Tape tape;
  private final PackedBatch batch = new PackedBatch();
  private final int[] ids = new int[Scorer.ROWS * WINDOW];
  private final int[] next = new int[Scorer.ROWS * WINDOW];

  /** Creates a scorer of a language model. */
  public TokenScorer(FrozenNetwork network) {
    this.network = network;
    tape = network.newTape();
  }

  /** Returns how many tokens a text of so many has to be predicted: its own and its end. */
  public static int predictions(int tokens) {
    return tokens + 1;
  }

  /**
   * Returns log p of each text, by the natural logarithm, in the order of the shard's rows.
   *
   * @param texts ids without {@link TokenHead#BOUNDARY}; targets and weights are not read. Not
   *     modified.
   * @throws IllegalArgumentException if the shard is not what the network reads
   */
  public double[] logProbabilities(PackedShard texts) {
    texts.check(network.spec(), false);
    double[] sums = new double[texts.rows()];
    int[] order = texts.byLength();
    for (int from = 0; from < order.length; from += Scorer.ROWS) {
      score(
          texts, Arrays.copyOfRange(order, from, Math.min(order.length, from + Scorer.ROWS)), sums);
    }
    return sums;
  }

  private void score(PackedShard texts, int[] rows, double[] sums) {
    States states = States.zeros(network.spec(), rows.length);
    int longest = predictions(texts.length(rows[rows.length - 1]));
    int[] places = new int[rows.length];
    Arrays.setAll(places, i -> i);
    for (int begin = 0; begin < longest; begin += WINDOW) {
      int[] offsets = fill(texts, rows, begin);
      batch.assemble(ids, offsets, places, 0, rows.length);
      batch.setTargets(new IdTargets(Arrays.copyOf(next, offsets[rows.length]), offsets), null);
      network.forward(batch, states, tape);
      tape.readFinal(batch, states);
      for (int b = 0; b < batch.size(); b++) {
        int row = rows[batch.position(b)];
        for (int t = 0; t < batch.length(b); t++) {
          sums[row] += tape.predictions()[batch.offset(t) + b];
        }
      }
    }
  }

  /** Puts the steps of a window together; returns where those of each row start. */
  private int[] fill(PackedShard texts, int[] rows, int begin) {
    int[] offsets = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      int start = texts.offsets()[rows[i]];
      int length = texts.length(rows[i]);
      int at = offsets[i];
      for (int t = begin; t < Math.min(predictions(length), begin + WINDOW); t++, at++) {
        ids[at] = t == 0 ? TokenHead.BOUNDARY : texts.tokens()[start + t - 1];
        next[at] = t == length ? TokenHead.BOUNDARY : texts.tokens()[start + t];
      }
      offsets[i + 1] = at;
    }
    return offsets;
  }
}
