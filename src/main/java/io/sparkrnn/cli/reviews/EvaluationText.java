package io.sparkrnn.cli.reviews;

import io.sparkrnn.train.metrics.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An evaluation as the console shows it: figures, confusion, refused rows. */
public final class EvaluationText {
  private static final int MAX_CLASSES = 12;

  private EvaluationText() {}

  /**
   * Returns the lines of an evaluation.
   *
   * @param evaluation what to show
   * @param labels names of the classes; their indices stand for them when there are none
   */
  public static List<String> lines(Evaluation evaluation, List<String> labels) {
    List<String> lines = new ArrayList<>(List.of(evaluation.toString()));
    lines.addAll(baselines(evaluation));
    long[][] confusion = evaluation.confusion();
    if (confusion.length > MAX_CLASSES) {
      lines.add("confusion of " + confusion.length + " classes: see --metrics");
    } else if (confusion.length > 0) {
      addConfusion(lines, confusion, labels);
    }
    if (evaluation.rowsRefused() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d rows refused: %s",
              evaluation.rowsRefused(),
              evaluation.refusals()));
    }
    return lines;
  }

  /** Returns a line for each way to forecast that needs no learning, if they were measured. */
  public static List<String> baselines(Evaluation evaluation) {
    return evaluation.baselines().entrySet().stream()
        .map(
            baseline ->
                baseline.getValue().entrySet().stream()
                    .map(figure -> figure.getKey().text(figure.getValue()))
                    .collect(
                        Collectors.joining(", ", "  beside it " + baseline.getKey() + ": ", "")))
        .toList();
  }

  private static void addConfusion(List<String> lines, long[][] confusion, List<String> labels) {
    lines.add("confusion, actual classes down, predicted ones across:");
    StringBuilder head = line("");
    for (int predicted = 0; predicted < confusion.length; predicted++) {
      addCell(head, name(predicted, labels));
    }
    lines.add(head.toString());
    for (int actual = 0; actual < confusion.length; actual++) {
      StringBuilder row = line(name(actual, labels));
      for (long count : confusion[actual]) {
        addCell(row, Long.toString(count));
      }
      lines.add(row.toString());
    }
  }

  private static StringBuilder line(String name) {
    return new StringBuilder("%7s".formatted(name));
  }

  private static void addCell(StringBuilder line, String text) {
    line.append(" %9s".formatted(text));
  }

  private static String name(int label, List<String> labels) {
    return labels.isEmpty() ? Integer.toString(label) : shown(labels.get(label));
  }

  /** A name that a model has, without what would move a terminal's cursor. */
  private static String shown(String name) {
    return name.replaceAll("\\p{Cc}", "?");
  }
}
