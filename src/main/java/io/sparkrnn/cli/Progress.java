package io.sparkrnn.cli;

import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.Evaluation;
import io.sparkrnn.train.Refusals;
import io.sparkrnn.train.TrainingConfig;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.VectorCoverage;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Tells how a training goes on: one line per epoch with rate, losses, validation and time left.
 *
 * <p>On a terminal a live line shows the epoch under way; elsewhere there are whole lines only.
 */
final class Progress implements TrainingListener {
  private final PrintStream out;
  private final boolean terminal;
  private final boolean quiet;
  private Refusals refusals = Refusals.none();
  private Runnable whenStarted = () -> {};
  private VectorCoverage vectors;
  private int epochs;
  private int shownWidth;

  /**
   * Creates a progress display.
   *
   * @param out where to print
   * @param terminal whether a line can be written over
   * @param quiet whether nothing is wanted
   */
  Progress(PrintStream out, boolean terminal, boolean quiet) {
    this.out = out;
    this.terminal = terminal;
    this.quiet = quiet;
  }

  @Override
  public void rowsRead(long trainingRows, long validationRows, Refusals refused) {
    refusals = refused;
    line("training on %,d reviews, validating on %,d", trainingRows, validationRows);
    if (refused.rows() > 0) {
      line("%,d rows refused: %s", refused.rows(), refused);
    }
  }

  /** Returns what was heard of refused rows. */
  Refusals refusals() {
    return refusals;
  }

  @Override
  public void vectorsRead(VectorCoverage coverage) {
    vectors = coverage;
    line("pretrained vectors: %s", coverage);
  }

  /** Returns what was heard of pretrained vectors, or null when there are none. */
  VectorCoverage vectors() {
    return vectors;
  }

  /** Sets what is to be done when the rows are read and the first epoch is about to begin. */
  void whenStarted(Runnable action) {
    whenStarted = action;
  }

  @Override
  public void started(TrainingConfig config, int firstEpoch) {
    whenStarted.run();
    epochs = config.stopping().epochs();
    if (firstEpoch > 1) {
      line("going on after epoch %d", firstEpoch - 1);
    }
    live("epoch %d/%d ...", firstEpoch, epochs);
  }

  @Override
  public void roundFinished(int epoch, int round, int rounds) {
    live("epoch %d/%d, round %d/%d ...", epoch, epochs, round, rounds);
  }

  @Override
  public void epochFinished(EpochRecord record, TrainingHistory history) {
    double mean = history.epochs().stream().mapToDouble(EpochRecord::seconds).average().orElse(0);
    line(
        "epoch %d/%d  %,.0f reviews/s  loss %.4f%s  %.1f s%s",
        record.epoch(),
        epochs,
        record.reviewsPerSecond(),
        record.trainLoss(),
        validation(record.validation()),
        record.seconds(),
        timeLeft((epochs - record.epoch()) * mean));
    if (record.epoch() < epochs) {
      live("epoch %d/%d ...", record.epoch() + 1, epochs);
    }
  }

  /** Prints a line of its own. */
  void line(String format, Object... values) {
    if (quiet) {
      return;
    }
    String text = String.format(Locale.ROOT, format, values);
    out.println(over(text));
    shownWidth = 0;
  }

  /** Removes the live line. */
  void finish() {
    if (shownWidth > 0) {
      out.print(over("") + "\r");
      out.flush();
      shownWidth = 0;
    }
  }

  private void live(String format, Object... values) {
    if (terminal && !quiet) {
      String text = String.format(Locale.ROOT, format, values);
      out.print(over(text));
      out.flush();
      shownWidth = text.length();
    }
  }

  /** Returns a text that covers the live line. */
  private String over(String text) {
    return shownWidth == 0
        ? text
        : "\r" + text + " ".repeat(Math.max(0, shownWidth - text.length()));
  }

  private static String validation(Evaluation validation) {
    if (validation == null) {
      return "";
    }
    if (validation.isRegression()) {
      return String.format(
          Locale.ROOT, "  validation mean squared error %.4g", validation.meanSquaredError());
    }
    String auc =
        Double.isNaN(validation.auc())
            ? ""
            : String.format(Locale.ROOT, ", auc %.4f", validation.auc());
    return String.format(
        Locale.ROOT,
        "  validation loss %.4f, accuracy %.4f%s",
        validation.logLoss(),
        validation.accuracy(),
        auc);
  }

  private static String timeLeft(double seconds) {
    return seconds == 0 ? "" : ", at most " + duration(seconds) + " left";
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? "%d min %d s".formatted(whole / 60, whole % 60)
        : "%d h %d min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
