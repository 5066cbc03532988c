package io.sparkrnn.train;

import io.sparkrnn.train.config.ShardCount;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.course.RoundRecord;
import io.sparkrnn.train.preflight.Preflight;
import io.sparkrnn.train.shards.Refusals;
import io.sparkrnn.train.wide.WideRecord;
import java.util.List;
import java.util.function.Consumer;

/**
 * Several listeners as one.
 *
 * @param listeners who is told, in this order
 */
record TrainingListeners(List<TrainingListener> listeners) implements TrainingListener {
  private void tell(Consumer<TrainingListener> event) {
    listeners.forEach(event);
  }

  @Override
  public void rowsUnlabelled(long rows, boolean learnt) {
    tell(listener -> listener.rowsUnlabelled(rows, learnt));
  }

  @Override
  public void rowsRead(long trainingRows, long validationRows, Refusals refused) {
    tell(listener -> listener.rowsRead(trainingRows, validationRows, refused));
  }

  @Override
  public void startedFrom(StartRecord start) {
    tell(listener -> listener.startedFrom(start));
  }

  @Override
  public void vectorsRead(VectorCoverage coverage) {
    tell(listener -> listener.vectorsRead(coverage));
  }

  @Override
  public void resumed(int epochs, int rounds) {
    tell(listener -> listener.resumed(epochs, rounds));
  }

  @Override
  public void notResumed() {
    tell(TrainingListener::notResumed);
  }

  @Override
  public void interrupted() {
    tell(TrainingListener::interrupted);
  }

  @Override
  public void shardsChosen(ShardCount count) {
    tell(listener -> listener.shardsChosen(count));
  }

  @Override
  public void foreseen(Preflight preflight) {
    tell(listener -> listener.foreseen(preflight));
  }

  @Override
  public void started(TrainingConfig config, TrainingHistory history) {
    tell(listener -> listener.started(config, history));
  }

  @Override
  public void roundRecorded(RoundRecord round) {
    tell(listener -> listener.roundRecorded(round));
  }

  @Override
  public void roundFinished(int epoch, int round, int rounds) {
    tell(listener -> listener.roundFinished(epoch, round, rounds));
  }

  @Override
  public void epochFinished(EpochRecord record, TrainingHistory history) {
    tell(listener -> listener.epochFinished(record, history));
  }

  @Override
  public void wideCombined(WideRecord record) {
    tell(listener -> listener.wideCombined(record));
  }

  @Override
  public void pretrainingBegins(long texts) {
    tell(listener -> listener.pretrainingBegins(texts));
  }

  @Override
  public void pretrained(PretrainingRecord record) {
    tell(listener -> listener.pretrained(record));
  }

  @Override
  public void selfTrainingBegins(int round, int rounds, long rows) {
    tell(listener -> listener.selfTrainingBegins(round, rounds, rows));
  }

  @Override
  public void selfTrained(SelfTrainingRecord record, TrainingRecord best) {
    tell(listener -> listener.selfTrained(record, best));
  }

  @Override
  public void timeSpent(Phase phase, long nanos) {
    tell(listener -> listener.timeSpent(phase, nanos));
  }
}
