package io.sparkrnn.spark.training;

import io.sparkrnn.io.CheckpointStore;
import io.sparkrnn.spark.storage.HadoopStorage;
import io.sparkrnn.train.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;

/**
 * When a training saves its progress, and whether it goes on from what was saved.
 *
 * @param directory where checkpoints are, on any Hadoop file system; empty for none
 * @param interval epochs from one checkpoint to the next, less than 1 for no writing
 * @param rounds rounds of an epoch from one checkpoint to the next, 0 for none within epochs
 * @param resume whether to go on from the checkpoint that is there
 */
public record CheckpointPlan(String directory, int interval, int rounds, boolean resume) {

  /** Returns whether it is time to save. */
  boolean isDue(TrainingProgress progress) {
    if (directory.isEmpty() || interval < 1) {
      return false;
    }
    return progress.isWithinEpoch()
        ? rounds > 0 && progress.state().round() % rounds == 0
        : progress.state().epoch() % interval == 0;
  }

  /** Returns the saved progress of a training with this fingerprint; nothing is read yet. */
  SavedProgress open(SortedMap<String, String> fingerprint, Configuration configuration) {
    try {
      CheckpointStore store =
          directory.isEmpty()
              ? null
              : new CheckpointStore(new HadoopStorage(directory, configuration));
      return new SavedProgress(this, store, fingerprint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
