package io.sparkrnn.cli.scoring;

import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.cli.training.Progress;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.files.InputPath;
import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One scoring, in portions: what another one has finished that was cut off is not done again.
 *
 * <p>A portion has as many partitions as the cluster ran tasks at once when the scoring began; it
 * is divided the same way wherever it goes on.
 */
public final class ScoringJob {
  private final AtomicOutput output;
  private final ScoringIdentity identity;
  private final Progress progress;
  private final ScoringState state;
  private final ScoringState.Division before;
  private final int parallelism;
  private final Map<Integer, FinishedPortion> finished = new TreeMap<>();
  private int portions;

  private ScoringJob(
      AtomicOutput output, ScoringIdentity identity, int parallelism, Progress progress)
      throws IOException {
    this.output = output;
    this.identity = identity;
    this.progress = progress;
    state = new ScoringState(output);
    before = output.isResumed() ? state.resumed(identity) : null;
    this.parallelism = before == null ? parallelism : before.parallelism();
  }

  /**
   * Prepares a scoring.
   *
   * @param output where to; holds what is gone on with, if it is resumed
   * @param options the options that rows depend on, with their values
   * @throws InputException if what is to be gone on with was of another model, of other files or
   *     options, or is damaged
   */
  public static ScoringJob open(
      SparkSession spark,
      AtomicOutput output,
      RnnModel<?> model,
      InputPath input,
      Map<String, String> options,
      Progress progress)
      throws IOException {
    return new ScoringJob(
        output,
        ScoringIdentity.of(spark, model, input, options),
        spark.sparkContext().defaultParallelism(),
        progress);
  }

  /** Returns what the reader of the input must be told, so that it divides rows as before. */
  public int parallelism() {
    return parallelism;
  }

  /**
   * What came of the rows.
   *
   * @param rows how many there were
   * @param scored how many have a prediction
   * @param reason why most of the others have none; null when there are no others
   */
  public record Counts(long rows, long scored, String reason) {
    /** Returns how many rows have no prediction. */
    public long refused() {
      return rows - scored;
    }
  }

  /** Writes a table to a directory. */
  public interface Writer {
    /** Writes it. */
    void write(Dataset<Row> table, String directory);
  }

  /**
   * Scores what is not finished yet, and counts all.
   *
   * @param scored the table with its predictions, whose partitions do not depend on one another
   * @throws InputException if it is divided in another way than before
   */
  public Counts score(Dataset<Row> scored, Writer writer) throws IOException, InterruptedException {
    PortionedScoring scoring = new PortionedScoring(scored, output, state, writer, progress);
    int partitions = scoring.partitions();
    List<Portion> all = Portion.of(partitions, parallelism);
    portions = all.size();
    if (before == null) {
      output.write(() -> state.begin(identity, new ScoringState.Division(parallelism, partitions)));
    } else {
      state.check(before, partitions);
      output.write(() -> finished.putAll(state.finished(all)));
      progress.line("going on: %,d of %,d portions are scored", finished.size(), portions);
      output.write(() -> state.sweep(finished.values()));
      for (FinishedPortion portion : finished.values()) {
        output.write(() -> state.move(portion));
      }
    }
    scoring.score(all, finished);
    return counts();
  }

  private Counts counts() {
    return new Counts(
        finished.values().stream().mapToLong(FinishedPortion::rows).sum(),
        finished.values().stream().mapToLong(FinishedPortion::scored).sum(),
        finished.values().stream()
            .filter(portion -> portion.reason() != null)
            .max(Comparator.comparingLong(FinishedPortion::refused))
            .map(FinishedPortion::reason)
            .orElse(null));
  }

  /** Puts the table in its place. */
  public void commit() throws IOException {
    output.commit(state.table());
  }

  /** Gives up: nothing is kept to be gone on with. */
  public void discard() {
    output.keepUnfinished(false);
  }

  /** Says how to go on after a scoring that did not end well, when something of it is kept. */
  public void tellHowToGoOn() {
    if (!finished.isEmpty()) {
      progress.line(
          "%,d of %,d portions are scored and kept; the same command with --resume goes on",
          finished.size(), portions);
    }
  }
}
