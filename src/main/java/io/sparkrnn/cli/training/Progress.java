package io.sparkrnn.cli.training;

import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.PretrainingRecord;
import io.sparkrnn.train.SelfTrainingRecord;
import io.sparkrnn.train.StartRecord;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.VectorCoverage;
import io.sparkrnn.train.config.Durations;
import io.sparkrnn.train.config.ShardCount;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.preflight.MemoryCheck;
import io.sparkrnn.train.preflight.Preflight;
import io.sparkrnn.train.preflight.ShardSize;
import io.sparkrnn.train.shards.Refusals;
import io.sparkrnn.train.wide.WideRecord;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells how a command goes on; of a training one line per epoch with rate, losses, validation and
 * time left.
 *
 * <p>On a terminal a live line shows what is under way, and of an epoch the round with its rate and
 * the time left so far; elsewhere there are whole lines only, and one of the round when nothing
 * else was said for {@value #SILENCE_SECONDS} seconds. Lines may come from several threads.
 */
public final class Progress implements TrainingListener {
  /** A longer line would wrap on a common terminal, and could not be written over. */
  private static final int WIDTH = 79;

  private static final int SILENCE_SECONDS = 30;

  private final PrintStream out;
  private final boolean terminal;
  private final boolean quiet;
  private final LongSupplier nanoTime;
  private long rows;
  private String examples = "reviews";
  private int epochs;
  private long epochBegin;
  private double epochSeconds;
  private long lastLine;
  private int shownWidth;

  /**
   * Creates a progress display.
   *
   * @param out where to print
   * @param terminal whether a line can be written over
   * @param quiet whether nothing is wanted
   */
  public Progress(PrintStream out, boolean terminal, boolean quiet) {
    this(out, terminal, quiet, System::nanoTime);
  }

  /** Creates a progress display with a clock that counts nanoseconds. */
  public Progress(PrintStream out, boolean terminal, boolean quiet, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.quiet = quiet;
    this.nanoTime = nanoTime;
    lastLine = nanoTime.getAsLong();
  }

  @Override
  public void rowsUnlabelled(long unlabelled, boolean learnt) {
    if (unlabelled > 0) {
      String use = learnt ? ", to learn from" : " left out";
      line("%,d reviews without a label%s", unlabelled, use);
    }
  }

  /** Says what the examples are that are trained on. */
  void count(String examples) {
    this.examples = examples;
  }

  @Override
  public void rowsRead(long trainingRows, long validationRows, Refusals refused) {
    rows = trainingRows;
    line("training on %,d %s, validating on %,d", trainingRows, examples, validationRows);
    if (refused.rows() > 0) {
      line("%,d rows refused: %s", refused.rows(), refused);
    }
  }

  @Override
  public void pretrainingBegins(long texts) {
    line("pretraining: a language model of the texts of %,d reviews", texts);
  }

  @Override
  public void pretrained(PretrainingRecord record) {
    line("pretrained in %,.0f s; now the labels", record.seconds());
  }

  @Override
  public void selfTrainingBegins(int round, int rounds, long rows) {
    line("self-training %d of %d, with %,d reviews that the model labelled", round, rounds, rows);
  }

  @Override
  public void selfTrained(SelfTrainingRecord record, TrainingRecord best) {
    for (int i = 0; i < record.rounds().size(); i++) {
      Evaluation validation = record.rounds().get(i).validation();
      line(
          "%s%s%s",
          i == 0 ? "labels alone" : "self-training " + i,
          validation == null ? "" : ": validation " + validation,
          i == record.best() ? ", which is the model" : "");
    }
  }

  @Override
  public void startedFrom(StartRecord start) {
    line("start from: %s", start);
  }

  @Override
  public void vectorsRead(VectorCoverage coverage) {
    line("pretrained vectors: %s", coverage);
  }

  @Override
  public void resumed(int epochs, int rounds) {
    line("going on after epoch %d%s", epochs, rounds == 0 ? "" : ", round " + rounds);
  }

  @Override
  public void shardsChosen(ShardCount count) {
    line("%s", count.explanation());
  }

  @Override
  public void foreseen(Preflight preflight) {
    // what rounds count: of a language model the segments of its texts
    rows = preflight.data().shards().stream().mapToLong(ShardSize::rows).sum();
    line("%s", PreflightText.line(preflight));
    MemoryCheck.warnings(preflight).forEach(warning -> line("warning: %s", warning));
  }

  @Override
  public void started(TrainingConfig config, TrainingHistory history) {
    epochs = config.stopping().epochs();
    HeadSpec head = config.network().head();
    if (!(head instanceof ForecastHead)) { // which has said so before
      examples =
          head instanceof TokenHead
              ? "segments"
              : head instanceof TranslationHead ? "pairs" : "reviews";
    }
    epochSeconds = 0;
    int done = history.epochs().size();
    epochBegins(done + 1);
  }

  private void epochBegins(int epoch) {
    epochBegin = nanoTime.getAsLong();
    now("epoch %d/%d ...%s", epoch, epochs, timeLeft((epochs - epoch + 1) * epochSeconds));
  }

  @Override
  public void roundFinished(int epoch, int round, int rounds) {
    double elapsed = (nanoTime.getAsLong() - epochBegin) * 1e-9;
    double whole = elapsed * rounds / round;
    double later = (epochs - epoch) * (epochSeconds == 0 ? whole : epochSeconds);
    String format = "epoch %d/%d, round %d/%d  %,.0f %s/s%s";
    Object[] values = {
      epoch, epochs, round, rounds, rows / whole, examples, timeLeft(whole - elapsed + later)
    };
    if (terminal) {
      now(format, values);
    } else if (round < rounds
        && nanoTime.getAsLong() - lastLine >= SILENCE_SECONDS * 1_000_000_000L) {
      line(format, values);
    }
  }

  @Override
  public void epochFinished(EpochRecord record, TrainingHistory history) {
    epochSeconds = history.epochs().stream().mapToDouble(EpochRecord::seconds).average().orElse(0);
    line(
        "epoch %d/%d  %,.0f %s/s  loss %.4f%s  %.1f s%s",
        record.epoch(),
        epochs,
        record.reviewsPerSecond(),
        examples,
        record.trainLoss(),
        validation(record.validation()),
        record.seconds(),
        timeLeft((epochs - record.epoch()) * epochSeconds));
    if (record.epoch() < epochs) {
      epochBegins(record.epoch() + 1);
    }
  }

  @Override
  public void wideCombined(WideRecord record) {
    line(
        "wide branch of %,d n-grams: factors %.2f wide, %.2f recurrent%s",
        record.features(),
        record.combination().wide(),
        record.combination().recurrent(),
        record.stackedRows() == 0 ? ", for want of validation rows" : "");
    if (record.stackedRows() > 0) {
      line("validation recurrent alone  %s", record.recurrent().brief());
      line("validation wide alone       %s", record.wide().brief());
      line("validation both             %s", record.both().brief());
    }
  }

  /** Prints a line of its own. */
  public synchronized void line(String format, Object... values) {
    if (quiet) {
      return;
    }
    String text = String.format(Locale.ROOT, format, values);
    out.println(over(text));
    shownWidth = 0;
    lastLine = nanoTime.getAsLong();
  }

  /** Prints a text of whoever else has something to say. */
  public void say(String text) {
    line("%s", text);
  }

  /** Removes the live line. */
  public synchronized void finish() {
    if (shownWidth > 0) {
      out.print(over("") + "\r");
      out.flush();
      shownWidth = 0;
    }
  }

  /** Shows what is under way, on a terminal, until the next of these or a line takes its place. */
  public synchronized void now(String format, Object... values) {
    if (terminal && !quiet) {
      String text = String.format(Locale.ROOT, format, values);
      String fitting = text.length() <= WIDTH ? text : text.substring(0, WIDTH - 4) + " ...";
      out.print(over(fitting));
      out.flush();
      shownWidth = fitting.length();
    }
  }

  /** Returns a text that covers the live line. */
  private String over(String text) {
    return shownWidth == 0
        ? text
        : "\r" + text + " ".repeat(Math.max(0, shownWidth - text.length()));
  }

  private static String validation(Evaluation validation) {
    return validation == null ? "" : "  validation " + validation.brief();
  }

  private static String timeLeft(double seconds) {
    return seconds == 0 ? "" : ", at most " + Durations.brief(seconds) + " left";
  }
}
