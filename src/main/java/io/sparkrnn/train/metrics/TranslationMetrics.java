package io.sparkrnn.train.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Perplexity of given translations, and BLEU and chrF of those that were made.
 *
 * <pre>
 *   perplexity = exp(-sum of log p(translation | text) / number of tokens)     ends included
 * </pre>
 */
final class TranslationMetrics extends HeadMetrics {
  private static final long serialVersionUID = 1L;

  private final Bleu bleu = new Bleu();
  private final Chrf chrf = new Chrf();
  private long pairs;
  private long tokens;
  private double logProbability;

  TranslationMetrics(Thresholds thresholds) {
    thresholds.check(0);
  }

  @Override
  void addText(double logProbability, long tokens, long characters) {
    if (Double.isNaN(logProbability)) {
      throw EvaluationBuilder.diverged(pairs);
    }
    this.logProbability += logProbability;
    this.tokens += tokens;
    pairs++;
  }

  @Override
  void addTranslation(String translation, String reference) {
    bleu.add(translation, reference);
    chrf.add(translation, reference);
  }

  @Override
  void add(float[] predictions, int i, float target) {
    throw new IllegalArgumentException("a translator is measured by pairs; use addText");
  }

  @Override
  void merge(HeadMetrics part) {
    if (!(part instanceof TranslationMetrics other)) {
      throw mismatch(part);
    }
    bleu.merge(other.bleu);
    chrf.merge(other.chrf);
    pairs += other.pairs;
    tokens += other.tokens;
    logProbability += other.logProbability;
  }

  @Override
  long rows() {
    return pairs;
  }

  /** BLEU and chrF are left out where no translations were made, as after each epoch. */
  @Override
  SortedMap<Metric, Double> result() {
    SortedMap<Metric, Double> result =
        new TreeMap<>(Map.of(Metric.PERPLEXITY, StrictMath.exp(-logProbability / tokens)));
    if (bleu.any()) {
      result.put(Metric.BLEU, bleu.score());
      result.put(Metric.CHRF, chrf.score());
    }
    return result;
  }

  @Override
  public String toString() {
    return "translations";
  }
}
