package io.sparkrnn.report;

import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.Evaluation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

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
    boolean regression = evaluations.values().stream().allMatch(Evaluation::isRegression);
    head(
        page,
        regression
            ? List.of("", "mean squared error", "mean absolute error", "rows", "refused")
            : List.of("", "accuracy", "log loss", "AUC", "rows", "refused"));
    evaluations.forEach(
        (name, e) -> {
          page.open("tr").element("th", name, "scope", "row");
          if (regression) {
            cell(page, Figures.brief(e.meanSquaredError()));
            cell(page, Figures.brief(e.meanAbsoluteError()));
          } else {
            cell(page, Figures.fraction(e.accuracy()));
            cell(page, Figures.fraction(e.logLoss()));
            cell(page, Figures.fraction(e.auc()));
          }
          cell(page, Figures.count(e.rows()));
          cell(page, Figures.count(e.rowsRefused()));
          page.close("tr");
        });
    page.close("tbody").close("table").close("div");
  }

  /** One row for each epoch; the best one stands out. */
  static void epochs(Html page, List<EpochRecord> epochs, int best) {
    head(
        page,
        List.of(
            "epoch",
            "training loss",
            "validation loss",
            "validation accuracy",
            "AUC",
            "learning rate",
            "seconds",
            "reviews/s"));
    for (EpochRecord epoch : epochs) {
      Evaluation validation = epoch.validation();
      boolean known = validation != null;
      boolean regression = known && validation.isRegression();
      page.open("tr", "class", epoch.epoch() == best ? "best" : "");
      String mark = epoch.epoch() == best ? " (best)" : "";
      page.element("th", epoch.epoch() + mark, "scope", "row");
      cell(page, Figures.fraction(epoch.trainLoss()));
      double loss =
          regression ? validation.meanSquaredError() : known ? validation.logLoss() : Double.NaN;
      cell(page, Figures.fraction(loss));
      cell(page, Figures.fraction(known ? validation.accuracy() : Double.NaN));
      cell(page, Figures.fraction(known ? validation.auc() : Double.NaN));
      cell(page, Figures.brief(epoch.learningRate()));
      cell(page, Figures.brief(epoch.seconds()));
      cell(page, Figures.count(epoch.reviewsPerSecond()));
      page.close("tr");
    }
    page.close("tbody").close("table").close("div");
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
