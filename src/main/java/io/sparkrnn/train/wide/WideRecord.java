package io.sparkrnn.train.wide;

import io.sparkrnn.train.metrics.Evaluation;
import java.util.Objects;

/**
 * What the wide branch brought.
 *
 * @param features n-grams that have a weight
 * @param passes passes over the rows that it took
 * @param combination how it is combined with the network
 * @param stackedRows validation rows that the combination was fitted to, 0 for the mean
 * @param wide evaluation of the wide branch alone on these rows; null without any
 * @param recurrent evaluation of the network alone, likewise
 * @param both evaluation of both, each fifth of the rows by the combination fitted to the others;
 *     null likewise
 */
public record WideRecord(
    int features,
    int passes,
    Combination combination,
    int stackedRows,
    Evaluation wide,
    Evaluation recurrent,
    Evaluation both) {
  public WideRecord {
    Objects.requireNonNull(combination, "combination");
  }
}
