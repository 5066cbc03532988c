package io.sparkrnn.spark.params;

import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.task.ForecastParams;
import io.sparkrnn.train.series.Calendar;
import io.sparkrnn.train.series.SeriesLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The part of {@link TrainingSetup} that is about forecasts. */
public final class ForecastSetup {
  private ForecastSetup() {}

  /**
   * Returns what the parameters of {@code from} say of the table of series.
   *
   * @throws InputException if they contradict each other
   */
  public static SeriesLayout layout(ForecastParams<?> from) {
    try {
      return new SeriesLayout(
          from.getSeriesCol(),
          from.getTimeCol(),
          words(from.getValueCols()).toList(),
          words(from.getCovariateCols()).toList(),
          from.getWindow(),
          from.getHorizon(),
          from.getSeason(),
          from.getGaps().equals("join"),
          words(from.getCalendar())
              .map(name -> TrainingSetup.constant(Calendar.class, name))
              .distinct()
              .toList(),
          from.getResidual());
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  /** Returns the head that the parameters describe. */
  static ForecastHead head(ForecastParams<?> from, TrainingParams<?> training) {
    List<Double> quantiles = words(from.getQuantiles()).map(Double::valueOf).toList();
    return new ForecastHead(
        NetworkSetup.pooling(training),
        from.getHorizon(),
        layout(from).values(),
        from.getSeason(),
        quantiles,
        loss(training.getLoss(), quantiles));
  }

  private static Loss loss(String name, List<Double> quantiles) {
    if (!quantiles.isEmpty() && !name.equals("auto")) {
      throw new IllegalArgumentException(
          "loss must be auto with quantiles, which have a loss of their own, got " + name);
    }
    if (name.equals("auto")) {
      return quantiles.isEmpty() ? Loss.MEAN_SQUARED_ERROR : Loss.QUANTILE;
    }
    return TrainingSetup.constant(Loss.class, name);
  }

  private static Stream<String> words(String list) {
    return Arrays.stream(list.split(",")).map(String::strip).filter(word -> !word.isEmpty());
  }
}
