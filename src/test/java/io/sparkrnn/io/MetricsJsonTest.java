package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.Phase;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingRecorder;
import io.sparkrnn.train.course.RoundRecord;
import io.sparkrnn.train.course.RoundTimes;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Evaluations;
import io.sparkrnn.train.preflight.Preflights;
import io.sparkrnn.train.shards.Refusals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files of earlier versions are read, and the same are written. */
class MetricsJsonTest {
  private static void assertJson(String json, Evaluation evaluation) throws Exception {
    assertEquals(json, MetricsJson.of(evaluation).toString());
    EpochRecord epoch = new EpochRecord(1, 0.5, evaluation, 1, 2, 3);
    TrainingHistory history = new TrainingHistory(List.of(epoch), 1, new double[0]);
    byte[] file = Json.pretty(MetricsJson.of(history));
    assertEquals(history, MetricsJson.history(JsonObject.parse(file, "history.json")));
  }

  @Test
  void classes() throws Exception {
    Refusals refusals = new Refusals(Map.of("text is null", 3L));
    assertJson(
        "{\"rows\":10,\"rowsRefused\":3,\"accuracy\":0.7,\"logLoss\":0.5,\"auc\":null,"
            + "\"confusion\":[[4,1],[2,3]],\"refusals\":{\"text is null\":3}}",
        Evaluations.classes(
            10, refusals, new double[] {0.7, 0.5, Double.NaN}, new long[][] {{4, 1}, {2, 3}}));
  }

  @Test
  void classesWithoutRows() throws Exception {
    assertJson(
        "{\"rows\":0,\"rowsRefused\":0,\"accuracy\":null,\"logLoss\":null,\"auc\":null,"
            + "\"confusion\":[[0,0],[0,0]],\"refusals\":{}}",
        Evaluations.classes(
            0, Refusals.none(), new double[] {Double.NaN, Double.NaN, Double.NaN}, new long[2][2]));
  }

  /** The sums of two rounds of an epoch, in seconds, and how far shards drifted apart. */
  @Test
  void theCourseOfTheRounds() {
    TrainingRecorder recorder = new TrainingRecorder();
    assertFalse(MetricsJson.of(recorder.record()).has("observed"));
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
        MetricsJson.of(recorder.record()).get("observed").toString());
  }

  @Test
  void whatWasExpectedOfATraining() {
    TrainingRecorder recorder = new TrainingRecorder();
    recorder.foreseen(Preflights.example());
    JsonNode json = MetricsJson.of(recorder.record()).get("preflight");
    assertEquals("{\"smallest\":50,\"mean\":75.0,\"largest\":100}", json.get("rows").toString());
    assertEquals("[90,60]", json.get("classCounts").toString());
    assertEquals("{\"rows\":5,\"tokens\":40}", json.get("truncation").toString());
    assertEquals(8000, json.get("traffic").get("results").asLong());
    assertEquals(22000, json.get("driver").get("certain").asLong());
  }

  @Test
  void numbers() throws Exception {
    assertJson(
        "{\"rows\":10,\"rowsRefused\":0,\"accuracy\":null,\"logLoss\":null,\"auc\":null,"
            + "\"confusion\":[],\"meanSquaredError\":0.25,\"meanAbsoluteError\":0.4,"
            + "\"refusals\":{}}",
        Evaluations.numbers(10, 0, 0.25, 0.4));
  }
}
