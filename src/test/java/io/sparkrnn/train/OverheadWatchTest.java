package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.Rounds;
import io.sparkrnn.train.course.RoundRecord;
import io.sparkrnn.train.course.RoundTimes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverheadWatchTest {
  private static final long MILLI = 1_000_000;

  private final List<String> told = new ArrayList<>();
  private final OverheadWatch watch = new OverheadWatch("--batches-per-round", told::add);

  private void start(int shards) {
    Rounds rounds = new Rounds(shards, 5, new OuterUpdate.Mean());
    watch.started(TinyData.config().with(rounds), TrainingHistory.empty());
  }

  /** An epoch of rounds that take a second each, of which so much is computing. */
  private void epoch(int epoch, int rounds, long computingMillis, long evaluatingMillis) {
    for (int round = 1; round <= rounds; round++) {
      long computing = computingMillis * MILLI;
      long rest = 1000 * MILLI - computing;
      RoundTimes times = new RoundTimes(rest / 4, computing, rest / 4, rest / 2, 0);
      watch.roundRecorded(new RoundRecord(epoch, round, rounds, 1, 0.5, 0, times));
    }
    watch.timeSpent(Phase.EVALUATING, evaluatingMillis * MILLI);
    watch.timeSpent(Phase.TRAINING, 99_000 * MILLI);
    EpochRecord record = new EpochRecord(epoch, 0.5, null, 1, 1, 1);
    watch.epochFinished(record, new TrainingHistory(List.of(record), epoch, new double[0]));
  }

  @Test
  void theSecondEpochIsJudgedOnce() {
    start(8);
    epoch(1, 4, 100, 0);
    assertEquals(List.of(), told);
    epoch(2, 4, 500, 1000);
    epoch(3, 4, 100, 0);
    assertEquals(
        List.of(
            "40 % of epoch 2 (2.0 of 5.0 s) went to sending, averaging and waiting in 4 rounds; fewer"
                + " shards, longer rounds (--batches-per-round) or more rows per shard compute more"),
        told);
  }

  @Test
  void onlyWhatCanBeDoneIsAdvised() {
    start(8);
    for (int epoch = 1; epoch <= 2; epoch++) {
      RoundTimes times = new RoundTimes(0, 1000 * MILLI, 0, 9000 * MILLI, 0);
      watch.roundRecorded(new RoundRecord(epoch, 1, 1, 1, 0.5, 0, times));
      epoch(epoch, 0, 0, 0);
    }
    assertEquals(
        "90 % of epoch 2 (9.0 of 10.0 s) went to sending, averaging and waiting in 1 round; fewer"
            + " shards or more rows per shard compute more",
        told.get(0));
  }

  @Test
  void computingAndEvaluationAreNoOverhead() {
    start(8);
    epoch(1, 4, 100, 0);
    epoch(2, 4, 600, 2000);
    assertEquals(List.of(), told);
  }

  @Test
  void lessThanTwoSecondsAreNotWorthAWord() {
    start(2);
    epoch(1, 3, 500, 0);
    epoch(2, 3, 500, 0);
    assertEquals(List.of(), told);
  }

  @Test
  void nothingIsSaidWhereNothingCanBeDone() {
    start(1);
    epoch(1, 1, 100, 0);
    epoch(2, 1, 100, 0);
    assertEquals(List.of(), told);
  }
}
