package io.sparkrnn.cli.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.config.ShardCount;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Evaluations;
import io.sparkrnn.train.preflight.Preflights;
import io.sparkrnn.train.shards.Refusals;
import io.sparkrnn.train.wide.Combination;
import io.sparkrnn.train.wide.WideRecord;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Progress progress(boolean terminal) {
    return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, false);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void finishEpoch(Progress progress, Evaluation validation) {
    EpochRecord record = new EpochRecord(1, 0.6931, validation, 20, 1234.5, 0.001);
    progress.epochFinished(record, new TrainingHistory(List.of(record), 1, new double[0]));
  }

  private static Evaluation evaluation() {
    long[][] confusion = {{4, 1}, {2, 3}};
    return Evaluations.classes(10, Refusals.none(), new double[] {0.7, 0.5, 0.81}, confusion);
  }

  @Test
  void anEpochIsOneLineWithRateLossValidationAndTimeLeft() {
    Progress progress = progress(false);
    progress.started(TrainingConfig.defaults(), TrainingHistory.empty());
    finishEpoch(progress, evaluation());
    assertEquals(
        "epoch 1/10  1,235 reviews/s  loss 0.6931  validation loss 0.5000, accuracy 0.7000,"
            + " auc 0.8100  20.0 s, at most 3 min 0 s left",
        printed().strip());
  }

  @Test
  void whereItGoesOnIsTold() {
    progress(false).resumed(3, 0);
    progress(false).resumed(0, 40);
    assertEquals("going on after epoch 3\ngoing on after epoch 0, round 40\n", printed());
  }

  @Test
  void theNumberOfShardsIsExplained() {
    progress(false).shardsChosen(new ShardCount(1, 4.2));
    progress(false).shardsChosen(new ShardCount(32, 4000));
    assertEquals(
        """
        1 shard: an epoch takes one core about 4 s, more shards would only wait for each other
        32 shards: an epoch takes one core about 1 h 6 min
        """,
        printed());
  }

  @Test
  void whatIsExpectedIsOneLine() {
    progress(false).foreseen(Preflights.example());
    assertEquals(1, printed().lines().count());
    assertTrue(printed().startsWith("2 shards, 1 round an epoch, "), printed());
  }

  @Test
  void withoutATerminalThereAreWholeLinesOnly() {
    Progress progress = progress(false);
    progress.started(TrainingConfig.defaults(), TrainingHistory.empty());
    progress.roundFinished(1, 1, 2);
    finishEpoch(progress, null);
    progress.finish();
    assertFalse(printed().contains("\r"));
    assertEquals(1, printed().lines().count());
  }

  @Test
  void withoutATerminalALongEpochIsNotSilent() {
    AtomicLong nanos = new AtomicLong();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Progress progress = new Progress(out, false, false, nanos::get);
    progress.rowsRead(1000, 0, Refusals.none());
    progress.started(TrainingConfig.defaults(), TrainingHistory.empty());
    bytes.reset();
    for (int round = 1; round <= 10; round++) {
      nanos.addAndGet(13_000_000_000L);
      progress.roundFinished(1, round, 10);
    }
    assertEquals(
        List.of("epoch 1/10, round 3/10", "epoch 1/10, round 6/10", "epoch 1/10, round 9/10"),
        printed().lines().map(line -> line.replaceFirst("  .*", "")).toList());
  }

  @Test
  void onATerminalTheEpochUnderWayIsWrittenOver() {
    Progress progress = progress(true);
    progress.started(TrainingConfig.defaults(), TrainingHistory.empty());
    progress.roundFinished(1, 1, 2);
    assertTrue(printed().startsWith("epoch 1/10 ...\repoch 1/10, round 1/2 "), printed());
  }

  @Test
  void anEpochUnderWayShowsItsRateAndTheTimeLeftSoFar() {
    AtomicLong nanos = new AtomicLong(5);
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Progress progress = new Progress(out, true, false, nanos::get);
    progress.rowsRead(1000, 0, Refusals.none());
    progress.started(TrainingConfig.defaults(), TrainingHistory.empty());
    nanos.addAndGet(2_000_000_000);
    progress.roundFinished(1, 1, 4);
    assertEquals("epoch 1/10, round 1/4  125 reviews/s, at most 1 min 18 s left", live());
    finishEpoch(progress, null);
    assertEquals("epoch 2/10 ..., at most 3 min 0 s left", live());
    nanos.addAndGet(10_000_000_000L);
    progress.roundFinished(2, 2, 4);
    assertEquals("epoch 2/10, round 2/4  50 reviews/s, at most 2 min 50 s left", live());
  }

  @Test
  void whatIsUnderWayIsShownInOneLineOfATerminal() {
    Progress progress = progress(true);
    progress.now("reading %s ...", "a".repeat(100));
    assertEquals(79, live().length());
    assertTrue(live().endsWith("a ..."), live());
    progress.line("read");
    assertEquals("read", printed().substring(printed().lastIndexOf('\r')).strip());
    Progress elsewhere = progress(false);
    bytes.reset();
    elsewhere.now("reading");
    assertEquals("", printed());
  }

  /** What the live line shows now. */
  private String live() {
    String last = printed().substring(printed().lastIndexOf('\n') + 1);
    return last.substring(last.lastIndexOf('\r') + 1).stripTrailing();
  }

  @Test
  void refusedRowsAreCountedByReason() {
    Map<String, Long> refused = new LinkedHashMap<>();
    refused.put("text is null", 2000L);
    refused.put("label is null", 1L);
    progress(false).rowsRead(1000, 200, new Refusals(refused));
    assertTrue(printed().contains("training on 1,000 reviews, validating on 200"));
    assertTrue(printed().contains("2,001 rows refused: text is null (2,000), label is null (1)"));
  }

  @Test
  void whatEachBranchBroughtIsTold() {
    WideRecord none = new WideRecord(1200, 9, Combination.mean(1), 0, null, null, null);
    progress(false).wideCombined(none);
    assertEquals(
        "wide branch of 1,200 n-grams: factors 0.50 wide, 0.50 recurrent, for want of validation"
            + " rows",
        printed().strip());
    bytes.reset();
    Evaluation some = evaluation();
    progress(false)
        .wideCombined(new WideRecord(5, 9, new Combination(1, 0.25, 0), 9, some, some, some));
    assertEquals(4, printed().lines().count());
    assertTrue(printed().contains("factors 1.00 wide, 0.25 recurrent\n"), printed());
    assertTrue(printed().contains("validation both             " + some.brief()), printed());
  }

  @Test
  void reviewsWithoutALabelAreToldIfThereAreAny() {
    progress(false).rowsUnlabelled(0, false);
    assertEquals("", printed());
    progress(false).rowsUnlabelled(1200, false);
    assertEquals("1,200 reviews without a label left out", printed().strip());
    bytes.reset();
    progress(false).rowsUnlabelled(1200, true);
    assertEquals("1,200 reviews without a label, to learn from", printed().strip());
  }
}
