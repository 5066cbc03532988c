package io.sparkrnn.spark;

import static io.sparkrnn.spark.FewLabels.LABELLED;
import static io.sparkrnn.spark.FewLabels.UNLABELLED;
import static io.sparkrnn.spark.FewLabels.accuracy;
import static io.sparkrnn.spark.FewLabels.trained;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.SelfTrainingRecord;
import io.sparkrnn.train.TrainingRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Few rows with labels, many without. */
class SelfTrainingTest {
  private static RnnClassifier classifier(int rounds) {
    return new RnnClassifier()
        .setLayer("simple_rnn")
        .setUnits("8")
        .setEmbeddingSize(8)
        .setPooling("mean")
        .setMaxIter(6)
        .setStepSize(0.01)
        .setBatchSize(16)
        .setShards(2)
        .setValidationSplit(0.25)
        .setSeed(3)
        .setSelfTraining(rounds);
  }

  private static RnnClassifier wide(int rounds) {
    return classifier(rounds).setWide(true).setWideMinCount(1).setWideNgrams(1);
  }

  @Test
  void rowsWithoutLabelsTeach() {
    RnnClassificationModel alone = trained(wide(0), 3);
    RnnClassificationModel taught = trained(wide(2), 3);
    SelfTrainingRecord record = taught.summary().selfTraining();
    assertEquals(UNLABELLED, record.unlabelledRows());
    assertEquals(3, record.rounds().size());
    assertEquals(0, record.rounds().get(0).labelledBySelf());
    long joined = record.rounds().get(1).labelledBySelf();
    assertTrue(joined > UNLABELLED / 4 && joined <= UNLABELLED / 2, "" + joined);
    assertTrue(record.best() > 0, record.toString());
    assertTrue(accuracy(taught) > accuracy(alone) + 0.02, accuracy(alone) + " " + accuracy(taught));
  }

  @Test
  void validationRowsAreThoseWithLabels() {
    TrainingRecord taught = trained(classifier(1), 3).summary();
    assertEquals(LABELLED, taught.trainingRows() + taught.validationRows());
    SelfTrainingRecord record = taught.selfTraining();
    record
        .rounds()
        .forEach(round -> assertEquals(taught.validationRows(), round.validation().rows()));
    assertEquals(record.rounds().get(record.best()).validation(), taught.validation());
  }

  @Test
  void bitsDependOnRowsAlone() {
    String three = trained(classifier(2), 3).parametersSha256();
    assertEquals(three, trained(classifier(2), 5).parametersSha256());
    assertEquals(
        three,
        trained(classifier(2).setThreadsPerTask(1).setAggregationDepth(1), 3).parametersSha256());
  }

  @Test
  void bothBranchesTeach() {
    RnnClassificationModel taught = trained(wide(1), 3);
    SelfTrainingRecord record = taught.summary().selfTraining();
    assertEquals(2, record.rounds().size());
    assertEquals(taught.summary().wide().both(), record.rounds().get(record.best()).validation());
  }

  @Test
  void idsOfUnlabelledRowsAreLearntToo() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      List<Integer> ids = List.of(2 + i % 2, 2 + i % 2, 4 + i % 7);
      rows.add(RowFactory.create(ids, i < 20 ? (double) (i % 2) : null));
    }
    StructType schema =
        new StructType()
            .add("features", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("label", DataTypes.DoubleType);
    RnnClassificationModel model =
        classifier(1).setVocabularySize(11).fit(TestSpark.session().createDataFrame(rows, schema));
    assertEquals(20, model.summary().selfTraining().unlabelledRows());
  }

  @Test
  void numbersAreRefused() {
    String message =
        assertThrows(
                InputException.class, () -> trained(classifier(1).setLoss("mean_squared_error"), 2))
            .getMessage();
    assertTrue(message.startsWith("selfTraining must be 0 for numbers"), message);
  }
}
