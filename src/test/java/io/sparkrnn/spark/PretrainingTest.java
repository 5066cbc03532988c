package io.sparkrnn.spark;

import static io.sparkrnn.spark.FewLabels.LABELLED;
import static io.sparkrnn.spark.FewLabels.UNLABELLED;
import static io.sparkrnn.spark.FewLabels.trained;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.PretrainingRecord;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.metrics.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A language model of all texts first, then the labels. */
class PretrainingTest {
  @TempDir private Path folder;

  private static RnnClassifier classifier() {
    return new RnnClassifier()
        .setLayer("gru")
        .setUnits("8")
        .setEmbeddingSize(8)
        .setPooling("mean")
        .setMaxIter(3)
        .setStepSize(0.01)
        .setBatchSize(16)
        .setShards(2)
        .setValidationSplit(0.25)
        .setSeed(3)
        .setPretraining(2);
  }

  @Test
  void allTextsButThoseHeldOutAreReadFirst() {
    TrainingRecord record = trained(classifier(), 3).summary();
    PretrainingRecord before = record.pretraining();
    assertEquals(LABELLED + UNLABELLED - record.validationRows(), before.texts());
    assertEquals(LABELLED, record.trainingRows() + record.validationRows());
    List<EpochRecord> epochs = before.history().epochs();
    assertEquals(2, epochs.size());
    double first = epochs.get(0).validation().value(Metric.PERPLEXITY);
    assertTrue(epochs.get(1).validation().value(Metric.PERPLEXITY) < first, epochs::toString);
    assertEquals(3, record.history().epochs().size(), "labels have epochs of their own");
    assertEquals(3, record.course().size());
    assertEquals("pretraining", record.start().model());
    assertEquals(List.of("dense/kernel", "dense/bias"), record.start().fresh());
  }

  @Test
  void bitsDependOnRowsAlone() {
    String three = trained(classifier(), 3).parametersSha256();
    assertEquals(three, trained(classifier().setThreadsPerTask(1), 5).parametersSha256());
    assertNotEquals(three, trained(classifier().setPretraining(0), 3).parametersSha256());
  }

  @Test
  void selfTrainingStartsFromItToo() {
    TrainingRecord record = trained(classifier().setSelfTraining(1), 3).summary();
    assertEquals(2, record.selfTraining().rounds().size());
    assertEquals(2, record.pretraining().history().epochs().size());
  }

  @Test
  void goesOnFromACheckpointOfEitherPart() throws Exception {
    String whole = trained(classifier(), 3).parametersSha256();
    RnnClassifier saved = classifier().setCheckpointDir(folder.toString()).setCheckpointInterval(1);
    assertEquals(whole, trained(saved, 3).parametersSha256());
    assertTrue(Files.exists(folder.resolve("pretraining")));
    RnnClassifier resumed = saved.setResume(true);
    assertEquals(whole, trained(resumed, 3).parametersSha256());
  }

  @Test
  void layersThatReadBackwardsAreRefused() {
    InputException refused =
        assertThrows(InputException.class, () -> trained(classifier().setBidirectional(true), 2));
    assertTrue(refused.getMessage().contains("forward"), refused.getMessage());
  }
}
