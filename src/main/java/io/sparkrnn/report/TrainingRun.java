package io.sparkrnn.report;

import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.wide.WideRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the report tells of one training.
 *
 * @param title heading of the page, such as the name of the configuration
 * @param history the course of the training
 * @param record shards, rounds and their times, or null when nobody recorded them
 * @param test evaluation on rows kept aside, or null when there were none
 * @param labels names of the classes; empty when they have none
 * @param settings what was set for this training: name to value, in the order to show
 * @param defaults what was left as it is: name to value, in the order to show
 * @param expected what was known before it began: name to value, in the order to show
 * @param provenance what it was trained on, where and how long: name to value, in the order to show
 * @param baseline another model on the rows of the test, or else of the validation; or null
 * @param forecasts of some series beside what came; none of other tasks
 */
public record TrainingRun(
    String title,
    TrainingHistory history,
    TrainingRecord record,
    Evaluation test,
    List<String> labels,
    Map<String, String> settings,
    Map<String, String> defaults,
    Map<String, String> expected,
    Map<String, String> provenance,
    Baseline baseline,
    List<ForecastPlot> forecasts) {
  public TrainingRun {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(history, "history");
    labels = List.copyOf(labels);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    expected = Collections.unmodifiableMap(new LinkedHashMap<>(expected));
    forecasts = List.copyOf(forecasts);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /** Creates a run that forecasts nothing. */
  public TrainingRun(
      String title,
      TrainingHistory history,
      TrainingRecord record,
      Evaluation test,
      List<String> labels,
      Map<String, String> settings,
      Map<String, String> defaults,
      Map<String, String> expected,
      Map<String, String> provenance,
      Baseline baseline) {
    this(
        title,
        history,
        record,
        test,
        labels,
        settings,
        defaults,
        expected,
        provenance,
        baseline,
        List.of());
  }

  /**
   * Returns the evaluation that counts: on the test rows, else the validation; null without both.
   */
  public Evaluation result() {
    return test != null ? test : validation();
  }

  /** Returns what a wide branch brought, or null without one. */
  WideRecord wide() {
    return record == null ? null : record.wide();
  }

  /**
   * Returns the validation of the model: of both branches, or of the best epoch without a wide one;
   * null when there is none.
   */
  public Evaluation validation() {
    if (wide() != null) {
      return wide().both();
    }
    return history.best() == null ? null : history.best().validation();
  }
}
