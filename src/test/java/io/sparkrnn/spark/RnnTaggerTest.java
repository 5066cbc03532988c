package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.sequence.SequenceTagger;
import io.sparkrnn.spark.input.CorpusGenerator;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

class RnnTaggerTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("tokens", DataTypes.createArrayType(DataTypes.StringType))
          .add("label", DataTypes.createArrayType(DataTypes.StringType));

  @TempDir private Path folder;

  private static Dataset<Row> sentences(int count) {
    return CorpusGenerator.generateTagged(TestSpark.session(), count, 3);
  }

  private static Dataset<Row> data(List<Row> rows) {
    return TestSpark.session().createDataFrame(rows, SCHEMA);
  }

  private static RnnTagger tagger() {
    return new RnnTagger("tagger")
        .setLayer("gru")
        .setUnits("8")
        .setBidirectional(true)
        .setEmbeddingSize(8)
        .setBatchSize(8)
        .setOptimizer("adam")
        .setStepSize(0.02)
        .setMaxIter(2)
        .setShards(2)
        .setValidationSplit(0.2)
        .setSeed(7);
  }

  @Test
  void labelsAreLearnedSavedAndGivenTheSameWithoutSpark() throws Exception {
    Dataset<Row> rows = sentences(300).cache();
    RnnTaggerModel model = tagger().setCrf(true).setMaxIter(5).fit(rows);
    Evaluation evaluation = model.evaluate(rows);
    assertEquals(300, evaluation.rows());
    assertTrue(evaluation.value(Metric.ACCURACY) > 0.85, evaluation.toString());
    assertTrue(evaluation.value(Metric.SPAN_F1) > 0.6, evaluation.toString());
    assertEquals(9, model.labels().size());

    Dataset<Row> scored = model.transform(rows);
    assertEquals(List.of("tokens", "label", "tags"), List.of(scored.columns()));
    List<Row> expected = scored.collectAsList();
    String path = folder.resolve("model").toString();
    model.write().save(path);
    assertEquals(
        expected, RnnModel.loadAny(TestSpark.session(), path).transform(rows).collectAsList());
    assertThrows(InputException.class, () -> RnnClassificationModel.load(path));
    SequenceTagger plain = SequenceTagger.load(Path.of(path));
    long right = 0;
    long words = 0;
    for (Row row : expected) {
      List<String> tags = row.getList(2);
      assertEquals(tags, plain.tags(row.<String>getList(0)));
      for (int t = 0; t < tags.size(); t++, words++) {
        right += tags.get(t).equals(row.getList(1).get(t)) ? 1 : 0;
      }
    }
    assertEquals((double) right / words, evaluation.value(Metric.ACCURACY), 1e-12);
  }

  @Test
  void partitionsAndOrderOfArrivalDoNotChangeABit() {
    List<Row> rows = new ArrayList<>(sentences(80).collectAsList());
    for (boolean crf : new boolean[] {false, true}) {
      RnnTaggerModel one = tagger().setCrf(crf).fit(data(rows).coalesce(1));
      Collections.shuffle(rows, new Random(5));
      RnnTaggerModel seven = tagger().setCrf(crf).fit(data(rows).repartition(7));
      assertEquals(one.parametersSha256(), seven.parametersSha256());
      assertEquals(one.vocabulary().tokens(), seven.vocabulary().tokens());
      assertEquals(one.history().best().validation(), seven.history().best().validation());
    }
  }

  private static Row row(String tokens, String labels) {
    return RowFactory.create(
        tokens == null ? null : tokens.split(" "), labels == null ? null : labels.split(" "));
  }

  @Test
  void badRowsAreRefusedWithTheirReason() {
    List<Row> rows = new ArrayList<>(sentences(60).collectAsList());
    rows.add(row("one two", "O"));
    rows.add(row(null, "O"));
    rows.add(row("one", null));
    rows.add(RowFactory.create(new String[0], new String[0]));
    rows.add(RowFactory.create(new String[] {"a", null}, new String[] {"O", "O"}));
    rows.add(RowFactory.create(new String[] {"a", "b"}, new String[] {"O", null}));
    RnnTaggerModel model = tagger().setMaxRefusedFraction(0.5).fit(data(rows));
    assertEquals(
        "a label is null (1), a token is null (1), labels are null (1), tokens are empty (1), tokens"
            + " are null (1), 1 labels for 2 tokens (1)",
        sorted(model.summary().refusals().toString()));

    rows.add(row("a b", "O B-PLANET"));
    Evaluation evaluation = model.evaluate(data(rows));
    assertEquals(60, evaluation.rows());
    assertEquals(7, evaluation.rowsRefused());
    assertEquals(1, evaluation.refusals().byReason().get("label 'B-PLANET' is unknown"));

    model.setHandleInvalid("keep").setReasonCol("why");
    List<Row> scored = model.transform(data(rows)).collectAsList();
    assertNull(scored.get(61).getAs("tags"));
    assertEquals("tokens are null", scored.get(61).getAs("why"));
    assertEquals(2, scored.get(60).getList(2).size());
    Dataset<Row> text =
        data(rows.subList(0, 60)).selectExpr("array_join(tokens, '  ') tokens", "label");
    assertEquals(
        model.transform(data(rows.subList(0, 60))).select("tags").collectAsList(),
        model.transform(text).select("tags").collectAsList());
  }

  private static String sorted(String refusals) {
    String[] parts = refusals.split(", ");
    Arrays.sort(parts, (a, b) -> Boolean.compare(a.startsWith("1"), b.startsWith("1")));
    return String.join(", ", parts);
  }

  @Test
  void vectorsAreLabelledToo() throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Double[][] steps = new Double[2 + random.nextInt(6)][];
      String[] labels = new String[steps.length];
      for (int t = 0; t < steps.length; t++) {
        steps[t] = new Double[] {random.nextDouble(-1, 1), random.nextDouble(-1, 1)};
        labels[t] = steps[t][0] > (t == 0 ? 0 : steps[t - 1][0]) ? "up" : "down";
      }
      rows.add(RowFactory.create(steps, labels));
    }
    StructType schema =
        new StructType()
            .add(
                "features",
                DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.DoubleType)))
            .add("label", DataTypes.createArrayType(DataTypes.StringType));
    Dataset<Row> data = TestSpark.session().createDataFrame(rows, schema);
    RnnTaggerModel model =
        new RnnTagger()
            .setVectorSize(2)
            .setUnits("8")
            .setOptimizer("adam")
            .setStepSize(0.02)
            .setBatchSize(8)
            .setMaxIter(10)
            .setSeed(3)
            .fit(data);
    Evaluation evaluation = model.evaluate(data);
    assertTrue(evaluation.value(Metric.ACCURACY) > 0.85, evaluation.toString());
    assertTrue(Double.isNaN(evaluation.value(Metric.SPAN_F1)));
    Row first = model.transform(data).head();
    float[] steps = new float[2 * first.getList(2).size()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = ((Double[][]) rows.get(0).get(0))[i / 2][i % 2].floatValue();
    }
    assertEquals(first.getList(2), SequenceTagger.of(model.toLocal()).tags(steps));
  }

  @Test
  void whatIsNoTaggerIsRefused() {
    refused("loss must be auto for a tagger, got huber", tagger().setLoss("huber"));
    refused(
        "labelSmoothing must be 0 for a CRF, got 0.1",
        tagger().setCrf(true).setLabelSmoothing(0.1));
    refused(
        "a tagger must put its outputs in the order of the words, got a layer that goes backwards;"
            + " use bidirectional layers",
        tagger().setBidirectional(false).setGoBackwards(true));
    assertEquals(
        "column 'label' must hold 2 to 1000 different labels, got only [O]",
        assertThrows(
                InputException.class,
                () -> tagger().fit(data(List.of(row("a b", "O O"), row("a b", "O O")))))
            .getMessage());
    assertEquals(
        "column 'label' must be array<string>, or string, got int",
        assertThrows(
                InputException.class,
                () -> tagger().fit(sentences(5).selectExpr("tokens", "1 as label")))
            .getMessage());
  }

  private static void refused(String message, RnnTagger tagger) {
    assertEquals(
        message, assertThrows(InputException.class, () -> tagger.fit(sentences(20))).getMessage());
  }
}
