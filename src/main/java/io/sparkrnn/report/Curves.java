package io.sparkrnn.report;

import io.sparkrnn.report.LineChart.Series;
import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.Evaluation;
import io.sparkrnn.train.TrainingHistory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The charts of a training. */
final class Curves {
  private Curves() {}

  static void epochs(Html page, TrainingHistory history) {
    if (history.epochs().isEmpty()) {
      return;
    }
    boolean regression =
        history.epochs().stream()
            .anyMatch(e -> e.validation() != null && e.validation().isRegression());
    ToDoubleFunction<Evaluation> loss =
        regression ? Evaluation::meanSquaredError : Evaluation::logLoss;
    ToDoubleFunction<Evaluation> quality =
        regression ? Evaluation::meanAbsoluteError : Evaluation::accuracy;
    String qualityName = regression ? "mean absolute error" : "accuracy";
    page.open("div", "class", "charts");
    chart(
        page,
        history,
        "Loss by epoch",
        List.of(
            new Series("training", values(history, EpochRecord::trainLoss)),
            new Series("validation", validation(history, loss))));
    chart(
        page,
        history,
        "Validation " + qualityName + " by epoch",
        List.of(new Series(qualityName, validation(history, quality))));
    page.close("div");
  }

  /** The gradient by steps before the end; nothing when it was not monitored. */
  static void gradient(Html page, TrainingHistory history) {
    double[] norms = history.stepNorms();
    if (Arrays.stream(norms).noneMatch(n -> n > 0 && Double.isFinite(n))) {
      return;
    }
    page.element("h2", "Gradient through time");
    page.element("p", StepNormText.of(norms));
    new LineChart(
            LineChart.FULL,
            "Gradient norm by the state, by steps before the end of the sequence",
            "steps before the end",
            Axis.whole(0, norms.length - 1),
            Axis.logarithmic(norms),
            0,
            -1,
            List.of(new Series("gradient norm", norms)))
        .write(page);
  }

  private static void chart(Html page, TrainingHistory history, String title, List<Series> all) {
    List<Series> series = new ArrayList<>(all);
    series.removeIf(s -> Arrays.stream(s.values()).noneMatch(Double::isFinite));
    if (series.isEmpty()) {
      return;
    }
    double[] together = series.stream().flatMapToDouble(s -> DoubleStream.of(s.values())).toArray();
    int first = history.epochs().get(0).epoch();
    Axis x = Axis.whole(first, first + history.epochs().size() - 1);
    int marker = history.best() == null ? -1 : history.bestEpoch();
    Axis y = Axis.linear(together);
    new LineChart(LineChart.HALF, title, "epoch", x, y, first, marker, series).write(page);
  }

  private static double[] values(TrainingHistory history, ToDoubleFunction<EpochRecord> value) {
    return history.epochs().stream().mapToDouble(value).toArray();
  }

  private static double[] validation(TrainingHistory history, ToDoubleFunction<Evaluation> value) {
    return values(
        history, e -> e.validation() == null ? Double.NaN : value.applyAsDouble(e.validation()));
  }
}
