package io.sparkrnn.report;

import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import io.sparkrnn.train.shards.Refusals;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The report of one training as one HTML page: results, curves, gradient through time, confusion
 * matrix, settings, provenance.
 *
 * <p>Needs nothing but itself: styles and drawings are inline, there are no scripts. The same run
 * gives the same bytes.
 */
public final class TrainingReport {
  private static final String STYLES = "report.css";

  private TrainingReport() {}

  /**
   * Writes the page in UTF-8.
   *
   * @param out where to. Flushed, not closed.
   * @param run what to tell
   * @throws IOException if writing fails
   */
  public static void write(OutputStream out, TrainingRun run) throws IOException {
    out.write(html(run).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  static String html(TrainingRun run) throws IOException {
    Html page = new Html().raw("<!DOCTYPE html>\n");
    page.open("html", "lang", "en", "xmlns", "http://www.w3.org/1999/xhtml");
    page.open("head").empty("meta", "charset", "utf-8");
    page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.element("title", run.title() + " \u2013 training report");
    page.open("style").raw(styles()).close("style").close("head");
    page.open("body").open("main");
    page.element("p", "spark-rnn training report", "class", "kind");
    page.element("h1", run.title());
    headlines(page, run);
    results(page, run);
    ForecastSection.write(page, run.forecasts());
    course(page, run);
    RoundsSection.write(page, run.record());
    Curves.gradient(page, run.history());
    section(page, "Settings", run.settings());
    defaults(page, run.defaults());
    section(page, "Data and memory", run.expected());
    section(page, "Provenance", run.provenance());
    return page.close("main").close("body").close("html").toString();
  }

  private static void headlines(Html page, TrainingRun run) {
    Map<String, String> tiles = new LinkedHashMap<>();
    Evaluation result = run.result();
    if (result != null) {
      String rows = run.test() != null ? "test " : "validation ";
      result.metrics().keySet().stream()
          .sorted(Comparator.comparing(Metric::format))
          .forEach(metric -> addTile(tiles, rows, metric, result));
    }
    List<EpochRecord> epochs = run.history().epochs();
    if (!epochs.isEmpty()) {
      tiles.put("best epoch", run.history().bestEpoch() + " of " + epochs.size());
      tiles.put("training time", Figures.seconds(sum(epochs)));
      double rate = epochs.stream().mapToDouble(EpochRecord::reviewsPerSecond).max().orElse(0);
      tiles.put("peak reviews/s", Figures.count(rate));
    }
    page.open("dl", "class", "tiles");
    tiles.forEach(
        (name, value) -> page.open("div").element("dt", name).element("dd", value).close("div"));
    page.close("dl");
  }

  private static void addTile(
      Map<String, String> tiles, String rows, Metric metric, Evaluation result) {
    if (metric.format() == Metric.Format.SHARE) {
      tiles.put(rows + metric.label(), Figures.percent(result.value(metric)));
    } else {
      tiles.put(metric.label(), Figures.of(metric, result));
    }
  }

  private static double sum(List<EpochRecord> epochs) {
    return epochs.stream().mapToDouble(EpochRecord::seconds).sum();
  }

  private static void results(Html page, TrainingRun run) {
    Map<String, Evaluation> evaluations = new LinkedHashMap<>();
    if (run.test() != null) {
      evaluations.put("test", run.test());
    }
    validations(evaluations, run);
    if (run.baseline() != null) {
      evaluations.put("baseline: " + run.baseline().name(), run.baseline().evaluation());
    }
    if (evaluations.isEmpty()) {
      return;
    }
    page.element("h2", "Results");
    Tables.evaluations(page, withBaselines(evaluations));
    if (run.result() != null && run.result().confusion().length > 0) {
      page.element(
          "h3", "Confusion matrix, " + (run.test() != null ? "test" : "validation") + " rows");
      Tables.confusion(page, run.result().confusion(), run.labels());
    }
  }

  /** Adds what needs no learning behind each evaluation that has it beside it. */
  private static Map<String, Evaluation> withBaselines(Map<String, Evaluation> evaluations) {
    Map<String, Evaluation> all = new LinkedHashMap<>();
    evaluations.forEach(
        (name, evaluation) -> {
          all.put(name, evaluation);
          evaluation
              .baselines()
              .forEach(
                  (baseline, figures) -> {
                    SortedMap<Metric, Double> some = new TreeMap<>(figures);
                    some.put(evaluation.watched(), Double.NaN);
                    all.put(
                        name + ": " + baseline,
                        new Evaluation(
                            evaluation.rows(), 0, some, new long[0][0], Refusals.none()));
                  });
        });
    return all;
  }

  private static void validations(Map<String, Evaluation> evaluations, TrainingRun run) {
    if (run.validation() == null) {
      return;
    }
    if (run.wide() == null) {
      evaluations.put("validation, best epoch", run.validation());
    } else {
      evaluations.put("validation, both branches", run.wide().both());
      evaluations.put("validation, wide branch alone", run.wide().wide());
      evaluations.put("validation, recurrent branch alone", run.wide().recurrent());
    }
  }

  private static void course(Html page, TrainingRun run) {
    if (run.history().epochs().isEmpty()) {
      return;
    }
    page.element("h2", "Course of the training");
    Curves.epochs(page, run.history());
    page.open("details").element("summary", "Numbers by epoch");
    Tables.epochs(page, run.history().epochs(), run.history().bestEpoch());
    page.close("details");
  }

  private static void section(Html page, String heading, Map<String, String> pairs) {
    if (!pairs.isEmpty()) {
      page.element("h2", heading);
      Tables.pairs(page, pairs);
    }
  }

  private static void defaults(Html page, Map<String, String> pairs) {
    if (!pairs.isEmpty()) {
      page.open("details").element("summary", "Settings left at their defaults");
      Tables.pairs(page, pairs);
      page.close("details");
    }
  }

  private static String styles() throws IOException {
    try (InputStream in = TrainingReport.class.getResourceAsStream(STYLES)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
