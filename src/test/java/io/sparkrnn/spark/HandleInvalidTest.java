package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.train.TrainingHistory;
import java.util.List;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Rows that cannot be scored: an error, or left out, or kept. */
class HandleInvalidTest {
  private final RnnClassificationModel model = model();
  private final Dataset<Row> rows =
      TinyRows.data(30)
          .coalesce(1)
          .selectExpr("id", "if(id % 3 = 0, array(), features) as features", "label");

  private static RnnClassificationModel model() {
    NetworkSpec network = NetworkSpec.binary(CellType.LSTM, TinyRows.VOCABULARY, 5, 3);
    float[] parameters = new Network(network).initialParameters(5);
    return RnnClassificationModel.of(
        new SavedModel(network, parameters, null, null, List.of(), TrainingHistory.empty()));
  }

  @Test
  void theFirstIsAnErrorThatSaysWhatToDo() {
    String message =
        assertThrows(Exception.class, () -> model.transform(rows).collectAsList()).toString();
    assertTrue(message.contains("a row cannot be scored: features hold no token id"), message);
    assertTrue(message.contains("handleInvalid skip"), message);
  }

  @Test
  void theyAreLeftOut() {
    Dataset<Row> scored =
        model.copy(model.extractParamMap()).setHandleInvalid("skip").transform(rows);
    assertEquals(model.transformSchema(rows.schema()), scored.schema());
    assertEquals(
        rows.where("id % 3 != 0").select("id").collectAsList(),
        scored.select("id").collectAsList());
    assertEquals(20, scored.where("prediction is not null").count());
    assertEquals(1, PassedColumnsTest.scorings(scored));
    double area = new BinaryClassificationEvaluator().evaluate(scored);
    assertTrue(area >= 0 && area <= 1, "" + area);
  }

  @Test
  void outputColumnsMayHaveAnyNameWhenTheyAreLeftOut() {
    for (String name : List.of("answer", "Answer", "scored", "rnn")) {
      Dataset<Row> scored =
          model
              .copy(model.extractParamMap())
              .setHandleInvalid("skip")
              .setPredictionCol(name)
              .transform(rows);
      assertEquals(20, scored.where("`" + name + "` is not null").count(), name);
    }
  }

  @Test
  void theyAreKeptWithoutPrediction() {
    List<Row> scored =
        model.setHandleInvalid("keep").setReasonCol("reason").transform(rows).collectAsList();
    assertEquals(30, scored.size());
    assertNull(scored.get(3).getAs("prediction"));
    assertEquals("features hold no token id", scored.get(3).getAs("reason"));
    assertNull(scored.get(4).getAs("reason"));
  }

  @Test
  void theEstimatorHandsItOnToItsModel() {
    RnnClassifier classifier = TinyRows.classifier().setMaxIter(1).setHandleInvalid("skip");
    assertEquals("skip", classifier.fit(TinyRows.data(40)).getHandleInvalid());
    assertEquals("error", TinyRows.classifier().getHandleInvalid());
  }
}
