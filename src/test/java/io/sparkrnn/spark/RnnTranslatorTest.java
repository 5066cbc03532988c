package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.translation.Translator;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import io.sparkrnn.train.translation.Beam;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RnnTranslatorTest {
  private static final StructType SCHEMA =
      new StructType().add("en", DataTypes.StringType).add("fr", DataTypes.StringType);
  private static final String[][] WORDS = {
    {"red", "rouge"},
    {"big", "grand"},
    {"cat", "chat"},
    {"dog", "chien"},
    {"sees", "voit"},
    {"the", "le"},
    {"new", "neuf"},
    {"old", "vieux"}
  };

  @TempDir private Path folder;

  /** Sentences translated word by word, in the reverse order. */
  private static List<Row> rows(int count) {
    SplittableRandom random = new SplittableRandom(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      StringBuilder translation = new StringBuilder();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        String[] word = WORDS[random.nextInt(WORDS.length)];
        text.append(text.isEmpty() ? "" : " ").append(word[0]);
        translation.insert(0, translation.isEmpty() ? word[1] : word[1] + " ");
      }
      rows.add(RowFactory.create(text + ".", translation + "."));
    }
    return rows;
  }

  private static Dataset<Row> data(List<Row> rows) {
    return TestSpark.session().createDataFrame(rows, SCHEMA);
  }

  private static RnnTranslator estimator() {
    return new RnnTranslator("translator")
        .setSourceCol("en")
        .setTargetCol("fr")
        .setLayer("gru")
        .setUnits("16")
        .setEmbeddingSize(12)
        .setOptimizer("adam")
        .setStepSize(0.01)
        .setBatchSize(8)
        .setMaxIter(2)
        .setShards(3)
        .setBatchesPerRound(4)
        .setValidationSplit(0.2)
        .setSeed(7);
  }

  @Test
  void partitionsAndOrderOfArrivalDoNotChangeABit() {
    List<Row> rows = rows(90);
    RnnTranslator estimator = estimator().setDropout(0.1).setBidirectional(true);
    RnnTranslatorModel one = estimator.fit(data(rows).coalesce(1));
    Collections.shuffle(rows, new Random(5));
    RnnTranslatorModel five = estimator.fit(data(rows).repartition(5));
    assertEquals(one.parametersSha256(), five.parametersSha256());
    assertEquals(
        one.history().epochs().get(1).validation(), five.history().epochs().get(1).validation());
  }

  @Test
  void aTrainingGoesOnFromACheckpointWithTheSameBits() {
    Dataset<Row> data = data(rows(60));
    RnnTranslator estimator = estimator().setCheckpointDir(folder.resolve("checkpoint").toString());
    estimator.setCheckpointInterval(1).setMaxIter(1).fit(data);
    RnnTranslatorModel resumed = estimator.setMaxIter(2).setResume(true).fit(data);
    assertEquals(estimator().fit(data).parametersSha256(), resumed.parametersSha256());
  }

  @Test
  void whatItLearnsItTranslatesSavedAndWithoutSparkToo() throws Exception {
    RnnTranslatorModel model =
        estimator().setShards(1).setBatchesPerRound(0).setMaxIter(25).fit(data(rows(400)));
    String path = folder.resolve("model").toString();
    model.write().save(path);
    RnnModel<?> loaded = RnnModel.loadAny(TestSpark.session(), path);
    List<Row> some = rows(60);
    some.add(RowFactory.create(null, "chat"));
    some.add(RowFactory.create("cat", null));
    some.add(RowFactory.create("cat", "  "));
    Evaluation evaluation = loaded.evaluateText(data(some), "en");
    assertEquals(evaluation, model.evaluate(data(some)));
    assertTrue(evaluation.value(Metric.BLEU) > 60, evaluation.toString());
    assertTrue(evaluation.value(Metric.CHRF) > 60, evaluation.toString());
    assertTrue(evaluation.value(Metric.PERPLEXITY) < 2, evaluation.toString());
    assertEquals(60, evaluation.rows());
    assertEquals(
        List.of("text is null", "translation has no words", "translation is null"),
        List.copyOf(evaluation.refusals().byReason().keySet()));

    List<Row> scored =
        ((RnnTranslatorModel) loaded)
            .setHandleInvalid("keep")
            .setReasonCol("reason")
            .transform(data(some))
            .collectAsList();
    Translator translator = Translator.load(Path.of(path));
    for (Row row : scored.subList(0, 60)) {
      assertEquals(
          translator.translate(row.getString(0), Beam.defaults()), row.getAs("translation"));
    }
    assertNull(scored.get(60).getAs("translation"));
    assertEquals("text is null", scored.get(60).getAs("reason"));
    assertTrue(translator.logProbability("red cat.", "chat rouge.") > -2);
    // a word that nobody has taught is taken over from the text
    assertTrue(translator.translate("Xanadu.", Beam.defaults()).length() > 0);
  }

  @Test
  void whatCannotBeTrainedOnIsRefused() {
    Dataset<Row> data = data(rows(20));
    assertThrows(InputException.class, () -> estimator().setTargetCol("de").fit(data));
    assertThrows(InputException.class, () -> estimator().setMaskZero(false).fit(data));
    List<Row> bad = rows(20);
    for (int i = 0; i < 10; i++) {
      bad.add(RowFactory.create("cat", ""));
    }
    InputException refused = assertThrows(InputException.class, () -> estimator().fit(data(bad)));
    assertTrue(refused.getMessage().contains("translation has no words"), refused.getMessage());
  }
}
