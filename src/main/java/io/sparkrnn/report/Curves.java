package io.sparkrnn.report;

import io.sparkrnn.report.LineChart.Series;
import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
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
    page.open("div", "class", "charts");
    losses(page, history);
    history.epochs().stream()
        .filter(epoch -> epoch.validation() != null)
        .findFirst()
        .flatMap(epoch -> epoch.validation().besideWatched())
        .ifPresent(metric -> metric(page, history, metric));
    page.close("div");
  }

  private static void losses(Html page, TrainingHistory history) {
    double[] training = history.epochs().stream().mapToDouble(EpochRecord::trainLoss).toArray();
    double[] validation = validation(history, e -> e.value(e.watched()));
    Metric watched =
        history.epochs().stream()
            .filter(epoch -> epoch.validation() != null)
            .findFirst()
            .map(epoch -> epoch.validation().watched())
            .orElse(Metric.LOG_LOSS);
    if (watched.format() != Metric.Format.LOSS) {
      // on a scale of its own: the training loss is of standardized labels, or in nats
      chart(page, history, "Training loss by epoch", List.of(new Series("training", training)));
      metric(page, history, watched);
      return;
    }
    chart(
        page,
        history,
        "Loss by epoch",
        List.of(new Series("training", training), new Series("validation", validation)));
  }

  private static void metric(Html page, TrainingHistory history, Metric metric) {
    double[] values = validation(history, e -> e.value(metric));
    String title = "Validation " + metric.label() + " by epoch";
    chart(page, history, title, List.of(new Series(metric.label(), values)));
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

  private static double[] validation(TrainingHistory history, ToDoubleFunction<Evaluation> value) {
    return history.epochs().stream()
        .map(EpochRecord::validation)
        .mapToDouble(e -> e == null ? Double.NaN : value.applyAsDouble(e))
        .toArray();
  }
}
