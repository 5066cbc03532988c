package io.sparkrnn.spark.training;

import io.sparkrnn.io.Checkpoint;
import io.sparkrnn.io.CheckpointStore;
import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.TrainingException;
import io.sparkrnn.train.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.SortedMap;
import org.apache.hadoop.fs.FSError;

/** The checkpoints of one training: where it goes on, and what it saves. */
final class SavedProgress {
  private static final System.Logger LOG = System.getLogger("io.sparkrnn.spark");

  private final CheckpointPlan plan;
  private final CheckpointStore store;
  private final SortedMap<String, String> fingerprint;

  /**
   * Wraps a store.
   *
   * @param plan when to save and whether to go on
   * @param store where checkpoints are, or null when the plan names no directory
   * @param fingerprint the settings that the numbers depend on. Not modified.
   */
  SavedProgress(CheckpointPlan plan, CheckpointStore store, SortedMap<String, String> fingerprint) {
    this.plan = plan;
    this.store = store;
    this.fingerprint = fingerprint;
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

  /**
   * Saves the progress when its time has come. When it cannot be written, that is logged: training
   * goes on, and the next checkpoint is tried again.
   *
   * @throws TrainingException if another training saves its progress in the same place
   */
  void save(TrainingProgress progress) {
    if (!plan.isDue(progress)) {
      return;
    }
    try {
      if (!store.isOurs()) {
        throw new TrainingException(
            "another training saves its checkpoints in "
                + plan.directory()
                + " too; give each a directory of its own");
      }
      store.write(new Checkpoint(progress, fingerprint));
    } catch (IOException | FSError e) { // an error is what a full disk is to Hadoop
      LOG.log(
          Level.WARNING,
          "cannot save a checkpoint in {0}: {1}; training goes on and will try again",
          plan.directory(),
          FailureReason.of(e));
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
}
