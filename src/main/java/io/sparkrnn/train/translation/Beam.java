package io.sparkrnn.train.translation;

import io.sparkrnn.kernel.Require;
import java.io.Serializable;

/**
 * How translations are searched for.
 *
 * <pre>
 *   score = log p / length ^ lengthPenalty      the end counts as a token
 * </pre>
 *
 * @param width hypotheses of a sentence side by side; 1 takes the most probable token each time
 * @param lengthPenalty 0 to compare probabilities, which favours short translations, 1 to compare
 *     those of a token
 * @param maxLength most tokens of a translation
 */
public record Beam(int width, double lengthPenalty, int maxLength) implements Serializable {
  public Beam {
    Require.atLeast(1, "beam", width);
    if (!(lengthPenalty >= 0 && lengthPenalty <= MOST_PENALTY)) {
      throw new IllegalArgumentException(
          "lengthPenalty must be in [0, " + MOST_PENALTY + "], got " + lengthPenalty);
    }
    Require.atLeast(1, "translationLength", maxLength);
  }

  private static final double MOST_PENALTY = 10;

  /** Returns four hypotheses, compared by the token, of at most 100 tokens. */
  public static Beam defaults() {
    return new Beam(4, 1, 100);
  }

  /** Returns the score of a translation of so many tokens, its end among them if it has one. */
  double score(double logProbability, int tokens) {
    return logProbability / StrictMath.pow(Math.max(1, tokens), lengthPenalty);
  }
}
