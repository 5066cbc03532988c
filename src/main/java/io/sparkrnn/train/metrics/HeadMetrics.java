package io.sparkrnn.train.metrics;

import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.nn.ValueHead;
import io.sparkrnn.nn.targets.Targets;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;

/**
 * Collects what one kind of head is measured by. Parts merge in a fixed order. Owned by one thread.
 */
abstract sealed class HeadMetrics implements Serializable
    permits ClassMetrics,
        ValueMetrics,
        RegressionMetrics,
        TokenMetrics,
        ForecastMetrics,
        TranslationMetrics,
        LabelMetrics,
        TagMetrics {
  private static final long serialVersionUID = 1L;

  /** Starts the metrics of a head. */
  static HeadMetrics of(HeadSpec head, Thresholds thresholds) {
    if (head instanceof TokenHead) {
      return new TokenMetrics(thresholds);
    } else if (head instanceof CtcHead) {
      return new LabelMetrics(thresholds);
    }
    if (head instanceof ValueHead) {
      return new RegressionMetrics(thresholds);
    }
    if (head instanceof ForecastHead forecast) {
      return new ForecastMetrics(forecast, thresholds);
    }
    if (head instanceof TranslationHead) {
      return new TranslationMetrics(thresholds);
    }
    if (head instanceof TagHead tags) {
      return new TagMetrics(tags.labels(), tags.crf(), thresholds);
    }
    return head.classes() > 0
        ? new ClassMetrics(head.activation(), head.outputs(), head.classes(), thresholds)
        : new ValueMetrics(thresholds);
  }

  /**
   * Adds predictions and their targets.
   *
   * @param predictions in the order of the targets, those of one row after another. Not modified.
   * @param targets of the head's kind
   */
  void add(float[] predictions, Targets targets) {
    for (int i = 0; i < targets.values().length; i++) {
      add(predictions, i, targets.values()[i]);
    }
  }

  /** Adds prediction {@code i} of many with its target. */
  abstract void add(float[] predictions, int i, float target);

  /**
   * Adds a text that was measured as a whole.
   *
   * @param logProbability log p of all of its tokens and its end
   * @param tokens their number
   * @param characters of the text as it came
   */
  void addText(double logProbability, long tokens, long characters) {
    throw new IllegalArgumentException("texts are for language models, got " + this);
  }

  /**
   * Adds a translation that was made.
   *
   * @param translation what was made
   * @param reference what it should be like
   */
  void addTranslation(String translation, String reference) {
    throw new IllegalArgumentException("translations are for translators, got " + this);
  }

  /**
   * Adds a transcript.
   *
   * @param found its labels. Not modified.
   * @param wanted those of the row. Not modified.
   * @param loss -log p of those of the row, by their number
   */
  void addTranscript(int[] found, int[] wanted, double loss) {
    throw new IllegalArgumentException("transcripts are for labels of steps, got " + this);
  }

  /**
   * Adds those of another part.
   *
   * @throws IllegalArgumentException if they are of another kind
   */
  abstract void merge(HeadMetrics other);

  /** Returns the number of predictions so far. */
  abstract long rows();

  /** Returns the figures so far. */
  abstract SortedMap<Metric, Double> result();

  /** Returns rows by [actual][predicted] class, empty without classes. */
  long[][] confusion() {
    return new long[0][0];
  }

  /** Returns the figures of what needs no learning, by name; none unless it was measured. */
  SortedMap<String, SortedMap<Metric, Double>> baselines() {
    return Collections.emptySortedMap();
  }

  /** Returns the exception for metrics of another kind. */
  final IllegalArgumentException mismatch(HeadMetrics other) {
    return new IllegalArgumentException(
        "evaluations must be of one kind, got %s and %s".formatted(this, other));
  }
}
