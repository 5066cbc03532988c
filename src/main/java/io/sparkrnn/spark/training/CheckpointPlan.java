package io.sparkrnn.spark.training;

import io.sparkrnn.io.Checkpoint;
import io.sparkrnn.io.CheckpointStore;
import io.sparkrnn.io.Fingerprint;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.spark.storage.HadoopStorage;
import io.sparkrnn.train.TrainingConfig;
import io.sparkrnn.train.TrainingProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** When a training saves its progress, and where it goes on. */
final class CheckpointPlan {
  private final CheckpointStore store;
  private final int interval;
  private final boolean resume;
  private final SortedMap<String, String> fingerprint;

  private CheckpointPlan(
      CheckpointStore store, int interval, boolean resume, SortedMap<String, String> fingerprint) {
    this.store = store;
    this.interval = interval;
    this.resume = resume;
    this.fingerprint = fingerprint;
  }

  /** Returns the plan that the parameters describe for a training on these rows. */
  static CheckpointPlan of(RnnClassifier params, TrainingConfig config, ShardedRows rows) {
    if (params.getCheckpointDir().isEmpty()) {
      return new CheckpointPlan(null, -1, false, new TreeMap<>());
    }
    SortedMap<String, String> fingerprint = new TreeMap<>(Fingerprint.of(config));
    fingerprint.put("aggregationDepth", Integer.toString(params.getAggregationDepth()));
    fingerprint.put("rows", Long.toString(rows.total().trainingRows()));
    fingerprint.put("rowsKey", Long.toHexString(rows.total().keySum()));
    if (!params.getPretrainedVectors().isEmpty()) {
      fingerprint.put("pretrainedVectors", params.getPretrainedVectors());
      fingerprint.put("missingVectors", params.getMissingVectors());
    }
    try {
      CheckpointStore store =
          new CheckpointStore(
              new HadoopStorage(params.getCheckpointDir(), rows.context().hadoopConfiguration()));
      return new CheckpointPlan(
          store, params.getCheckpointInterval(), params.getResume(), fingerprint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the saved progress to go on from, or {@code initial} when there is none to go on from.
   *
   * @throws InputException if the saved progress is that of another training
   */
  TrainingProgress start(TrainingProgress initial) {
    if (!resume) {
      return initial;
    }
    try {
      return store.read().map(this::checked).orElse(initial);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Saves the progress when its time has come: after whole epochs. */
  void save(TrainingProgress progress) {
    if (store == null
        || interval < 1
        || progress.isWithinEpoch()
        || progress.state().epoch() % interval != 0) {
      return;
    }
    try {
      store.write(new Checkpoint(progress, fingerprint));
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
}
