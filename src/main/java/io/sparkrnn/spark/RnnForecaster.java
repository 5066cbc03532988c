package io.sparkrnn.spark;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.ForecastSetup;
import io.sparkrnn.spark.params.task.ForecastParams;
import io.sparkrnn.spark.rows.LabelRule;
import io.sparkrnn.spark.rows.RowChecks;
import io.sparkrnn.spark.series.SeriesForecasts;
import io.sparkrnn.spark.series.SeriesRows;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.preflight.Preflight;
import io.sparkrnn.train.series.LearntSeries;
import io.sparkrnn.train.series.SeriesSplit;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a network to forecast the series of a table, all of them at once, distributed over Spark's
 * executors.
 *
 * <p>A row has a time, values and, when {@link #seriesCol} names a column, the name of its series.
 * Of each series the last rows validate, {@link #validationSplit} of them. The network reads {@link
 * #window} steps, each scaled by the part of its series that is trained on, and forecasts {@link
 * #horizon}. As with {@link RnnClassifier}, the result depends on rows, parameters and seed alone.
 */
public final class RnnForecaster extends RnnEstimator<RnnForecaster, RnnForecastModel>
    implements ForecastParams<RnnForecaster> {
  private static final long serialVersionUID = 1L;

  /** Creates a forecaster with the default parameters. */
  public RnnForecaster() {
    this(Identifiable.randomUID("rnnForecaster"));
  }

  /** Creates a forecaster with the given identifier and the default parameters. */
  public RnnForecaster(String uid) {
    super(uid);
  }

  @Override
  LabelRule labels() {
    return new LabelRule(0);
  }

  @Override
  String labelColumn() {
    return "";
  }

  /** Refused rows are counted among rows, not among windows: {@link SeriesRows#check} does it. */
  @Override
  RowChecks checks(LabelRule labels) {
    return new RowChecks("", labels, 1);
  }

  @Override
  public void checkParams() {
    super.checkParams();
    String[][] columns = {
      {"weightCol", getWeightCol()},
      {"validationIndicatorCol", getValidationIndicatorCol()},
      {"groupCol", getGroupCol()},
      {"initialModel", getInitialModel()}
    };
    for (String[] column : columns) {
      if (!column[1].isEmpty()) {
        throw new InputException(
            "%s must be empty for a forecaster, got '%s'".formatted(column[0], column[1]));
      }
    }
  }

  /**
   * Reads the series of a table; the caller closes them.
   *
   * @throws InputException if a column is missing or of another type, too many rows are refused, or
   *     no series is long enough
   */
  public SeriesRows read(Dataset<?> table) {
    SeriesRows series = SeriesRows.of(table, ForecastSetup.layout(this));
    try {
      series.check(getMaxRefusedFraction());
      return series;
    } catch (RuntimeException e) {
      series.close();
      throw e;
    }
  }

  /** Returns which rows of a series validate, and which are kept for a final test. */
  public SeriesSplit split(double testSplit) {
    try {
      return new SeriesSplit(getValidationSplit(), testSplit);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  @Override
  public RnnForecastModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    try (SeriesRows series = read(dataset)) {
      return fit(series, split(0));
    }
  }

  /**
   * Trains a model on series that were read.
   *
   * @param split which rows of each validate, and which are neither trained on nor validate
   */
  public RnnForecastModel fit(SeriesRows series, SeriesSplit split) {
    checkParams();
    LearntSeries learnt = series.learn(split);
    RnnForecastModel model =
        fit(
            trainer -> trainer.train(series.spark(), () -> series.packed(split, getShards())),
            TrainingListener.silent());
    return model.with(model.toLocal().withSeries(learnt));
  }

  /** Each series is scaled by its own past instead. */
  @Override
  boolean standardizes() {
    return false;
  }

  /** Returns what {@link #fit(SeriesRows, SeriesSplit)} would be like. Trains nothing. */
  public Preflight foresee(SeriesRows series, SeriesSplit split) {
    checkParams();
    return foreseer().foresee(series.spark(), () -> series.packed(split, getShards()));
  }

  @Override
  RnnForecastModel model(String uid, SavedModel saved, TrainingRecord record) {
    return new RnnForecastModel(uid, saved, record);
  }

  /** The table of forecasts has columns of its own; see {@link RnnForecastModel#transform}. */
  @Override
  public StructType transformSchema(StructType schema) {
    checkParams();
    return appended(schema);
  }

  @Override
  StructType appended(StructType schema) {
    return SeriesForecasts.schema(
        schema, ForecastSetup.layout(this), (ForecastHead) trainingConfig(2).network().head());
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<RnnForecaster> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads an estimator saved by {@code write().save(path)}. */
  public static RnnForecaster load(String path) {
    return read().load(path);
  }
}
