package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextClassifier;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.io.WordWeight;
import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention's weights beside ids, beside texts and without Spark. */
class AttentionColumnTest {
  private static final Vocabulary WORDS =
      Vocabulary.of(List.of("[PAD]", "[UNK]", "good", "bad", "not", "film"));
  private static final int LENGTH = 6;
  private static final String LONG = "not good; a film that is not bad, good";

  private static RnnClassificationModel model(Pooling pooling, boolean maskZero) {
    NetworkSpec like = NetworkSpec.binary(CellType.LSTM, WORDS.size(), 5, 3);
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Tokens(WORDS.size(), 5, maskZero),
            like.layers(),
            HeadSpec.of(pooling, 1, Activation.SIGMOID));
    float[] parameters = new Network(network).initialParameters(5);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= 5;
    }
    Padding padding = new Padding(LENGTH, Padding.Side.PRE, Padding.Side.POST);
    SavedModel saved =
        new SavedModel(network, parameters, TextSettings.of(padding), WORDS, List.of(), null);
    return RnnClassificationModel.of(saved).setAttentionCol("attention").setHandleInvalid("keep");
  }

  private static Dataset<Row> texts(String... texts) {
    return TestSpark.session().createDataset(Arrays.asList(texts), Encoders.STRING()).toDF("text");
  }

  private static double sum(List<Float> weights) {
    return weights.stream().mapToDouble(Float::doubleValue).sum();
  }

  private static float[] array(List<Float> weights) {
    float[] array = new float[weights.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = weights.get(i);
    }
    return array;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyIdHasAWeightAndMaskedPaddingNone(boolean maskZero) {
    List<Row> rows = new ArrayList<>();
    rows.add(RowFactory.create(0, new Integer[] {0, 0, 2, 3, 1}, 1.0));
    rows.add(RowFactory.create(1, null, 1.0));
    rows.add(RowFactory.create(2, new Integer[] {4, 0, 5, 0}, 1.0));
    rows.add(RowFactory.create(3, new Integer[] {3}, 1.0));
    RnnClassificationModel model = model(Pooling.ATTENTION, maskZero);
    List<Row> scored = model.transform(TinyRows.data(rows)).collectAsList();
    for (int i : new int[] {0, 2, 3}) {
      List<Integer> ids = scored.get(i).getList(1);
      List<Float> weights = scored.get(i).getList(scored.get(i).fieldIndex("attention"));
      assertEquals(ids.size(), weights.size());
      assertEquals(1, sum(weights), 1e-6);
      for (int t = 0; t < weights.size(); t++) {
        assertEquals(maskZero && ids.get(t) == 0, weights.get(t) == 0, "id " + t + " of row " + i);
      }
      int[] given = ids.stream().mapToInt(Integer::intValue).toArray();
      assertArrayEquals(
          TextClassifier.of(model.toLocal()).attention(given), array(weights), "row " + i);
    }
    assertNull(scored.get(1).getAs("attention"));
  }

  @Test
  void aRowHasTheSameWeightsAloneAndAmongOthers() {
    RnnClassificationModel model = model(Pooling.ATTENTION, true);
    String[] many = new String[300];
    Arrays.setAll(many, i -> "good bad not film ".repeat(i % 7 + 1));
    many[171] = LONG;
    List<Float> among =
        model.transformText(texts(many), "text").collectAsList().get(171).getList(4);
    assertEquals(among, model.transformText(texts(LONG), "text").first().getList(4));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void textsHaveAWeightPerWordThatIsKept(boolean maskZero) {
    RnnClassificationModel model = model(Pooling.ATTENTION, maskZero);
    Dataset<Row> texts = texts(LONG, "film!", null, "not unheard");
    List<Row> fused = model.transformText(texts, "text").collectAsList();
    List<Row> staged = model.textPipeline().transform(texts).collectAsList();
    int[] words = {LENGTH, 1, -1, 2};
    for (int i = 0; i < words.length; i++) {
      if (words[i] < 0) {
        assertTrue(fused.get(i).isNullAt(4));
        continue;
      }
      List<Float> weights = fused.get(i).getList(4);
      List<Float> padded = staged.get(i).getList(staged.get(i).fieldIndex("attention"));
      assertEquals(LENGTH, padded.size());
      assertEquals(padded.subList(LENGTH - words[i], LENGTH), weights);
      assertEquals(1, sum(padded), 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutSparkWordsComeWithTheirWeights(boolean maskZero) {
    RnnClassificationModel model = model(Pooling.ATTENTION, maskZero);
    TextClassifier classifier = TextClassifier.of(model.toLocal());
    List<WordWeight> kept = classifier.attention(LONG);
    assertEquals(
        List.of("not", "good", "a", "film", "that", "is"),
        kept.stream().map(WordWeight::word).toList());
    for (String text : List.of(LONG, "film!", "not unheard")) {
      List<Float> expected = model.transformText(texts(text), "text").first().getList(4);
      assertEquals(expected, classifier.attention(text).stream().map(WordWeight::weight).toList());
    }
  }

  @Test
  void aModelWithoutAttentionIsRefused() {
    RnnClassificationModel last = model(Pooling.LAST, true);
    String expected =
        "attentionCol must be empty for a model with pooling last, got 'attention'; only one"
            + " trained with pooling attention has weights";
    assertEquals(
        expected,
        assertThrows(InputException.class, () -> last.transformText(texts("film"), "text"))
            .getMessage());
    RnnClassifier classifier = TinyRows.classifier().setAttentionCol("attention");
    assertEquals(
        expected,
        assertThrows(InputException.class, () -> classifier.fit(TinyRows.data(3))).getMessage());
    assertEquals(
        "attention(...) needs a model with pooling attention, got pooling last",
        assertThrows(
                IllegalStateException.class,
                () -> TextClassifier.of(last.toLocal()).attention("film"))
            .getMessage());
  }

  @Test
  void theColumnIsSavedWithTheModelAndNamedInItsSchema(@TempDir Path directory) throws Exception {
    RnnClassifier classifier =
        TinyRows.classifier().setPooling("attention").setAttentionCol("why").setMaxIter(1);
    Dataset<Row> data = TinyRows.data(60);
    RnnClassificationModel fitted = classifier.fit(data);
    fitted.write().overwrite().save(directory.toString());
    RnnClassificationModel loaded = RnnClassificationModel.load(directory.toString());
    Dataset<Row> scored = loaded.transform(data);
    assertEquals(classifier.transformSchema(data.schema()), scored.schema());
    assertEquals("array<float>", scored.schema().apply("why").dataType().simpleString());
    assertEquals(fitted.transform(data).collectAsList(), scored.collectAsList());
  }
}
