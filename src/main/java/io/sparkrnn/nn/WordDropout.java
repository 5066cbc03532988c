package io.sparkrnn.nn;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.kernel.Scratch;
import java.util.SplittableRandom;

/**
 * Puts training batches together from sequences that miss some of their words: a word is left out
 * at all its places in a sequence or at none, and the sequence becomes shorter.
 *
 * <p>Unlike {@link InputSpec.Tokens#embeddingDropout}, which keeps the step and clears its vector,
 * it makes a batch cheaper. Nothing is scaled: means and maxima over time stay what they are. A
 * sequence that would lose all its words keeps them.
 *
 * <p>Scratch of one thread, reused from batch to batch.
 *
 * @see <a href="https://doi.org/10.3115/v1/P15-1162">Iyyer et al., 2015</a>
 */
public final class WordDropout {
  private final double rate;
  private int[] kept = new int[0];
  private int[] starts = new int[1];
  private int[] rows = new int[0];

  /**
   * Creates scratch.
   *
   * @param rate fraction of a sequence's distinct words that is left out, in [0, 1)
   * @throws IllegalArgumentException if the rate is outside [0, 1)
   */
  public WordDropout(double rate) {
    Require.rate("wordDropout", rate);
    this.rate = rate;
  }

  /**
   * As {@link PackedBatch#assemble}, with words left out; with a rate of 0 the same, and nothing is
   * drawn.
   *
   * @param batch Modified.
   * @param tokens ids of all sequences of the shard. Not modified.
   * @param offsets sequence r is {@code tokens[offsets[r] .. offsets[r + 1])}. Not modified.
   * @param selected row numbers in the shard. Not modified.
   * @param from first index of {@code selected}
   * @param to end index of {@code selected}
   * @param random one draw per sequence. Modified.
   */
  public void assemble(
      PackedBatch batch,
      int[] tokens,
      int[] offsets,
      int[] selected,
      int from,
      int to,
      SplittableRandom random) {
    if (rate == 0) {
      batch.assemble(tokens, offsets, selected, from, to);
      return;
    }
    resize(offsets, selected, from, to);
    for (int i = from; i < to; i++) {
      int row = selected[i];
      starts[i - from + 1] =
          keep(tokens, offsets[row], offsets[row + 1], starts[i - from], random.nextLong());
    }
    batch.assemble(kept, starts, rows, 0, to - from);
    batch.renumber(selected, from);
  }

  /** Copies what is kept of a sequence; returns where it ends. */
  private int keep(int[] tokens, int from, int to, int at, long seed) {
    int end = at;
    for (int i = from; i < to; i++) {
      if (!TokenDropout.isBelow(rate, seed, tokens[i])) {
        kept[end++] = tokens[i];
      }
    }
    if (end == at) {
      System.arraycopy(tokens, from, kept, at, to - from);
      end += to - from;
    }
    return end;
  }

  private void resize(int[] offsets, int[] selected, int from, int to) {
    int needed = 0;
    for (int i = from; i < to; i++) {
      needed += offsets[selected[i] + 1] - offsets[selected[i]];
    }
    kept = Scratch.grown(kept, needed);
    if (rows.length < to - from) {
      rows = new int[to - from];
      for (int r = 0; r < rows.length; r++) {
        rows[r] = r;
      }
      starts = new int[rows.length + 1];
    }
  }
}
