package io.sparkrnn.train;

/** Hears how a training goes on, on the thread that drives it. */
public interface TrainingListener {
  /** Returns a listener that does nothing. */
  static TrainingListener silent() {
    return new TrainingListener() {};
  }

  /**
   * Rows were read, checked and assigned to shards.
   *
   * @param trainingRows rows to train on
   * @param validationRows rows held out
   * @param refused rows left out, by reason
   */
  default void rowsRead(long trainingRows, long validationRows, Refusals refused) {}

  /**
   * Pretrained vectors were copied into the embedding.
   *
   * @param coverage how many words and tokens have one
   */
  default void vectorsRead(VectorCoverage coverage) {}

  /**
   * Training begins or, after a checkpoint, goes on.
   *
   * @param config the configuration
   * @param firstEpoch the first epoch to come, from 1
   */
  default void started(TrainingConfig config, int firstEpoch) {}

  /**
   * A round was averaged.
   *
   * @param epoch epoch, from 1
   * @param round round of the epoch, from 1
   * @param rounds rounds of an epoch
   */
  default void roundFinished(int epoch, int round, int rounds) {}

  /**
   * An epoch was trained and evaluated.
   *
   * @param record what it did
   * @param history the course so far, this epoch included
   */
  default void epochFinished(EpochRecord record, TrainingHistory history) {}
}
