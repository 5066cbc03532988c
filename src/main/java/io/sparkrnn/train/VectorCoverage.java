package io.sparkrnn.train;

import java.util.Locale;

/**
 * How much of a training's text has pretrained vectors.
 *
 * @param file where the vectors come from
 * @param words words of the vocabulary, padding and out-of-vocabulary not among them
 * @param wordsFound those with a vector
 * @param tokens tokens of the training rows without padding; those out of vocabulary are among them
 * @param tokensFound those whose words have a vector
 */
public record VectorCoverage(
    String file, long words, long wordsFound, long tokens, long tokensFound) {

  /** Returns the fraction of the words that have a vector, NaN without words. */
  public double wordShare() {
    return (double) wordsFound / words;
  }

  /** Returns the fraction of the tokens that have a vector, NaN without tokens. */
  public double tokenShare() {
    return (double) tokensFound / tokens;
  }

  /** Returns the coverage in one line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s has %,d of %,d words (%.1f %%), %.1f %% of all tokens",
        file,
        wordsFound,
        words,
        100 * wordShare(),
        100 * tokenShare());
  }
}
