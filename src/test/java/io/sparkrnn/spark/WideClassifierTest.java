package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.TextClassifier;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.rows.RowColumns;
import io.sparkrnn.spark.rows.RowGroups;
import io.sparkrnn.spark.rows.TextCut;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.metrics.Metric;
import io.sparkrnn.train.wide.NgramWeight;
import io.sparkrnn.train.wide.WideBranch;
import io.sparkrnn.train.wide.WideRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier with a wide branch, from texts to scores. */
class WideClassifierTest {
  private static final RowColumns COLUMNS =
      new RowColumns("text", "label", "", "", RowGroups.none(1));
  private static final Padding PADDING = new Padding(4, Padding.Side.PRE, Padding.Side.PRE);
  private static final StructType SCHEMA =
      new StructType().add("text", DataTypes.StringType).add("label", DataTypes.DoubleType);

  private static RnnClassificationModel shared;

  /** What tells the classes apart is behind a negation, and in front of what the network reads. */
  private static List<Row> rows(int count, int classes) {
    SplittableRandom random = new SplittableRandom(classes);
    String[] ends = {"the film was shown", "they went home", "it was two hours long, though"};
    String[] nouns = {"the plot", "her face", "a sound", "this caf\u00e9"};
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(classes);
      String said = new String[] {"was not good", "was good", "was never here"}[label];
      String noun = nouns[random.nextInt(nouns.length)];
      String text = noun + " " + said + " and " + ends[random.nextInt(3)] + " " + i % 40;
      rows.add(RowFactory.create(text, (double) label));
    }
    return rows;
  }

  private static Dataset<Row> reviews(int classes) {
    return TestSpark.session().createDataFrame(rows(240, classes), SCHEMA);
  }

  private static RnnClassifier classifier() {
    return TinyRows.classifier().setMaxIter(2).setValidationSplit(0.3).setWide(true);
  }

  private static RnnClassificationModel fit(RnnClassifier classifier, Dataset<Row> reviews) {
    try (TokenizedRows rows = TokenizedRows.of(reviews, COLUMNS, TextCut.of(PADDING).all(), 0.2)) {
      Vocabulary vocabulary = rows.vocabulary(100, 1);
      return classifier
          .setVocabularySize(vocabulary.size())
          .setVocabulary(vocabulary)
          .fit(rows)
          .withText(TextSettings.of(PADDING), vocabulary);
    }
  }

  /** Returns the model that the tests share, of one partition. */
  private static synchronized RnnClassificationModel shared() {
    if (shared == null || TestSpark.session().sparkContext().isStopped()) {
      shared = fit(classifier(), reviews(2).coalesce(1));
    }
    return shared;
  }

  private static void assertSame(RnnClassificationModel one, RnnClassificationModel other) {
    WideBranch wide = one.toLocal().wide();
    WideBranch otherWide = other.toLocal().wide();
    assertEquals(one.parametersSha256(), other.parametersSha256());
    assertArrayEquals(wide.model().kept().buckets(), otherWide.model().kept().buckets());
    assertArrayEquals(wide.model().kernel(), otherWide.model().kernel());
    assertArrayEquals(wide.model().bias(), otherWide.model().bias());
    assertEquals(wide.combination().wide(), otherWide.combination().wide());
    assertEquals(wide.combination().recurrent(), otherWide.combination().recurrent());
    assertArrayEquals(wide.combination().bias(), otherWide.combination().bias());
  }

  @Test
  void partitionsDoNotChangeABit() {
    RnnClassificationModel one = shared();
    assertTrue(one.toLocal().wide().model().kept().size() > 50);
    for (int partitions : List.of(2, 5)) {
      assertSame(one, fit(classifier(), reviews(2).repartition(partitions)));
    }
  }

  @Test
  void aResumedTrainingHasTheSameBits(@TempDir Path directory) {
    RnnClassifier classifier = classifier();
    RnnClassificationModel whole = shared();
    classifier.setCheckpointDir(directory.toString()).setCheckpointInterval(1);
    fit(classifier.setMaxIter(1), reviews(2));
    assertSame(whole, fit(classifier.setMaxIter(2).setResume(true), reviews(2)));
    InputException e =
        assertThrows(InputException.class, () -> fit(classifier.setWideNgrams(2), reviews(2)));
    assertTrue(
        e.getMessage().startsWith("the checkpoint was made with wideNgrams 3"), e.getMessage());
  }

  @Test
  void theNetworkIsThatOfATrainingWithoutAWideBranch() {
    RnnClassificationModel with = shared();
    RnnClassificationModel without = fit(classifier().setWide(false), reviews(2));
    assertEquals(without.parametersSha256(), with.parametersSha256());
    assertEquals(without.history().best().validation(), with.history().best().validation());
    assertNull(without.toLocal().wide());
    assertNull(without.summary().wide());
  }

  @Test
  void theRecordSaysWhatEachPartBrought() {
    RnnClassificationModel model = shared();
    WideRecord record = model.summary().wide();
    assertEquals(model.toLocal().wide().model().kept().size(), record.features());
    assertEquals(model.summary().validationRows(), record.stackedRows());
    assertEquals(model.history().best().validation().toString(), record.recurrent().toString());
    assertEquals(1.0, record.wide().value(Metric.ACCURACY));
    assertTrue(record.recurrent().value(Metric.ACCURACY) < 0.9);
    assertEquals(1.0, record.both().value(Metric.ACCURACY));
    assertEquals(record.both(), model.summary().validation());
    assertTrue(record.combination().wide() > record.combination().recurrent());
  }

  @Test
  void aSavedModelScoresTheSameInSparkAndInPlainJava(@TempDir Path directory) throws IOException {
    for (int classes : List.of(2, 3)) {
      String path = directory.resolve("model" + classes).toString();
      RnnClassificationModel trained =
          classes == 2 ? shared() : fit(classifier(), reviews(classes));
      trained.write().save(path);
      RnnClassificationModel loaded = RnnClassificationModel.load(path);
      assertSame(trained, loaded);
      TextClassifier local = TextClassifier.load(Path.of(path));
      List<Row> rows = rows(50, classes);
      Dataset<Row> texts = TestSpark.session().createDataFrame(rows, SCHEMA).coalesce(1);
      double[][] together =
          local.probabilities(rows.stream().map(row -> row.getString(0)).toList());
      List<Row> scored = loaded.transformText(texts, "text").collectAsList();
      int right = 0;
      for (int i = 0; i < rows.size(); i++) {
        double[] bySpark = scored.get(i).<Vector>getAs("probability").toArray();
        assertArrayEquals(bySpark, together[i]);
        assertArrayEquals(bySpark, local.probabilities(rows.get(i).getString(0)));
        right += scored.get(i).getAs("prediction").equals(rows.get(i).get(1)) ? 1 : 0;
      }
      assertEquals((double) right / 50, loaded.evaluateText(texts, "text").value(Metric.ACCURACY));
      assertTrue(right >= 48, right + " right");
    }
  }

  @Test
  void theRowsKeptForTheTestAreEvaluatedByBothBranches() {
    try (TokenizedRows rows =
        TokenizedRows.of(reviews(2), COLUMNS, TextCut.of(PADDING).all(), 0.2)) {
      assertTrue(shared().evaluateTest(rows).value(Metric.ACCURACY) > 0.95);
    }
  }

  @Test
  void ngramsAreExplained() {
    RnnClassificationModel model = shared();
    TextClassifier local = TextClassifier.of(model.toLocal());
    String text = "her face was not good and they went home 3";
    List<NgramWeight> weights = local.explain(text, 1);
    assertTrue(List.of("not", "not good", "was not").contains(weights.get(0).words()));
    assertTrue(weights.get(0).weight() < 0);
    for (int i = 1; i < weights.size(); i++) {
      assertTrue(Math.abs(weights.get(i).weight()) <= Math.abs(weights.get(i - 1).weight()));
    }
    double sum = local.explain(text, 0).stream().mapToDouble(NgramWeight::weight).sum();
    assertEquals(-weights.stream().mapToDouble(NgramWeight::weight).sum(), sum, 1e-12);
    assertEquals(
        "label must be a class in [0, 2), got 2",
        assertThrows(IllegalArgumentException.class, () -> local.explain(text, 2)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> local.explain("...", 1));
  }

  @Test
  void withoutValidationTheMeanOfBothIsTaken() {
    RnnClassificationModel model = fit(classifier().setValidationSplit(0), reviews(2));
    assertEquals(0.5, model.toLocal().wide().combination().wide());
    assertEquals(0.5, model.toLocal().wide().combination().recurrent());
    assertNull(model.summary().validation());
  }

  @Test
  void weightsOfRowsAndClassesCount() {
    RnnClassificationModel even = shared();
    RnnClassificationModel uneven = fit(classifier().setClassWeight("0=1,1=20"), reviews(2));
    assertFalse(
        Arrays.equals(
            even.toLocal().wide().model().kernel(), uneven.toLocal().wide().model().kernel()));
    assertTrue(uneven.toLocal().wide().model().bias()[0] > 0);
  }

  private static void assertRefused(String message, Runnable action) {
    RuntimeException e = assertThrows(RuntimeException.class, action::run);
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  @Test
  void whatHasNoNgramsIsRefused() {
    assertRefused(
        "wide must be false for a column of ids, which has no n-grams",
        () -> classifier().fit(TinyRows.data(20)));
    assertRefused(
        "wide must be false for a regression, got true",
        () -> classifier().setLoss("mean_squared_error").trainingConfig(2));
    assertRefused(
        "vectorSize must go without wide, which is for token ids, got true",
        () -> new RnnClassifier().setWide(true).setVectorSize(3).trainingConfig(2));
    assertRefused(
        "wideFeatures must be <= 67107 for 1000 classes", () -> classifier().trainingConfig(1000));
    try (TokenizedRows cut = TokenizedRows.of(reviews(2), COLUMNS, TextCut.of(PADDING), 0.2)) {
      Vocabulary words = cut.vocabulary(100, 1);
      assertRefused(
          "reviews must be read with all of their words to have n-grams",
          () -> classifier().setVocabularySize(words.size()).setVocabulary(words).fit(cut));
    }
  }

  @Test
  void aModelWithAWideBranchReadsTextsAlone() {
    RnnClassificationModel model = shared();
    String message = "the model's wide branch reads the n-grams of ";
    assertRefused(message, () -> model.transform(TinyRows.data(3)));
    assertRefused(message, () -> model.evaluate(TinyRows.data(3)));
    assertRefused(message, () -> model.textPipeline("text"));
    TextClassifier local = TextClassifier.of(model.toLocal());
    assertRefused(message, () -> local.probability(new int[] {2, 3}));
    assertRefused(message, local::stream);
    assertRefused(
        "explain(...) needs a model with a wide branch",
        () -> TextClassifier.of(TinyTexts.model("good").toLocal()).explain("good", 1));
  }
}
