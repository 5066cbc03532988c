package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.spark.series.SeriesForecasts;
import io.sparkrnn.spark.series.SeriesRows;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.series.SeriesLayout;
import io.sparkrnn.train.series.SeriesSplit;
import io.sparkrnn.train.series.SeriesSplit.Part;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A trained forecaster: of a table of series it makes a table of what comes after each.
 *
 * <p>Which columns it reads was said in training. Series that were not trained on are forecast too,
 * scaled by what is known of them.
 */
public final class RnnForecastModel extends RnnModel<RnnForecastModel> {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a model.
   *
   * @param uid identifier of this stage
   * @param saved topology, parameters and what belongs to them. Not modified.
   */
  public RnnForecastModel(String uid, SavedModel saved) {
    this(uid, saved, null);
  }

  /** Creates a model that was just trained, with what happened in the training. */
  RnnForecastModel(String uid, SavedModel saved, TrainingRecord summary) {
    super(uid, saved, summary);
  }

  @Override
  RnnForecastModel of(String uid, SavedModel saved, TrainingRecord summary) {
    return new RnnForecastModel(uid, saved, summary);
  }

  @Override
  String labelColumn() {
    return "";
  }

  /** Returns what it reads of a table. */
  public SeriesLayout layout() {
    return toLocal().series().layout();
  }

  /** Reads the series of a table; the caller closes them. */
  public SeriesRows read(Dataset<?> table) {
    return SeriesRows.of(table, layout());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return SeriesForecasts.schema(schema, layout(), (ForecastHead) network().head());
  }

  /**
   * Returns a row for each step after the last value of each series: the series' name, if there are
   * names, the time, {@code prediction}, {@code q0.1} and so on for quantiles, and {@code reason},
   * which is null but for a series that cannot be forecast. With several values each has its
   * columns, such as {@code prediction_pm25}.
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    try (SeriesRows series = read(dataset)) { // read again when the table is
      return series.forecasts(toLocal()).table();
    }
  }

  /**
   * Measures this model by rolling origin: at every row that has a whole window before it, and all
   * values of the horizon from it on.
   */
  @Override
  public Evaluation evaluate(Dataset<?> dataset) {
    try (SeriesRows series = read(dataset)) {
      return evaluate(series, new SeriesSplit(0, 0), Part.ALL);
    }
  }

  /** Measures this model on a part of each series. */
  public Evaluation evaluate(SeriesRows series, SeriesSplit split, Part part) {
    return series.evaluate(toLocal(), split, part);
  }

  /** Returns a reader of saved models. */
  public static MLReader<RnnForecastModel> read() {
    return new RnnModelReader<>(RnnForecastModel.class, RnnForecastModel::new);
  }

  /** Loads a model saved by {@code write().save(path)} from any Hadoop file system. */
  public static RnnForecastModel load(String path) {
    return read().load(path);
  }
}
