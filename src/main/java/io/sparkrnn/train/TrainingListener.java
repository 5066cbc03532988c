package io.sparkrnn.train;

import io.sparkrnn.train.config.ShardCount;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.course.RoundRecord;
import io.sparkrnn.train.preflight.Preflight;
import io.sparkrnn.train.shards.Refusals;
import io.sparkrnn.train.wide.WideRecord;
import java.util.List;

/** Hears how a training goes on, on the thread that drives it. */
public interface TrainingListener {
  /** Returns a listener that does nothing. */
  static TrainingListener silent() {
    return all();
  }

  /** Returns a listener that tells several, in this order, all that it hears. */
  static TrainingListener all(TrainingListener... listeners) {
    return new TrainingListeners(List.of(listeners));
  }

  /**
   * There are rows without a label; rows whose label cannot be read are refused instead.
   *
   * @param rows their number
   * @param learnt whether they are learnt from, or left out
   * @param rows how many
   */
  default void rowsUnlabelled(long rows, boolean learnt) {}

  /**
   * Rows were read, checked and assigned to shards.
   *
   * @param trainingRows rows to train on
   * @param validationRows rows held out
   * @param refused rows left out, by reason
   */
  default void rowsRead(long trainingRows, long validationRows, Refusals refused) {}

  /**
   * Training starts from a model.
   *
   * @param start what was taken from it
   */
  default void startedFrom(StartRecord start) {}

  /**
   * Pretrained vectors were copied into the embedding.
   *
   * @param coverage how many words and tokens have one
   */
  default void vectorsRead(VectorCoverage coverage) {}

  /**
   * Training goes on from what was saved.
   *
   * @param epochs whole epochs that are done
   * @param rounds rounds of the epoch after them that are done
   */
  default void resumed(int epochs, int rounds) {}

  /** Training was to go on from what was saved, but nothing whole was: it begins anew. */
  default void notResumed() {}

  /**
   * The process is told to end; what was reached is saved, if it could be. Training hears of
   * nothing after this, which comes on a thread of its own.
   */
  default void interrupted() {}

  /**
   * The number of shards was chosen, because nobody set it.
   *
   * @param count how many, and what an epoch takes
   */
  default void shardsChosen(ShardCount count) {}

  /**
   * It is known what the training will be like.
   *
   * @param preflight rows in shards, memory and what rounds send; its time if somebody measured it
   */
  default void foreseen(Preflight preflight) {}

  /**
   * Training begins or, after a checkpoint, goes on.
   *
   * @param config the configuration
   * @param history the whole epochs so far, none unless after a checkpoint
   */
  default void started(TrainingConfig config, TrainingHistory history) {}

  /**
   * A round was averaged; this is all that there is to say of it.
   *
   * @param round what it did, and where its time went
   */
  default void roundRecorded(RoundRecord round) {}

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

  /**
   * A wide branch was trained and combined with the network.
   *
   * @param record what each part is worth
   */
  default void wideCombined(WideRecord record) {}

  /**
   * Words and layers are about to be trained as a language model; what is told until it is over is
   * about that.
   *
   * @param texts how many it reads
   */
  default void pretrainingBegins(long texts) {}

  /**
   * The language model is trained; what is told from now on is about learning from labels.
   *
   * @param record what happened
   */
  default void pretrained(PretrainingRecord record) {}

  /**
   * Training begins again, on rows that nobody labelled too.
   *
   * @param round from 1
   * @param rounds of how many
   * @param rows rows that the model before has labelled
   */
  default void selfTrainingBegins(int round, int rounds, long rows) {}

  /**
   * Training on rows that nobody labelled is over.
   *
   * @param record what it brought
   * @param best what happened in the training whose model is the result
   */
  default void selfTrained(SelfTrainingRecord record, TrainingRecord best) {}

  /**
   * Time was spent.
   *
   * @param phase on what
   * @param nanos how long, in nanoseconds; spans of a phase add up
   */
  default void timeSpent(Phase phase, long nanos) {}
}
