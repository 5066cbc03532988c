package io.sparkrnn.cli.training;

import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.spark.RnnEstimator;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.config.TrainingConfig;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The checkpoint of a training that is under way, beside its model: what --resume goes on from.
 *
 * <p>Without --resume the checkpoint of an earlier training is deleted, but only when it hears that
 * the training begins: a slip of the pen in its options must not cost it.
 */
public final class Checkpoints implements TrainingListener {
  private static final String ROLE = "checkpoint";
  private static final String FILES = "\\.?checkpoint-.*";

  private final FileSystem files;
  private final Path directory;
  private final boolean resume;
  private final Progress progress;
  private boolean begun;
  private boolean told;

  private Checkpoints(FileSystem files, Path directory, boolean resume, Progress progress) {
    this.files = files;
    this.directory = directory;
    this.resume = resume;
    this.progress = progress;
  }

  /** Returns the path of the checkpoint of a model. */
  public static String path(String model) {
    return new Path(model).suffix("." + ROLE).toString();
  }

  /**
   * Tells an estimator where to keep its checkpoint. With --resume the unfinished model that an
   * earlier training may have left is deleted.
   *
   * @throws InputException when the checkpoint's directory holds other files
   */
  static Checkpoints beside(AtomicOutput model, RnnEstimator<?, ?> estimator, Progress progress)
      throws IOException {
    Checkpoints checkpoints =
        new Checkpoints(model.files(), model.sibling(ROLE), estimator.getResume(), progress);
    checkpoints.exist();
    if (estimator.getResume()) {
      model.deleteAbandoned();
    }
    estimator.setCheckpointDir(checkpoints.directory.toString());
    return checkpoints;
  }

  /** Deletes what an earlier training left, and says so. */
  @Override
  public void started(TrainingConfig config, TrainingHistory history) {
    boolean first = !begun;
    begun = true;
    try {
      if (first && !resume && exist()) {
        delete();
        progress.line(
            "checkpoint of an earlier training deleted: %s (--resume would have gone on from it)",
            directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says why a training that was to go on begins anew. */
  @Override
  public void notResumed() {
    try {
      progress.line(
          exist()
              ? "the checkpoint at %s was cut off before it was whole; training from the start"
              : "no checkpoint at %s; training from the start",
          directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void interrupted() {
    tellHowToGoOn();
  }

  /** Says once how to go on after a training that did not end well, when it left a checkpoint. */
  synchronized void tellHowToGoOn() {
    try {
      if (begun && !told && exist()) {
        told = true;
        progress.line("checkpoint %s; the same command with --resume goes on from it", directory);
      }
    } catch (IOException | RuntimeException e) {
      // Nothing is known of the checkpoint; why training failed is told anyway.
      return;
    }
  }

  private boolean exist() throws IOException {
    List<String> names;
    try {
      names =
          Arrays.stream(files.listStatus(directory))
              .map(status -> status.getPath().getName())
              .toList();
    } catch (FileNotFoundException e) {
      return false;
    }
    if (!names.stream().allMatch(name -> name.matches(FILES))) {
      throw new InputException(
          directory + " holds other files than a checkpoint; give another --model or move them");
    }
    return !names.isEmpty();
  }

  /** Deletes the checkpoint. */
  void delete() throws IOException {
    files.delete(directory, true);
  }
}
