package io.sparkrnn.train;

import io.sparkrnn.train.config.ShardCount;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.course.EpochCourse;
import io.sparkrnn.train.course.RoundRecord;
import io.sparkrnn.train.preflight.Preflight;
import io.sparkrnn.train.shards.Refusals;
import io.sparkrnn.train.wide.WideRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Hears of a training and keeps the record of it. Owned by the thread that drives the training. */
public final class TrainingRecorder implements TrainingListener {
  private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
  private final List<EpochCourse> course = new ArrayList<>();
  private EpochCourse epoch = EpochCourse.begun();
  private TrainingConfig config;
  private ShardCount shardCount;
  private long trainingRows;
  private long validationRows;
  private long unlabelledRows;
  private Refusals refusals = Refusals.none();
  private StartRecord start;
  private VectorCoverage vectors;
  private Preflight preflight;
  private TrainingHistory history = TrainingHistory.empty();
  private WideRecord wide;
  private PretrainingRecord pretraining;
  private SelfTrainingRecord selfTraining;

  /** Returns what happened so far. */
  public TrainingRecord record() {
    Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
    nanos.forEach((phase, spent) -> seconds.put(phase, spent * 1e-9));
    return new TrainingRecord(
        config,
        shardCount,
        trainingRows,
        validationRows,
        unlabelledRows,
        refusals,
        start,
        vectors,
        preflight,
        history,
        wide,
        pretraining,
        selfTraining,
        course,
        seconds);
  }

  @Override
  public void rowsUnlabelled(long rows, boolean learnt) {
    unlabelledRows = rows;
  }

  @Override
  public void rowsRead(long training, long validation, Refusals refused) {
    trainingRows = training;
    validationRows = validation;
    refusals = refused;
  }

  @Override
  public void startedFrom(StartRecord from) {
    start = from;
  }

  @Override
  public void vectorsRead(VectorCoverage coverage) {
    vectors = coverage;
  }

  @Override
  public void shardsChosen(ShardCount count) {
    shardCount = count;
  }

  @Override
  public void foreseen(Preflight foreseen) {
    preflight = foreseen;
  }

  @Override
  public void started(TrainingConfig started, TrainingHistory soFar) {
    config = started;
    history = soFar;
  }

  @Override
  public void roundRecorded(RoundRecord round) {
    epoch = epoch.plus(round);
  }

  @Override
  public void epochFinished(EpochRecord record, TrainingHistory soFar) {
    history = soFar;
    if (epoch.rounds() > 0) { // else all of them ran before a checkpoint
      course.add(epoch);
    }
    epoch = EpochCourse.begun();
  }

  @Override
  public void wideCombined(WideRecord combined) {
    wide = combined;
  }

  @Override
  public void pretrained(PretrainingRecord record) {
    pretraining = record;
    course.clear();
  }

  @Override
  public void selfTrained(SelfTrainingRecord record, TrainingRecord best) {
    selfTraining = record;
    config = best.config();
    history = best.history();
    wide = best.wide();
  }

  @Override
  public void timeSpent(Phase phase, long spent) {
    nanos.merge(phase, spent, Long::sum);
    if (phase == Phase.EVALUATING) {
      epoch = epoch.plusEvaluating(spent);
    }
  }
}
