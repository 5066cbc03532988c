package io.sparkrnn.spark.training;

import io.sparkrnn.io.CheckpointStore;
import io.sparkrnn.spark.storage.HadoopStorage;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import org.apache.hadoop.conf.Configuration;

/**
 * When a training saves its progress, and whether it goes on from what was saved. What is saved is
 * the same whenever it is.
 *
 * @param directory where checkpoints are, on any Hadoop file system; empty for none
 * @param interval epochs from one checkpoint to the next, less than 1 for no writing
 * @param rounds rounds of an epoch from one checkpoint to the next, 0 for none within epochs
 * @param minutes from one checkpoint to the next within epochs, 0 for none
 * @param toKeep how many checkpoints stay
 * @param resume whether to go on from the checkpoint that is there
 */
public record CheckpointPlan(
    String directory, int interval, int rounds, double minutes, int toKeep, boolean resume) {
  private static final double NANOS_PER_MINUTE = 60e9;

  /**
   * Returns the plan of one training of several, from 0. Only the first is saved: what follows from
   * it is trained again, with the same bits.
   */
  CheckpointPlan ofTime(int time) {
    return time == 0 ? this : new CheckpointPlan("", interval, rounds, minutes, toKeep, false);
  }

  /** Returns whether there is anything to write. */
  boolean writes() {
    return !directory.isEmpty() && interval >= 1;
  }

  /** Returns whether it is time to save. */
  boolean isDue(TrainingProgress progress, long nanosSinceTheLast) {
    if (!writes()) {
      return false;
    }
    return progress.isWithinEpoch()
        ? isDueWithinEpoch(progress.state().round(), nanosSinceTheLast)
        : progress.state().epoch() % interval == 0;
  }

  private boolean isDueWithinEpoch(int round, long nanosSinceTheLast) {
    return (rounds > 0 && round % rounds == 0)
        || (minutes > 0 && nanosSinceTheLast >= minutes * NANOS_PER_MINUTE);
  }

  /**
   * Returns the saved progress of a training; nothing is read yet.
   *
   * @param fingerprint the settings that its numbers depend on. Not modified.
   * @param listener is told when progress was saved because the process has to end
   * @param nanoTime a clock that counts nanoseconds
   */
  SavedProgress open(
      SortedMap<String, String> fingerprint,
      Configuration configuration,
      TrainingListener listener,
      LongSupplier nanoTime) {
    try {
      CheckpointStore store =
          directory.isEmpty()
              ? null
              : new CheckpointStore(new HadoopStorage(directory, configuration), toKeep);
      return new SavedProgress(this, store, fingerprint, listener, nanoTime);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
