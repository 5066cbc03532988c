package io.sparkrnn.io.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.train.Phase;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingRecorder;
import io.sparkrnn.train.course.RoundRecord;
import io.sparkrnn.train.course.RoundTimes;
import io.sparkrnn.train.preflight.Preflights;
import io.sparkrnn.train.wide.Combination;
import io.sparkrnn.train.wide.WideRecord;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
  /** The sums of two rounds of an epoch, in seconds, and how far shards drifted apart. */
  @Test
  void theCourseOfTheRounds() {
    TrainingRecorder recorder = new TrainingRecorder();
    assertFalse(RecordJson.of(recorder.record()).has("observed"));
    RoundTimes times =
        new RoundTimes(250_000_000, 1_500_000_000, 125_000_000, 750_000_000, 500_000_000);
    recorder.roundRecorded(new RoundRecord(1, 1, 2, 10, 0.5, 0.25, times));
    recorder.roundRecorded(new RoundRecord(1, 2, 2, 10, 0.5, 0.75, times));
    recorder.timeSpent(Phase.EVALUATING, 2_000_000_000);
    recorder.epochFinished(null, TrainingHistory.empty());
    String seconds =
        "{\"broadcasting\":0.5,\"computing\":3.0,\"averaging\":0.25,\"waiting\":1.5,"
            + "\"evaluating\":2.0,\"imbalance\":1.0}";
    assertEquals(
        "{\"rounds\":2,\"seconds\":"
            + seconds
            + ",\"epochs\":[{\"epoch\":1,\"rounds\":2,\"seconds\":"
            + seconds
            + ",\"divergence\":{\"mean\":0.5,\"largest\":0.75}}]}",
        RecordJson.of(recorder.record()).get("observed").toString());
  }

  @Test
  void whatWasExpectedOfATraining() {
    TrainingRecorder recorder = new TrainingRecorder();
    recorder.foreseen(Preflights.example());
    JsonNode json = RecordJson.of(recorder.record()).get("preflight");
    assertEquals("{\"smallest\":50,\"mean\":75.0,\"largest\":100}", json.get("rows").toString());
    assertEquals("[90,60]", json.get("classCounts").toString());
    assertEquals("{\"rows\":5,\"tokens\":40}", json.get("truncation").toString());
    assertEquals(8000, json.get("traffic").get("results").asLong());
    assertEquals(22000, json.get("driver").get("certain").asLong());
  }

  @Test
  void whatEachBranchBroughtIsThere() {
    TrainingRecorder recorder = new TrainingRecorder();
    assertFalse(RecordJson.of(recorder.record()).has("wide"));
    recorder.wideCombined(
        new WideRecord(7, 9, new Combination(0.75, 0.5, -1), 0, null, null, null));
    assertEquals(
        "{\"features\":7,\"passes\":9,\"stackedRows\":0,"
            + "\"combination\":{\"wide\":0.75,\"recurrent\":0.5,\"bias\":[-1.0]},"
            + "\"validation\":{\"recurrent\":null,\"wide\":null,\"both\":null}}",
        RecordJson.of(recorder.record()).get("wide").toString());
  }
}
