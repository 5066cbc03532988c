package io.sparkrnn.train.metrics;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Perplexity and bits per character of a language model.
 *
 * <pre>
 *   perplexity        = exp(-sum of log p(text) / number of tokens)     ends of texts included
 *   bits per character = -sum of log2 p(text) / number of characters
 * </pre>
 */
final class TokenMetrics extends HeadMetrics {
  private static final long serialVersionUID = 1L;
  private static final double LOG_2 = StrictMath.log(2);

  private long texts;
  private long tokens;
  private long characters;
  private double logProbability;

  TokenMetrics(Thresholds thresholds) {
    thresholds.check(0);
  }

  @Override
  void addText(double logProbability, long tokens, long characters) {
    if (Double.isNaN(logProbability)) {
      throw EvaluationBuilder.diverged(texts);
    }
    this.logProbability += logProbability;
    this.tokens += tokens;
    this.characters += characters;
    texts++;
  }

  @Override
  void add(float[] predictions, int i, float target) {
    throw new IllegalArgumentException("a language model is measured by texts; use addText");
  }

  @Override
  void merge(HeadMetrics part) {
    if (!(part instanceof TokenMetrics other)) {
      throw mismatch(part);
    }
    texts += other.texts;
    tokens += other.tokens;
    characters += other.characters;
    logProbability += other.logProbability;
  }

  @Override
  long rows() {
    return texts;
  }

  @Override
  SortedMap<Metric, Double> result() {
    SortedMap<Metric, Double> result = new TreeMap<>();
    result.put(Metric.PERPLEXITY, StrictMath.exp(-logProbability / tokens));
    if (characters > 0) {
      result.put(Metric.BITS_PER_CHARACTER, -logProbability / LOG_2 / characters);
    }
    return result;
  }

  @Override
  public String toString() {
    return "tokens";
  }
}
