package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.io.json.Json;
import io.sparkrnn.io.json.JsonObject;
import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Evaluations;
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

  @Test
  void numbers() throws Exception {
    assertJson(
        "{\"rows\":10,\"rowsRefused\":0,\"accuracy\":null,\"logLoss\":null,\"auc\":null,"
            + "\"confusion\":[],\"meanSquaredError\":0.25,\"meanAbsoluteError\":0.4,"
            + "\"refusals\":{}}",
        Evaluations.numbers(10, 0, 0.25, 0.4));
  }
}
