package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.nn.ValueHead;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RnnRegressorTest {
  @TempDir private Path folder;

  /** The label is far from 0 and from 1: a thousand and ten times the number of odd ids. */
  private static List<Row> rows(int count) {
    List<Row> rows = new ArrayList<>();
    for (Row row : TinyRows.rows(count, 3)) {
      double odd = 0;
      for (Integer id : (Integer[]) row.get(1)) {
        odd += id % 2;
      }
      rows.add(RowFactory.create(row.get(0), row.get(1), 1000 + 10 * odd));
    }
    return rows;
  }

  private static RnnRegressor regressor() {
    return new RnnRegressor("regressor")
        .setUnits("6")
        .setEmbeddingSize(5)
        .setVocabularySize(TinyRows.VOCABULARY)
        .setBatchSize(8)
        .setMaxIter(12)
        .setOptimizer("adam")
        .setStepSize(0.02)
        .setShards(2)
        .setValidationSplit(0.2)
        .setSeed(7);
  }

  @Test
  void numbersArePredictedOnTheirOwnScaleAndSparkAgreesOnTheErrors() throws Exception {
    Dataset<Row> data = TinyRows.data(rows(300));
    RnnRegressionModel model = regressor().setMaxIter(25).fit(data);
    Evaluation evaluation = model.evaluate(data);
    assertEquals(Set.of(Metric.RMSE, Metric.MAE, Metric.R2), evaluation.metrics().keySet());
    assertTrue(evaluation.value(Metric.R2) > 0.8, evaluation.toString());
    Dataset<Row> scored = model.transform(data);
    assertEquals(List.of("id", "features", "label", "prediction"), List.of(scored.columns()));
    for (Metric metric : evaluation.metrics().keySet()) {
      double spark =
          new RegressionEvaluator().setMetricName(metric.name().toLowerCase()).evaluate(scored);
      assertEquals(spark, evaluation.value(metric), 1e-9 * Math.abs(spark), metric.name());
    }

    String path = folder.resolve("model").toString();
    model.write().save(path);
    RnnModel<?> loaded = RnnModel.loadAny(TestSpark.session(), path);
    assertTrue(loaded instanceof RnnRegressionModel);
    assertEquals(scored.collectAsList(), loaded.transform(data).collectAsList());
    assertThrows(InputException.class, () -> RnnClassificationModel.load(path));
  }

  @Test
  void theScaleIsThatOfTheTrainingRowsWithTheirWeights() {
    Dataset<Row> data =
        TinyRows.data(rows(40)).selectExpr("*", "1.0 + id % 3 as w", "id >= 30 as held");
    RnnRegressionModel model =
        regressor()
            .setMaxIter(1)
            .setValidationSplit(0)
            .setValidationIndicatorCol("held")
            .setWeightCol("w")
            .fit(data);
    Row expected =
        data.where("not held")
            .selectExpr("sum(w * label) / sum(w) as m", "sum(w * label * label) / sum(w) as s")
            .head();
    ValueHead head = (ValueHead) model.network().head();
    assertEquals(expected.getDouble(0), head.mean(), 1e-9);
    double variance = expected.getDouble(1) - expected.getDouble(0) * expected.getDouble(0);
    assertEquals(Math.sqrt(variance), head.deviation(), 1e-6);
  }

  @Test
  void partitionsAndOrderOfArrivalDoNotChangeABit() {
    List<Row> rows = rows(120);
    for (String loss : List.of("huber", "mean_absolute_error")) {
      RnnRegressor regressor = regressor().setMaxIter(2).setLoss(loss).setDelta(0.7);
      RnnRegressionModel one = regressor.fit(TinyRows.data(rows).coalesce(1));
      Collections.shuffle(rows, new Random(5));
      RnnRegressionModel seven = regressor.fit(TinyRows.data(rows).repartition(7));
      assertEquals(one.network(), seven.network());
      assertEquals(one.parametersSha256(), seven.parametersSha256());
      assertEquals(one.history().best().validation(), seven.history().best().validation());
    }
  }

  @Test
  void aTrainingGoesOnFromACheckpointWithTheSameBits() {
    Dataset<Row> data = TinyRows.data(rows(60));
    RnnRegressor regressor = regressor().setCheckpointDir(folder.resolve("checkpoint").toString());
    regressor.setCheckpointInterval(1).setMaxIter(1).fit(data);
    assertArrayEquals(
        regressor().setMaxIter(3).fit(data).parameters(),
        regressor.setMaxIter(3).setResume(true).fit(data).parameters());
  }

  @Test
  void aClassifierThatWasTrainedAsARegressionStillScoresAndEvaluates() {
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Tokens(TinyRows.VOCABULARY, 5, true),
            regressor().trainingConfig(0).network().layers(),
            HeadSpec.of(Pooling.LAST, Loss.MEAN_SQUARED_ERROR, 0));
    float[] parameters = new io.sparkrnn.nn.Network(network).initialParameters(1);
    RnnClassificationModel old =
        RnnClassificationModel.of(new SavedModel(network, parameters, null, null, List.of(), null));
    Dataset<Row> data = TinyRows.data(rows(9));
    assertEquals(
        Set.of(Metric.MEAN_SQUARED_ERROR, Metric.MEAN_ABSOLUTE_ERROR),
        old.evaluate(data).metrics().keySet());
    assertEquals(9, old.transform(data).where("prediction is not null").count());
  }

  @Test
  void whatIsNoRegressionIsRefused() {
    refused(
        "loss of numbers must be mean_squared_error, mean_absolute_error or huber, got"
            + " binary_crossentropy",
        regressor().setLoss("binary_crossentropy"));
    refused(
        "selfTraining must be 0 for numbers, which no model is certain of, got 1",
        regressor().setSelfTraining(1));
    refused(
        "labelSmoothing must be 0 for MEAN_SQUARED_ERROR, got 0.1",
        regressor().setLabelSmoothing(0.1));
  }

  private static void refused(String message, RnnRegressor regressor) {
    assertEquals(
        message,
        assertThrows(InputException.class, () -> regressor.fit(TinyRows.data(rows(20))))
            .getMessage());
  }
}
