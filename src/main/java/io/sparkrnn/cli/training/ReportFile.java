package io.sparkrnn.cli.training;

import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.report.ForecastPlot;
import io.sparkrnn.report.TrainingReport;
import io.sparkrnn.report.TrainingRun;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.shards.Refusals;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The report of a training, a file of the model's directory. */
final class ReportFile {
  /** The file's name. */
  static final String NAME = "report.html";

  private final SparkSession spark;
  private final TrainingStages stages;
  private final TrainingInputOptions input;

  /**
   * Creates the report's writer.
   *
   * @param spark the session
   * @param stages the stages with their settings
   * @param input where the reviews come from
   */
  ReportFile(SparkSession spark, TrainingStages stages, TrainingInputOptions input) {
    this.spark = spark;
    this.stages = stages;
    this.input = input;
  }

  /**
   * Writes the report into a model's directory that is being written.
   *
   * @param target the directory
   * @param record what happened in the training
   * @param model the model
   * @param test evaluation on rows kept aside, or null
   * @param forecasts of some series beside what came; none of other tasks
   * @param seconds wall time so far
   */
  void write(
      AtomicOutput target,
      TrainingRecord record,
      RnnModel<?> model,
      Evaluation test,
      List<ForecastPlot> forecasts,
      double seconds)
      throws IOException {
    TrainingRun run =
        new TrainingRun(
            new Path(target.path()).getName(),
            record.history(),
            record,
            test,
            model.toLocal().labels(),
            stages.settings(),
            stages.defaults(),
            record.preflight() == null ? Map.of() : PreflightText.table(record.preflight()),
            provenance(record, model, seconds),
            null,
            forecasts);
    try (OutputStream out = target.files().create(new Path(target.temporary(), NAME))) {
      TrainingReport.write(out, run);
    }
  }

  private Map<String, String> provenance(TrainingRecord record, RnnModel<?> model, double seconds) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("reviews", input.describe());
    Refusals refusals = record.refusals();
    provenance.put(
        "rows refused",
        refusals.rows() == 0
            ? "0"
            : String.format(Locale.ROOT, "%,d: %s", refusals.rows(), refusals));
    if (record.start() != null) {
      provenance.put("started from", record.start().toString());
    }
    if (record.vectors() != null) {
      provenance.put("pretrained vectors", record.vectors().toString());
    }
    if (record.wide() != null) {
      provenance.put(
          "wide branch",
          String.format(
              Locale.ROOT,
              "%,d n-grams; factors %.3f wide, %.3f recurrent, fitted to %,d validation rows",
              record.wide().features(),
              record.wide().combination().wide(),
              record.wide().combination().recurrent(),
              record.wide().stackedRows()));
    }
    provenance.put("parameters", String.format(Locale.ROOT, "%,d", model.parameters().length));
    provenance.put("parameters' SHA-256", model.parametersSha256());
    provenance.put("Spark", spark.version() + " on " + spark.sparkContext().master());
    provenance.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    provenance.put("wall time", String.format(Locale.ROOT, "%.1f s", seconds));
    return provenance;
  }
}
