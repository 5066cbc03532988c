package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.Phase;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RnnClassificationModelTest {
  private final RnnClassificationModel model = model(HeadSpec.binary());

  private static RnnClassificationModel model(HeadSpec head) {
    NetworkSpec binary = NetworkSpec.binary(CellType.LSTM, TinyRows.VOCABULARY, 5, 3);
    NetworkSpec network = new NetworkSpec(binary.input(), binary.layers(), head);
    float[] parameters = new Network(network).initialParameters(5);
    return RnnClassificationModel.of(
        new SavedModel(network, parameters, null, null, List.of(), TrainingHistory.empty()));
  }

  @Test
  void everyRowAndColumnIsKeptInOrder() {
    List<Row> rows = TinyRows.rows(9000, 2);
    List<Row> scored = model.transform(TinyRows.data(rows).coalesce(1)).collectAsList();
    assertEquals(9000, scored.size());
    for (int i = 0; i < scored.size(); i++) {
      assertEquals(i, scored.get(i).getInt(0));
      assertEquals(rows.get(i).getDouble(2), scored.get(i).getDouble(2));
      Vector probability = scored.get(i).getAs("probability");
      assertEquals(1, probability.apply(0) + probability.apply(1), 1e-7);
      assertEquals(
          probability.apply(1) > 0.5 ? 1 : 0, scored.get(i).<Double>getAs("prediction"), 0);
    }
  }

  @Test
  void aRowIsScoredTheSameAloneOrPaddedOrAmongOthers() {
    List<Row> rows = TinyRows.rows(40, 2);
    Row row = rows.get(17);
    Integer[] ids = (Integer[]) row.get(1);
    Integer[] padded = new Integer[ids.length + 6];
    java.util.Arrays.fill(padded, 0);
    System.arraycopy(ids, 0, padded, 6, ids.length);
    rows.add(RowFactory.create(99, padded, 1.0));
    List<Row> among = model.transform(TinyRows.data(rows)).collectAsList();
    Row alone = model.transform(TinyRows.data(List.of(row))).collectAsList().get(0);
    assertEquals(alone.<Vector>getAs("probability"), among.get(17).<Vector>getAs("probability"));
    assertEquals(alone.<Vector>getAs("probability"), among.get(40).<Vector>getAs("probability"));
  }

  @Test
  void badRowsStayWithNullAndAReason() {
    List<Row> rows = new ArrayList<>(TinyRows.rows(3, 2));
    rows.add(1, RowFactory.create(50, null, null));
    rows.add(2, RowFactory.create(51, new Integer[] {0}, null));
    rows.add(3, RowFactory.create(52, new Integer[] {12}, null));
    List<Row> scored =
        model
            .copy(new org.apache.spark.ml.param.ParamMap())
            .setHandleInvalid("keep")
            .setReasonCol("reason")
            .transform(TinyRows.data(rows))
            .collectAsList();
    assertEquals(6, scored.size());
    assertNotNull(scored.get(0).getAs("probability"));
    assertNull(scored.get(0).getAs("reason"));
    assertNull(scored.get(1).getAs("probability"));
    assertNull(scored.get(1).getAs("prediction"));
    assertEquals("features are null", scored.get(1).getAs("reason"));
    assertEquals("features hold no token id", scored.get(2).getAs("reason"));
    assertEquals("features hold an id outside the vocabulary", scored.get(3).getAs("reason"));
  }

  @Test
  void thresholdsMoveThePrediction() {
    Dataset<Row> data = TinyRows.data(30);
    model.setThresholds(new double[] {1, 1e-6});
    assertTrue(
        model.transform(data).collectAsList().stream()
            .allMatch(row -> row.<Double>getAs("prediction") == 1));
    model.setThresholds(new double[] {1, 1, 1});
    assertEquals(
        "thresholds must have 2 values, one per class, got 3",
        assertThrows(IllegalArgumentException.class, () -> model.transform(data)).getMessage());
  }

  @Test
  void manyClassesAndRegressionHaveTheirOwnOutputs() {
    Row classes =
        model(HeadSpec.of(Pooling.LAST, 4, Activation.SOFTMAX))
            .transform(TinyRows.data(1))
            .collectAsList()
            .get(0);
    Vector probability = classes.getAs("probability");
    assertEquals(4, probability.size());
    assertEquals(probability.argmax(), classes.<Double>getAs("prediction"), 0);
    Row value =
        model(HeadSpec.of(Pooling.LAST, 1, Activation.LINEAR))
            .transform(TinyRows.data(1))
            .collectAsList()
            .get(0);
    assertNull(value.getAs("probability"));
    assertEquals(
        value.<Vector>getAs("rawPrediction").apply(0), value.<Double>getAs("prediction"), 0);
  }

  @Test
  void columnsThatAreMissingOrTakenAreNamed() {
    Dataset<Row> data = TinyRows.data(3);
    assertEquals(
        "there is no column 'ids'; the columns are 'id', 'features', 'label'",
        assertThrows(
                InputException.class, () -> TinyRows.classifier().setFeaturesCol("ids").fit(data))
            .getMessage());
    assertEquals(
        "column 'features' must be a number, got array<int>",
        assertThrows(
                InputException.class, () -> TinyRows.classifier().setLabelCol("features").fit(data))
            .getMessage());
    assertThrows(InputException.class, () -> model.setPredictionCol("label").transform(data));
  }

  @Test
  void aSavedModelPredictsTheSame(@TempDir Path directory) throws IOException {
    String path = directory.resolve("model").toString();
    Dataset<Row> data = TinyRows.data(60);
    RnnClassificationModel fitted =
        TinyRows.classifier().setThresholds(new double[] {0.6, 0.4}).fit(data);
    fitted.write().save(path);
    RnnClassificationModel loaded = RnnClassificationModel.load(path);
    assertEquals(fitted.uid(), loaded.uid());
    assertEquals(fitted.network(), loaded.network());
    assertEquals(fitted.parametersSha256(), loaded.parametersSha256());
    assertEquals(fitted.history(), loaded.history());
    assertArrayEquals(fitted.getThresholds(), loaded.getThresholds());
    assertEquals(fitted.transform(data).collectAsList(), loaded.transform(data).collectAsList());
    assertTrue(Files.exists(Path.of(path, "weights.safetensors")));
    assertThrows(IOException.class, () -> fitted.write().save(path));
    fitted.write().overwrite().save(path);
    try (var files = Files.list(directory)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aSavedPipelinePredictsTheSame(@TempDir Path directory) throws IOException {
    Dataset<Row> data = TinyRows.data(60);
    PipelineModel fitted =
        new Pipeline().setStages(new PipelineStage[] {TinyRows.classifier()}).fit(data);
    fitted.write().overwrite().save(directory.toString());
    PipelineModel loaded = PipelineModel.load(directory.toString());
    assertEquals(fitted.transform(data).collectAsList(), loaded.transform(data).collectAsList());
  }

  @Test
  void aModelThatIsDamagedOrMissingIsRefused(@TempDir Path directory) throws IOException {
    String path = directory.resolve("model").toString();
    assertThrows(InputException.class, () -> RnnClassificationModel.load(path));
    model.write().save(path);
    Files.delete(Path.of(path, ".weights.safetensors.crc"));
    Files.write(Path.of(path, "weights.safetensors"), new byte[10]);
    String message =
        assertThrows(InputException.class, () -> RnnClassificationModel.load(path)).getMessage();
    assertTrue(message.contains("weights.safetensors"), message);
  }

  @Test
  void aModelWithAVocabularyScoresText() {
    RnnClassificationModel withText =
        model
            .setHandleInvalid("keep")
            .withText(
                TextSettings.of(new Padding(6, Padding.Side.PRE, Padding.Side.PRE)),
                Vocabulary.of(List.of("[PAD]", "[UNK]", "good", "bad")));
    Dataset<Row> texts =
        TestSpark.session()
            .createDataFrame(
                List.of(RowFactory.create("Good, bad. GOOD!"), RowFactory.create((String) null)),
                new StructType().add("text", DataTypes.StringType));
    List<Row> scored = withText.textPipeline().transform(texts).collectAsList();
    Row ids =
        model
            .transform(TinyRows.data(List.of(RowFactory.create(1, new Integer[] {2, 3, 2}, 1.0))))
            .collectAsList()
            .get(0);
    assertEquals(ids.<Vector>getAs("probability"), scored.get(0).<Vector>getAs("probability"));
    assertNull(scored.get(1).getAs("probability"));
  }

  @Test
  void aTrainedModelKnowsWhatHappenedInItsTrainingAndASavedOneDoesNot(@TempDir Path directory)
      throws IOException {
    RnnClassificationModel model = TinyRows.classifier().fit(TinyRows.data(60));
    TrainingRecord summary = model.summary();
    assertEquals(60, summary.trainingRows() + summary.validationRows());
    assertEquals(model.history(), summary.history());
    assertEquals(3, summary.config().rounds().shards());
    assertEquals(EnumSet.complementOf(EnumSet.of(Phase.WIDE)), summary.seconds().keySet());
    assertSame(summary, model.copy(ParamMap.empty()).summary());
    assertSame(summary, model.withLabels(List.of("even", "odd")).summary());
    model.write().overwrite().save(directory.toString());
    RnnClassificationModel loaded = RnnClassificationModel.load(directory.toString());
    assertFalse(loaded.hasSummary());
    assertThrows(IllegalStateException.class, loaded::summary);
  }

  @Test
  void evaluationCountsGoodAndBadRows() {
    List<Row> rows = TinyRows.rows(50, 2);
    rows.add(RowFactory.create(50, null, 1.0));
    rows.add(RowFactory.create(51, new Integer[] {2}, 7.0));
    Evaluation evaluation = model.evaluate(TinyRows.data(rows));
    assertEquals(50, evaluation.rows());
    assertEquals(2, evaluation.rowsRefused());
    long correct =
        model.transform(TinyRows.data(rows.subList(0, 50))).collectAsList().stream()
            .filter(row -> row.getAs("prediction").equals(row.getAs("label")))
            .count();
    assertEquals(correct / 50.0, evaluation.value(Metric.ACCURACY));
  }
}
