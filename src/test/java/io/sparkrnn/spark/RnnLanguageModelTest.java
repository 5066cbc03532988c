package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RnnLanguageModelTest {
  @TempDir private Path folder;

  /** Of so small a vocabulary softmax is full, or, with some samples, sampled. */
  private static RnnLanguageModel estimator() {
    return new RnnLanguageModel("language")
        .setUnits("6")
        .setEmbeddingSize(5)
        .setVocabularySize(TinyRows.VOCABULARY)
        .setBatchSize(8)
        .setSegmentLength(4)
        .setMaxIter(3)
        .setShards(3)
        .setBatchesPerRound(2)
        .setValidationSplit(0.2)
        .setSeed(7);
  }

  @Test
  void partitionsAndOrderOfArrivalDoNotChangeABit() {
    List<Row> rows = TinyRows.rows(120, 3);
    for (int samples : new int[] {5, 1024}) {
      RnnLanguageModel estimator = estimator().setSampleAbove(0).setSoftmaxSamples(samples);
      RnnLanguageModelModel one = estimator.fit(TinyRows.data(rows).coalesce(1));
      Collections.shuffle(rows, new Random(5));
      RnnLanguageModelModel seven = estimator.fit(TinyRows.data(rows).repartition(7));
      assertEquals(one.parametersSha256(), seven.parametersSha256());
      assertEquals(
          one.history().epochs().get(2).validation(), seven.history().epochs().get(2).validation());
    }
    assertNotEquals(
        estimator().fit(TinyRows.data(120)).parametersSha256(),
        estimator().setSegmentLength(5).fit(TinyRows.data(120)).parametersSha256());
  }

  @Test
  void aTrainingGoesOnFromACheckpointWithTheSameBits() {
    RnnLanguageModel estimator =
        estimator().setCheckpointDir(folder.resolve("checkpoint").toString());
    estimator.setCheckpointInterval(1).setMaxIter(2).fit(TinyRows.data(100));
    RnnLanguageModelModel resumed = estimator.setMaxIter(4).setResume(true).fit(TinyRows.data(100));
    assertEquals(
        estimator().setMaxIter(4).fit(TinyRows.data(100)).parametersSha256(),
        resumed.parametersSha256());
  }

  @Test
  void earlyStoppingWatchesPerplexity() {
    RnnLanguageModelModel model =
        estimator().setPatience(1).setMaxIter(60).setStepSize(0.3).fit(TinyRows.data(60));
    int best = model.history().bestEpoch();
    assertTrue(model.history().epochs().size() < 60);
    double least = model.history().epochs().get(best - 1).validation().value(Metric.PERPLEXITY);
    model
        .history()
        .epochs()
        .forEach(epoch -> assertTrue(epoch.validation().value(Metric.PERPLEXITY) >= least));
  }

  @Test
  void whatWasSavedScoresAndEvaluatesTheSame() throws Exception {
    Dataset<Row> rows = TinyRows.data(40);
    RnnLanguageModelModel model = estimator().fit(rows).setHandleInvalid("keep");
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    RnnLanguageModelModel loaded = RnnLanguageModelModel.load(path);
    List<Row> scored = loaded.transform(rows).collectAsList();
    assertEquals(model.transform(rows).collectAsList(), scored);
    double sum = 0;
    long tokens = 0;
    for (Row row : scored) {
      int length = row.<Object>getList(row.fieldIndex("features")).size();
      assertEquals(length + 1, row.<Integer>getAs("tokens"));
      sum += row.<Double>getAs("logProbability");
      tokens += length + 1;
    }
    Evaluation evaluation = loaded.evaluate(rows);
    assertEquals(40, evaluation.rows());
    assertEquals(Math.exp(-sum / tokens), evaluation.value(Metric.PERPLEXITY), 1e-9);
    assertTrue(RnnModel.loadAny(TestSpark.session(), path) instanceof RnnLanguageModelModel);
    assertThrows(InputException.class, () -> RnnClassificationModel.load(path));

    RnnLanguageModel saved = estimator().setTieEmbedding(false);
    saved.write().overwrite().save(folder.resolve("stage").toString());
    assertEquals(
        saved.fit(rows).parametersSha256(),
        RnnLanguageModel.load(folder.resolve("stage").toString()).fit(rows).parametersSha256());
  }

  @Test
  void whatCannotBeALanguageModelIsRefused() {
    assertThrows(
        InputException.class, () -> estimator().setBidirectional(true).fit(TinyRows.data(20)));
    assertThrows(
        InputException.class, () -> estimator().setGoBackwards(true).fit(TinyRows.data(20)));
    assertThrows(InputException.class, () -> estimator().setMaskZero(false).fit(TinyRows.data(20)));
    assertThrows(
        InputException.class, () -> estimator().setWeightCol("label").fit(TinyRows.data(20)));
    assertThrows(
        InputException.class, () -> estimator().setFreezeEmbedding(true).fit(TinyRows.data(20)));
  }
}
