package io.sparkrnn.report;

import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.course.EpochCourse;
import io.sparkrnn.train.course.RoundTimes;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import io.sparkrnn.train.metrics.Metric.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tables of the report. */
final class Tables {
  private Tables() {}

  /** Names and values, two columns. */
  static void pairs(Html page, Map<String, String> pairs) {
    page.open("div", "class", "scroll").open("table", "class", "pairs").open("tbody");
    pairs.forEach(
        (name, value) -> {
          page.open("tr").element("th", name, "scope", "row");
          page.element("td", value).close("tr");
        });
    page.close("tbody").close("table").close("div");
  }

  /** One row for each evaluation, by name. */
  static void evaluations(Html page, Map<String, Evaluation> evaluations) {
    SortedSet<Metric> metrics = new TreeSet<>();
    evaluations.values().forEach(e -> metrics.addAll(e.metrics().keySet()));
    head(
        page,
        Stream.of(Stream.of(""), metrics.stream().map(Metric::label), Stream.of("rows", "refused"))
            .flatMap(names -> names)
            .toList());
    evaluations.forEach(
        (name, e) -> {
          page.open("tr").element("th", name, "scope", "row");
          metrics.forEach(metric -> cell(page, Figures.of(metric, e)));
          cell(page, Figures.count(e.rows()));
          cell(page, Figures.count(e.rowsRefused()));
          page.close("tr");
        });
    page.close("tbody").close("table").close("div");
  }

  /** One row for each epoch; the best one stands out. */
  static void epochs(Html page, List<EpochRecord> epochs, int best) {
    SortedSet<Metric> metrics = qualities(epochs);
    List<String> names = new ArrayList<>(List.of("epoch", "training loss", watched(epochs)));
    metrics.forEach(m -> names.add((m.format() == Format.SHARE ? "validation " : "") + m.label()));
    names.addAll(List.of("learning rate", "seconds", "reviews/s"));
    head(page, names);
    for (EpochRecord epoch : epochs) {
      Evaluation validation = epoch.validation();
      boolean known = validation != null;
      page.open("tr", "class", epoch.epoch() == best ? "best" : "");
      String mark = epoch.epoch() == best ? " (best)" : "";
      page.element("th", epoch.epoch() + mark, "scope", "row");
      cell(page, Figures.fraction(epoch.trainLoss()));
      cell(page, known ? Figures.of(validation.watched(), validation) : Figures.NONE);
      metrics.forEach(metric -> cell(page, known ? quality(metric, validation) : Figures.NONE));
      cell(page, Figures.brief(epoch.learningRate()));
      cell(page, Figures.brief(epoch.seconds()));
      cell(page, Figures.count(epoch.reviewsPerSecond()));
      page.close("tr");
    }
    page.close("tbody").close("table").close("div");
  }

  /** One row for each epoch: where the time of its rounds went, and how far shards drifted. */
  static void course(Html page, List<EpochCourse> course) {
    head(
        page,
        List.of(
            "epoch",
            "rounds",
            "computing, s",
            "evaluation, s",
            "broadcasting, s",
            "averaging, s",
            "waiting, s",
            "longest shard beyond the mean, s",
            "mean divergence",
            "largest divergence"));
    for (EpochCourse epoch : course) {
      RoundTimes times = epoch.times();
      page.open("tr").element("th", Figures.count(epoch.epoch()), "scope", "row");
      cell(page, Figures.count(epoch.rounds()));
      for (long nanos :
          new long[] {
            times.computing(),
            epoch.evaluating(),
            times.broadcasting(),
            times.averaging(),
            times.waiting(),
            times.imbalance()
          }) {
        cell(page, Figures.brief(nanos * 1e-9));
      }
      cell(page, Figures.brief(epoch.meanDivergence()));
      cell(page, Figures.brief(epoch.largestDivergence()));
      page.close("tr");
    }
    page.close("tbody").close("table").close("div");
  }

  private static Stream<Evaluation> validations(List<EpochRecord> epochs) {
    return epochs.stream().map(EpochRecord::validation).filter(Objects::nonNull);
  }

  /** The column of the watched figure, which is on the scale of the training loss or on its own. */
  private static String watched(List<EpochRecord> epochs) {
    return validations(epochs)
        .map(Evaluation::watched)
        .filter(metric -> metric.format() != Format.LOSS)
        .findFirst()
        .map(metric -> "validation " + metric.label())
        .orElse("validation loss");
  }

  private static String quality(Metric metric, Evaluation validation) {
    return metric.format() == Format.SHARE
        ? Figures.fraction(validation.value(metric))
        : Figures.of(metric, validation);
  }

  /** Figures beside the watched one; those of classes have their columns where none is known. */
  private static SortedSet<Metric> qualities(List<EpochRecord> epochs) {
    SortedSet<Metric> metrics = new TreeSet<>();
    validations(epochs).flatMap(Evaluation::shown).filter(Metric::isBrief).forEach(metrics::add);
    return metrics.isEmpty() ? new TreeSet<>(List.of(Metric.ACCURACY, Metric.AUC)) : metrics;
  }

  /** Rows are the actual classes, columns the predicted ones; shaded by the share of the row. */
  static void confusion(Html page, long[][] confusion, List<String> labels) {
    List<String> names =
        labels.size() == confusion.length
            ? labels
            : IntStream.range(0, confusion.length).mapToObj(Integer::toString).toList();
    page.open("div", "class", "scroll").open("table", "class", "confusion").open("thead");
    page.open("tr").element("td", "actual \u2193  predicted \u2192");
    names.forEach(name -> page.element("th", name, "scope", "col"));
    page.close("tr").close("thead").open("tbody");
    for (int actual = 0; actual < confusion.length; actual++) {
      double sum = Arrays.stream(confusion[actual]).sum();
      page.open("tr").element("th", names.get(actual), "scope", "row");
      for (long count : confusion[actual]) {
        double share = sum == 0 ? 0 : count / sum;
        page.open("td", "style", String.format(Locale.ROOT, "--share: %.1f%%", 45 * share));
        page.element("strong", Figures.count(count));
        page.element("span", sum == 0 ? Figures.NONE : Figures.percent(share)).close("td");
      }
      page.close("tr");
    }
    page.close("tbody").close("table").close("div");
  }

  private static void head(Html page, List<String> columns) {
    page.open("div", "class", "scroll").open("table", "class", "numbers").open("thead").open("tr");
    columns.forEach(column -> page.element("th", column, "scope", "col"));
    page.close("tr").close("thead").open("tbody");
  }

  private static void cell(Html page, String text) {
    page.element("td", text);
  }
}
