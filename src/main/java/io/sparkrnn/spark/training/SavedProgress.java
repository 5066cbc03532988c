package io.sparkrnn.spark.training;

import io.sparkrnn.io.Checkpoint;
import io.sparkrnn.io.CheckpointStore;
import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.TrainingException;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * The checkpoints of one training: where it goes on, and what it saves.
 *
 * <p>While it is open, a process that is told to end saves what the training has reached since the
 * last checkpoint: the rounds that are whole. Close it when the training ends, however it ends.
 */
final class SavedProgress implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.sparkrnn.spark");

  /** Before Spark, which takes 30 more than the file systems, stops under the training. */
  private static final int HOOK_PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 50;

  private final CheckpointPlan plan;
  private final CheckpointStore store;
  private final SortedMap<String, String> fingerprint;
  private final TrainingListener listener;
  private final LongSupplier nanoTime;
  private final Runnable hook = this::end;
  private TrainingProgress unsaved;
  private long savedAt;
  private boolean isLate;
  private boolean ended;

  /**
   * Wraps a store.
   *
   * @param plan when to save and whether to go on
   * @param store where checkpoints are, or null when the plan names no directory
   * @param fingerprint the settings that the numbers depend on. Not modified.
   * @param listener is told when progress was saved because the process has to end
   * @param nanoTime a clock that counts nanoseconds
   */
  SavedProgress(
      CheckpointPlan plan,
      CheckpointStore store,
      SortedMap<String, String> fingerprint,
      TrainingListener listener,
      LongSupplier nanoTime) {
    this.plan = plan;
    this.store = store;
    this.fingerprint = fingerprint;
    this.listener = listener;
    this.nanoTime = nanoTime;
    savedAt = nanoTime.getAsLong();
    if (plan.writes()) {
      ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
    }
  }

  /**
   * Returns the saved progress to go on from, or {@code initial} when there is none to go on from.
   *
   * @throws InputException if the saved progress is that of another training
   */
  TrainingProgress start(TrainingProgress initial) {
    if (store == null || !plan.resume()) {
      return initial;
    }
    try {
      return store.read().map(this::checked).orElse(initial);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TrainingProgress checked(Checkpoint checkpoint) {
    try {
      checkpoint.checkContinuedBy(fingerprint);
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
    return checkpoint.progress();
  }

  /**
   * Saves the progress when its time has come. When it cannot be written, that is logged: training
   * goes on, and it is tried again after every round.
   *
   * @throws TrainingException if another training saves its progress in the same place
   */
  synchronized void save(TrainingProgress progress) {
    unsaved = progress;
    if (isLate || plan.isDue(progress, nanoTime.getAsLong() - savedAt)) {
      write();
    }
  }

  /** Saves what was reached since the last checkpoint, however little it is. */
  synchronized void saveAll() {
    if (plan.writes() && unsaved != null) {
      write();
    }
  }

  private void write() {
    if (ended) {
      return;
    }
    try {
      if (!store.isOurs()) {
        throw new TrainingException(
            "another training saves its checkpoints in "
                + plan.directory()
                + " too; give each a directory of its own");
      }
      store.write(new Checkpoint(unsaved, fingerprint));
      unsaved = null;
      isLate = false;
    } catch (IOException | FSError e) { // an error is what a full disk is to Hadoop
      isLate = true;
      LOG.log(
          Level.WARNING,
          "cannot save a checkpoint in {0}: {1}; training goes on and will try again",
          plan.directory(),
          FailureReason.of(e));
    }
    savedAt = nanoTime.getAsLong();
  }

  /** The process is told to end; the training may be in the middle of a round. */
  private synchronized void end() {
    saveAll();
    ended = true;
    listener.interrupted();
  }

  @Override
  public void close() {
    if (plan.writes() && !ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
