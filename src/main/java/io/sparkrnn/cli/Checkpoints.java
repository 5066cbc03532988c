package io.sparkrnn.cli;

import io.sparkrnn.spark.RnnClassifier;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The checkpoint of a training that is under way, beside its model: what --resume goes on from. */
final class Checkpoints {
  private static final String ROLE = "checkpoint";

  private final FileSystem files;
  private final Path directory;

  private Checkpoints(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /** Returns the path of the checkpoint of a model. */
  static String path(String model) {
    return new Path(model).suffix("." + ROLE).toString();
  }

  /**
   * Tells a classifier where to keep its checkpoint, every epoch unless it was told otherwise.
   * Without --resume what an earlier training left there is deleted; with it, the unfinished model
   * that the earlier one may have left when it was killed.
   */
  static Checkpoints beside(AtomicOutput model, RnnClassifier classifier) throws IOException {
    Path place = model.sibling(ROLE);
    Checkpoints checkpoints = new Checkpoints(model.files(), place);
    if (classifier.getResume()) {
      model.deleteAbandoned();
    } else {
      checkpoints.delete();
    }
    if (!classifier.isSet(classifier.checkpointInterval())) {
      classifier.setCheckpointInterval(1);
    }
    classifier.setCheckpointDir(place.toString());
    return checkpoints;
  }

  /** Deletes the checkpoint. */
  void delete() throws IOException {
    files.delete(directory, true);
  }
}
