package io.sparkrnn.io.forecast;

import io.sparkrnn.io.LocalStorage;
import io.sparkrnn.io.ModelDirectory;
import io.sparkrnn.io.ModelFormatException;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.targets.WindowTargets;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.series.LearntSeries;
import io.sparkrnn.train.series.SeriesLayout;
import io.sparkrnn.train.series.SeriesScale;
import io.sparkrnn.train.series.TimeForm;
import io.sparkrnn.train.series.TimeSeries;
import io.sparkrnn.train.series.TimeSeriesBuilder;
import io.sparkrnn.train.series.WindowPacker;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.RefusalCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A trained forecaster in a plain Java program, without Spark.
 *
 * <pre>
 *   Forecaster model = Forecaster.load(Path.of("models/forecast"));
 *   double[] next = model.forecast("", lastValues);             one value a step, no covariates
 *   Forecast more = model.forecast("H1", times, columns);       times as they are written
 * </pre>
 *
 * <p>One instance may serve many threads: parameters are held once, each call has scratch of its
 * own.
 */
public final class Forecaster {
  private final SavedModel model;
  private final LearntSeries learnt;
  private final ForecastHead head;
  private final FrozenNetwork network;

  private Forecaster(SavedModel model) {
    if (model.series() == null || !(model.network().head() instanceof ForecastHead forecast)) {
      throw new IllegalArgumentException(
          "model must be a forecaster, got one of another task; use TextClassifier or LanguageModel");
    }
    this.model = model;
    learnt = model.series();
    head = forecast;
    network = new FrozenNetwork(new Network(model.network()), model.parameters());
  }

  /**
   * Loads a model directory of the local file system, as {@code submit/train --task forecast}
   * writes it.
   *
   * @throws ModelFormatException if it is no model directory, or a file of it is missing, damaged
   *     or of a newer version
   * @throws IOException if reading fails
   */
  public static Forecaster load(Path directory) throws IOException {
    return of(ModelDirectory.read(new LocalStorage(directory)));
  }

  /**
   * Makes a forecaster of a model in memory.
   *
   * @param model the parameters must not change from now on. Not copied, not modified.
   * @throws IllegalArgumentException if it is no forecaster
   */
  public static Forecaster of(SavedModel model) {
    return new Forecaster(model);
  }

  /** Returns the model: topology, parameters, series, history. */
  public SavedModel model() {
    return model;
  }

  /** Returns what it reads of a table of series. */
  public SeriesLayout layout() {
    return learnt.layout();
  }

  /**
   * Returns the values that come after others.
   *
   * @param series the series' name, by which a scale learnt in training is found
   * @param history the values so far, at least a window, one a step. Not modified.
   * @throws IllegalArgumentException if it is too short, a value is missing in the last window, or
   *     the model reads more than one value
   */
  public double[] forecast(String series, double[] history) {
    double[][] rows = new double[history.length][];
    double[] times = new double[history.length];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = new double[] {history[row]};
      times[row] = row;
    }
    double[][] values = forecast(series, TimeForm.NUMBER, times, rows).values();
    return Arrays.stream(values).mapToDouble(step -> step[0]).toArray();
  }

  /**
   * Returns what comes after a series.
   *
   * @param series the series' name, by which a scale learnt in training is found
   * @param times of the rows, all written alike: dates, months, times or numbers. Not modified.
   * @param rows values and then covariates of each, NaN where missing; after the last value one row
   *     for each step of the horizon when the model reads covariates. Not modified.
   * @throws IllegalArgumentException if times differ in form or the series cannot be forecast
   */
  public Forecast forecast(String series, String[] times, double[][] rows) {
    TimeForm form = times.length == 0 ? null : TimeForm.of(times[0]);
    if (form == null) {
      throw new IllegalArgumentException(
          "times must be numbers, months, dates or times, got "
              + (times.length == 0 ? "none" : "'" + times[0] + "'"));
    }
    double[] numbers = new double[times.length];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = form.parse(times[row]);
      if (Double.isNaN(numbers[row])) {
        throw new IllegalArgumentException(
            "time must be %s as the first, got '%s'".formatted(form.words(), times[row]));
      }
    }
    return forecast(series, form, numbers, rows);
  }

  private Forecast forecast(String name, TimeForm form, double[] times, double[][] rows) {
    TimeSeriesBuilder builder = new TimeSeriesBuilder(name, form, layout());
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != layout().columns()) {
        throw new IllegalArgumentException(
            "a row must have %d values and covariates, got %d"
                .formatted(layout().columns(), rows[row].length));
      }
      builder.add(times[row], rows[row].clone());
    }
    RefusalCounts refused = new RefusalCounts();
    TimeSeries series = builder.build(refused);
    if (refused.rows() > 0) {
      throw new IllegalArgumentException("series cannot be read: " + refused.build());
    }
    SeriesScale scale = learnt.scale(series);
    WindowPacker packer = new WindowPacker(layout());
    String reason = packer.addLast(series, scale);
    if (reason != null) {
      throw new IllegalArgumentException(reason);
    }
    PackedShard window = packer.build();
    float[] outputs = new Scorer(network).predictions(window);
    return of(series, scale, (WindowTargets) window.targets(), outputs);
  }

  private Forecast of(TimeSeries series, SeriesScale scale, WindowTargets window, float[] outputs) {
    int horizon = head.horizon();
    int each = head.outputsEach();
    String[] times = new String[horizon];
    double[][] values = new double[horizon][head.values()];
    double[][][] quantiles = new double[horizon][head.values()][head.quantiles().size()];
    for (int h = 0; h < horizon; h++) {
      times[h] = series.written(series.end() + h);
      for (int v = 0; v < head.values(); v++) {
        int at = (h * head.values() + v) * each;
        float base = window.base(0, h, v);
        values[h][v] = scale.unscaled(v, base + outputs[at + head.middle()]);
        for (int q = 0; q < quantiles[h][v].length; q++) {
          quantiles[h][v][q] = scale.unscaled(v, base + outputs[at + q]);
        }
      }
    }
    return new Forecast(times, values, quantiles);
  }
}
