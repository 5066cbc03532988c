package io.sparkrnn.spark.rows;

import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.config.ClassWeights;
import io.sparkrnn.train.shards.Refusals;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What rows must be like for training to make sense of them.
 *
 * @param labelCol column of labels, for messages
 * @param labels which labels are good
 * @param maxRefusedFraction largest fraction of refused rows that is accepted
 */
public record RowChecks(String labelCol, LabelRule labels, double maxRefusedFraction) {
  private static final int SHOWN_LABELS = 8;

  /**
   * Checks that rows can be trained on: few refused ones, some to train on, classes if labels are.
   *
   * @throws InputException if they cannot
   */
  public void check(ShardSummary total) {
    checkRefused(total);
    checkTraining(total);
    checkClasses(total);
  }

  /**
   * Checks that some rows count, given the weights of their classes.
   *
   * @throws InputException if none does
   */
  public void checkWeights(ShardSummary total, ClassWeights weights) {
    if (total.weightedRows(weights) == 0) {
      throw new InputException(
          "all %d training rows have weight 0; nothing to train on"
              .formatted(total.trainingRows()));
    }
  }

  /**
   * Checks that few rows are refused.
   *
   * @throws InputException if there are too many
   */
  public void checkRefused(ShardSummary total) {
    long rows = rows(total);
    if (total.refusedRows() > maxRefusedFraction * rows) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "refused %d of %d rows, more than maxRefusedFraction %s allows: %s%s",
              total.refusedRows(),
              rows,
              maxRefusedFraction,
              total.refusals(),
              acceptedLabels(total.refusals())));
    }
  }

  /** Checks that there are rows to train on. */
  private void checkTraining(ShardSummary total) {
    if (total.trainingRows() == 0 && total.validationRows() > 0) {
      throw new InputException(
          "all %d good rows are held out for validation, none is left to train on; try a smaller validationSplit, or mark fewer rows"
              .formatted(total.validationRows()));
    }
    if (total.trainingRows() == 0 && labelCol.isEmpty()) {
      throw new InputException(
          "training needs at least 1 good text, got none of %d".formatted(rows(total)));
    }
    if (total.trainingRows() == 0) {
      throw new InputException(
          "training needs at least 1 good row with a label in column '%s', got none of %d"
              .formatted(labelCol, rows(total)));
    }
  }

  /**
   * Checks that the labels are classes, at least two, when the loss is one of classes.
   *
   * @throws InputException if they are not
   */
  public void checkClasses(ShardSummary total) {
    if (labels.areNumbers() || labels.areOfSteps()) {
      return;
    }
    if (total.smallestLabel() == total.largestLabel()) {
      throw new InputException(
          "column '"
              + labelCol
              + "' must hold at least two classes, got only "
              + (int) total.largestLabel());
    }
    checkGap(total);
  }

  private static long rows(ShardSummary total) {
    return total.trainingRows() + total.validationRows() + total.refusedRows();
  }

  private String acceptedLabels(Refusals refusals) {
    boolean ofLabels = refusals.byReason().keySet().stream().anyMatch(r -> r.startsWith("label "));
    return ofLabels ? "; " + labels.accepted() : "";
  }

  /** Labels behind a gap are refused rows, unless the gap is among the first two classes. */
  private void checkGap(ShardSummary total) {
    if (total.firstMissingClass() >= 2) {
      return;
    }
    long[] counts = total.classCounts();
    String found =
        IntStream.range(0, counts.length)
            .filter(label -> counts[label] > 0)
            .limit(SHOWN_LABELS)
            .mapToObj(label -> "%d (%d)".formatted(label, counts[label]))
            .collect(Collectors.joining(", "));
    throw new InputException(
        "column '%s' must hold class indices 0, 1, 2 ... without gaps, got labels %s; number the classes from 0"
            .formatted(labelCol, found));
  }
}
