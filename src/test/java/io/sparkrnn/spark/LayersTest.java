package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextClassifier;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stacks of different layers, and layers that read from the end. */
class LayersTest {
  private static RnnClassifier classifier() {
    return new RnnClassifier()
        .setEmbeddingSize(5)
        .setVocabularySize(TinyRows.VOCABULARY)
        .setMaxIter(1)
        .setSeed(7);
  }

  private static void check(RnnClassifier classifier, String path) throws IOException {
    Dataset<Row> rows = TinyRows.data(60);
    RnnClassificationModel trained = classifier.fit(rows);
    trained.write().save(path);
    RnnClassificationModel loaded = RnnClassificationModel.load(path);
    assertEquals(classifier.trainingConfig(2).network(), loaded.network());
    assertEquals(trained.parametersSha256(), loaded.parametersSha256());
    List<Row> expected = trained.transform(rows).collectAsList();
    assertEquals(expected, loaded.transform(rows).collectAsList());
    TextClassifier plain = TextClassifier.load(Path.of(path));
    for (Row row : expected) {
      int[] ids = row.<Integer>getList(1).stream().mapToInt(id -> id).toArray();
      assertEquals(row.<Vector>getAs("probability").apply(1), plain.probability(ids));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bidirectional(gru:4, mergeMode=sum), lstm:3 dropout=0.2, simple_rnn:2 goBackwards",
        "gru:3 resetAfter=false, bidirectional(lstm:2 recurrentDropout=0.3 goBackwards)",
        "lstm:4 goBackwards"
      })
  void aSavedMixScoresAsTheTrainedOne(String layers, @TempDir Path folder) throws IOException {
    RnnClassifier classifier = classifier().setLayers(layers);
    check(classifier, folder.resolve("model").toString());
  }

  @Test
  void goBackwardsHoldsForAllLayers(@TempDir Path folder) throws IOException {
    RnnClassifier classifier = classifier().setUnits("4, 3").setGoBackwards(true);
    for (LayerSpec layer : classifier.trainingConfig(2).network().layers()) {
      assertTrue(layer.goBackwards());
    }
    check(classifier, folder.resolve("model").toString());
  }

  @Test
  void readingFromTheEndIsReadingTheReversedSequence() {
    Dataset<Row> rows = TinyRows.data(60);
    Dataset<Row> turned = rows.withColumn("features", functions.reverse(rows.col("features")));
    RnnClassificationModel backwards = classifier().setUnits("4").setGoBackwards(true).fit(rows);
    RnnClassificationModel forwards =
        RnnClassificationModel.of(
            new SavedModel(
                classifier().setUnits("4").trainingConfig(2).network(),
                backwards.parameters(),
                null,
                null,
                List.of(),
                null));
    List<Vector> expected = probabilities(backwards, rows);
    assertEquals(expected, probabilities(forwards, turned));
    assertNotEquals(expected, probabilities(forwards, rows));
  }

  private static List<Vector> probabilities(RnnClassificationModel model, Dataset<Row> rows) {
    return model.transform(rows).collectAsList().stream()
        .map(row -> row.<Vector>getAs("probability"))
        .toList();
  }

  @Test
  void layersGoWithoutTheParametersOfAllLayers() {
    RnnClassifier classifier = new RnnClassifier().setLayers("lstm:3").setDropout(0.2);
    assertEquals(
        "layers must go without dropout, got 0.2; say it of each layer, such as lstm:32 dropout=0.2",
        assertThrows(InputException.class, () -> classifier.trainingConfig(2)).getMessage());
    assertTrue(classifier.unread().contains("units"));
    RnnClassifier without = new RnnClassifier().setLayers("").setUnits("3");
    assertEquals(3, without.trainingConfig(2).network().layers().get(0).outputSize());
    assertFalse(without.unread().contains("units"));
  }
}
