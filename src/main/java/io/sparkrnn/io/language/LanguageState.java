package io.sparkrnn.io.language;

import io.sparkrnn.nn.States;

/**
 * Where a language model is in a text: what it remembers, and what it expects next. Immutable; made
 * by {@link LanguageModel}.
 */
public final class LanguageState {
  private final States states;
  private final float[] logProbabilities;
  private final double logProbability;
  private final int tokens;

  LanguageState(States states, float[] logProbabilities, double logProbability, int tokens) {
    this.states = states;
    this.logProbabilities = logProbabilities;
    this.logProbability = logProbability;
    this.tokens = tokens;
  }

  States states() {
    return states;
  }

  /** Returns log p of each token to be the next one; not a copy. */
  float[] next() {
    return logProbabilities;
  }

  /**
   * Returns log p of each token to be the next one, by id; id 0 is the end of the text.
   *
   * @return natural logarithms, a copy
   */
  public float[] logProbabilities() {
    return logProbabilities.clone();
  }

  /** Returns log p of all that was read so far, by the natural logarithm. */
  public double logProbability() {
    return logProbability;
  }

  /** Returns the number of tokens read so far. */
  public int tokens() {
    return tokens;
  }
}
