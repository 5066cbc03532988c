package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.ChildJvm;
import io.sparkrnn.io.ModelFormatException;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.ScoringExample;
import io.sparkrnn.io.TextClassifier;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores without Spark equal those of Spark, bit for bit. */
class TextClassifierTest {
  private static final List<String> TEXTS =
      List.of(
          "Good, bad. GOOD!",
          "I don't know what is good and what is bad about it",
          "unheard words only",
          "bad",
          "caf\u00e9 <br/> good &amp; bad");

  private static SavedModel model(HeadSpec head, boolean maskZero) {
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Tokens(9, 6, maskZero),
            List.of(LayerSpec.Recurrent.of(CellType.LSTM, 7)),
            head);
    float[] parameters = new Network(network).initialParameters(5);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 3;
    }
    List<String> labels =
        head.activation() == Activation.SIGMOID ? List.of("neg", "pos") : List.of();
    return new SavedModel(
        network,
        parameters,
        TextSettings.of(new Padding(6, Padding.Side.PRE, Padding.Side.POST)),
        Vocabulary.ofWords(List.of("good", "bad", "i", "don't", "is", "café")),
        labels,
        null);
  }

  private static List<Row> scoredBySpark(SavedModel model) {
    Dataset<Row> texts =
        TestSpark.session()
            .createDataFrame(
                TEXTS.stream().map(RowFactory::create).toList(),
                new StructType().add("text", DataTypes.StringType));
    return RnnClassificationModel.of(model).textPipeline().transform(texts).collectAsList();
  }

  @Test
  void probabilitiesEqualThoseOfSpark() {
    for (boolean maskZero : new boolean[] {true, false}) {
      SavedModel model = model(HeadSpec.binary(), maskZero);
      TextClassifier classifier = TextClassifier.of(model);
      List<Row> expected = scoredBySpark(model);
      double[][] together = classifier.probabilities(TEXTS);
      for (int i = 0; i < TEXTS.size(); i++) {
        Vector probability = expected.get(i).getAs("probability");
        assertArrayEquals(probability.toArray(), together[i]);
        assertArrayEquals(probability.toArray(), classifier.probabilities(TEXTS.get(i)));
        assertEquals(probability.apply(1), classifier.probability(TEXTS.get(i)));
        assertEquals(
            List.of("neg", "pos").get(expected.get(i).<Double>getAs("prediction").intValue()),
            classifier.label(TEXTS.get(i)));
      }
    }
  }

  @Test
  void manyClassesAndRegressionEqualThoseOfSpark() {
    SavedModel classes = model(HeadSpec.of(Pooling.MEAN, 4, Activation.SOFTMAX), true);
    SavedModel regression = model(HeadSpec.of(Pooling.LAST, 1, Activation.LINEAR), true);
    List<Row> probabilities = scoredBySpark(classes);
    List<Row> values = scoredBySpark(regression);
    for (int i = 0; i < TEXTS.size(); i++) {
      assertArrayEquals(
          probabilities.get(i).<Vector>getAs("probability").toArray(),
          TextClassifier.of(classes).probabilities(TEXTS.get(i)));
      assertEquals(
          Integer.toString(probabilities.get(i).<Double>getAs("prediction").intValue()),
          TextClassifier.of(classes).label(TEXTS.get(i)));
      assertEquals(
          values.get(i).<Double>getAs("prediction"),
          TextClassifier.of(regression).value(TEXTS.get(i)));
    }
  }

  @Test
  void aProgramWithoutSparkScoresASavedModelTheSame(@TempDir Path directory) throws IOException {
    SavedModel model = model(HeadSpec.binary(), true);
    List<Row> expected = scoredBySpark(model);
    String path = directory.resolve("model").toString();
    RnnClassificationModel.of(model).write().save(path);
    ChildJvm jvm = ChildJvm.plain().withJarsOf("ejml", "jackson");
    String printed = jvm.run(ScoringExample.class, path, TEXTS.get(0), TEXTS.get(1), TEXTS.get(3));
    List<String> lines =
        IntStream.of(0, 1, 3)
            .mapToObj(i -> expected.get(i).<Vector>getAs("probability").apply(1))
            .map(Double::toHexString)
            .toList();
    assertEquals(lines, printed.lines().toList());
  }

  /** Ids as they come from elsewhere, padded and not, by a model that knows no words. */
  @Test
  void aProgramWithoutSparkScoresIdsTheSame(@TempDir Path directory) throws IOException {
    SavedModel words = model(HeadSpec.binary(), true);
    SavedModel model =
        new SavedModel(words.network(), words.parameters(), null, null, List.of(), null);
    String path = directory.resolve("model").toString();
    RnnClassificationModel spark = RnnClassificationModel.of(model);
    spark.write().save(path);
    List<Row> rows =
        Stream.of(new Integer[] {2, 3, 2}, new Integer[] {0, 0, 8, 1, 7, 4}, new Integer[] {5})
            .map(ids -> RowFactory.create(0, ids, 1.0))
            .toList();
    List<String> expected =
        spark.transform(TinyRows.data(rows)).collectAsList().stream()
            .map(row -> Double.toHexString(row.<Vector>getAs("probability").apply(1)))
            .toList();
    ChildJvm jvm = ChildJvm.plain().withJarsOf("ejml", "jackson");
    String printed = jvm.run(ScoringExample.class, path, "ids 2 3 2", "ids 0 0 8 1 7 4", "ids 5");
    assertEquals(expected, printed.lines().toList());
  }

  @Test
  void manyThreadsScoreTheSame() {
    TextClassifier classifier = TextClassifier.of(model(HeadSpec.binary(), true));
    double[] expected = TEXTS.stream().mapToDouble(classifier::probability).toArray();
    assertTrue(
        IntStream.range(0, 2000)
            .parallel()
            .allMatch(
                i ->
                    classifier.probability(TEXTS.get(i % expected.length))
                        == expected[i % expected.length]));
  }

  @Test
  void paddedAndUnpaddedIdsAreTheSameText() {
    TextClassifier classifier = TextClassifier.of(model(HeadSpec.binary(), true));
    double expected = classifier.probability("good bad good");
    assertEquals(expected, classifier.probability(new int[] {2, 3, 2}));
    assertEquals(expected, classifier.probability(new int[] {0, 0, 2, 3, 2}));
  }

  @Test
  void whatCannotBeScoredIsRefused() {
    TextClassifier classifier = TextClassifier.of(model(HeadSpec.binary(), true));
    assertRefused("text must hold at least 1 word, got none", () -> classifier.probability(" ?! "));
    assertRefused(
        "text must hold at least 1 word, got none in text 1",
        () -> classifier.probabilities(List.of("good", "")));
    assertRefused(
        "token id must be in [0, 9), got 9", () -> classifier.probability(new int[] {2, 9}));
    assertRefused(
        "ids must hold at least 1 token id, got none", () -> classifier.probability(new int[] {0}));
    assertThrows(IllegalStateException.class, () -> classifier.value("good"));
    TextClassifier regression =
        TextClassifier.of(model(HeadSpec.of(Pooling.LAST, 1, Activation.LINEAR), true));
    assertThrows(IllegalStateException.class, () -> regression.probability("good"));
    assertThrows(IllegalStateException.class, () -> regression.probabilities(TEXTS));
  }

  @Test
  void aDirectoryWithoutAModelIsRefused(@TempDir Path directory) {
    assertThrows(ModelFormatException.class, () -> TextClassifier.load(directory));
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  @Test
  void aModelOfIdsAloneSaysThatItKnowsNoWords() {
    NetworkSpec network = NetworkSpec.binary(CellType.LSTM, 9, 2, 3);
    float[] parameters = new Network(network).initialParameters(1);
    TextClassifier classifier =
        TextClassifier.of(new SavedModel(network, parameters, null, null, List.of(), null));
    assertTrue(classifier.probability(new int[] {2, 3}) > 0);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> classifier.probability("a good film"));
    assertTrue(e.getMessage().contains("withText"), e.getMessage());
  }
}
