package io.sparkrnn.train;

import io.sparkrnn.train.metrics.Evaluation;
import java.io.Serializable;

/**
 * What one epoch did.
 *
 * @param epoch number of the epoch, from 1
 * @param trainLoss weighted mean loss over the rows trained on, each before its step
 * @param validation evaluation of the averaged model after the epoch, or null without validation
 *     rows
 * @param seconds wall time, validation included
 * @param reviewsPerSecond rows trained on per second of training time
 * @param learningRate the learning rate at the end of the epoch
 */
public record EpochRecord(
    int epoch,
    double trainLoss,
    Evaluation validation,
    double seconds,
    double reviewsPerSecond,
    double learningRate)
    implements Serializable {
  public EpochRecord {
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch must be >= 1, got " + epoch);
    }
  }

  /**
   * Returns the figure that early stopping and plateaus watch: the validation loss, or the training
   * loss without validation rows.
   */
  double watchedLoss() {
    if (validation == null) {
      return trainLoss;
    }
    return validation.value(validation.watched());
  }
}
