package io.sparkrnn.io.language;

import io.sparkrnn.kernel.Require;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How a language model continues a text.
 *
 * <pre>
 *   temperature 0, or beam 1 at it:  the most probable token each time
 *   otherwise:                       a token drawn from p^(1 / temperature), cut to the topK most
 *                                    probable ones and to as few as have topP of the probability
 *   beam B > 1:                      the B most probable continuations side by side; the best by
 *                                    mean log p of its tokens is the answer, nothing is drawn
 * </pre>
 *
 * @param length most tokens to add; the end of the text may come before
 * @param temperature above 0 to draw, 1 for the model's own probabilities
 * @param topK tokens to draw from, 0 for all
 * @param topP probability that the tokens to draw from have together, in (0, 1]
 * @param beam continuations side by side
 * @param seed the same seed gives the same text
 * @see <a href="https://arxiv.org/abs/1904.09751">Holtzman et al., 2020</a> (top-p)
 */
public record Generation(
    int length, double temperature, int topK, double topP, int beam, long seed) {
  public Generation {
    Require.atLeast(1, "length", length);
    Require.atLeast(0, "topK", topK);
    Require.atLeast(1, "beam", beam);
    if (!(temperature >= 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException("temperature must be >= 0, got " + temperature);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP must be in (0, 1], got " + topP);
    }
  }

  /** 100 tokens, drawn from the model's own probabilities. */
  public static Generation defaults() {
    return new Generation(100, 1, 0, 1, 1, 1);
  }

  /**
   * Chooses a token.
   *
   * @param logP log p of each token, minus infinity for those that must not come. Not modified.
   * @param random drawn from once unless temperature is 0. Modified.
   */
  int choose(float[] logP, SplittableRandom random) {
    if (temperature == 0) {
      return best(logP);
    }
    double[] p = new double[logP.length];
    double largest = logP[best(logP)];
    for (int id = 0; id < p.length; id++) {
      p[id] = StrictMath.exp((logP[id] - largest) / temperature);
    }
    if ((topK > 0 && topK < p.length) || topP < 1) {
      cut(p);
    }
    double rest = random.nextDouble() * Arrays.stream(p).sum();
    int chosen = best(logP);
    for (int id = 0; id < p.length && rest >= 0; id++) {
      if (p[id] > 0) {
        chosen = id;
        rest -= p[id];
      }
    }
    return chosen;
  }

  private static int best(float[] logP) {
    int best = 0;
    for (int id = 1; id < logP.length; id++) {
      best = logP[id] > logP[best] ? id : best;
    }
    return best;
  }

  /** Leaves the most probable tokens alone; of equal ones, those of smaller ids. */
  private void cut(double[] p) {
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.<Integer>comparingDouble(id -> -p[id]).thenComparingInt(id -> id))
            .mapToInt(id -> id)
            .toArray();
    double wanted = topP * Arrays.stream(p).sum();
    double sum = 0;
    int kept = 0;
    while (kept < order.length && (topK == 0 || kept < topK) && sum < wanted) {
      sum += p[order[kept++]];
    }
    for (int i = kept; i < order.length; i++) {
      p[order[i]] = 0;
    }
  }
}
