package io.sparkrnn.cli.training;

import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.preflight.Preflight;

/** The rows of a training, read: texts cut into words, or what networks read as it is. */
interface TrainingRows extends AutoCloseable {
  /**
   * Returns how many rows have no label, and are left out.
   *
   * @throws io.sparkrnn.spark.input.InputException when none has one
   */
  long unlabelled();

  /**
   * Learns what is to be known of the rows before training, such as words.
   *
   * @throws io.sparkrnn.spark.input.InputException when no row is left to train on
   */
  void prepare();

  /** Returns what training on them would be like. Trains nothing and writes nothing. */
  Preflight foresee();

  /** Trains on them. */
  RnnModel<?> train();

  /** Evaluates a model on the rows kept aside for it. */
  Evaluation test(RnnModel<?> model);

  @Override
  void close();
}
