package io.sparkrnn.spark.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.TinyRows;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.config.ClassWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** What a training says of the rows it is given. */
class TrainingRowsTest {
  private final RnnClassifier classifier = TinyRows.classifier();

  @Test
  void balancedClassWeightsComeFromTheTrainingRows() {
    Dataset<Row> data = TinyRows.data(120);
    DistributedTrainer.Trained balanced =
        TinyRows.trained(classifier.setClassWeight("balanced"), data);
    try (ShardedRows rows = ShardedRows.of(TinyRows.plan(classifier).packing(), data)) {
      long[] counts = rows.total().classCounts();
      assertEquals(rows.total().trainingRows(), counts[0] + counts[1]);
      ClassWeights expected = ClassWeights.balanced(counts);
      assertEquals(expected, balanced.config().objective().classWeights());
      assertEquals(
          counts[0] * expected.weights().get(0), counts[1] * expected.weights().get(1), 1e-9);
    }
  }

  @Test
  void aClassWeightOfNoClassIsRefused() {
    InputException refused =
        assertThrows(
            InputException.class,
            () -> TinyRows.train(classifier.setClassWeight("0=1,2=3"), TinyRows.data(40)));
    assertEquals("classWeight must name classes in [0, 2), got 2", refused.getMessage());
  }

  @Test
  void rowsOfWhichNoneCountsAreRefused() {
    String message = "all 12 training rows have weight 0; nothing to train on";
    Dataset<Row> data = TinyRows.data(12);
    classifier.setValidationSplit(0);
    assertEquals(message, refusal(data.withColumn("w", functions.lit(0.0)), "", "w"));
    assertEquals(message, refusal(data, "0=0,1=0", ""));
    assertEquals(message, refusal(data.withColumn("w", functions.col("label")), "1=0", "w"));
    classifier.setClassWeight("0=0").fit(data.withColumn("w", functions.col("label")));
  }

  @Test
  void refusedRowsAreCountedByReason() {
    List<Row> rows = TinyRows.rows(40, 3);
    rows.add(RowFactory.create(100, null, 1.0));
    rows.add(RowFactory.create(101, new Integer[] {0, 0}, 1.0));
    rows.add(RowFactory.create(102, new Integer[] {3, 12}, 1.0));
    rows.add(RowFactory.create(103, new Integer[] {3, null}, 1.0));
    rows.add(RowFactory.create(104, new Integer[] {3}, null));
    rows.add(RowFactory.create(105, new Integer[] {3}, 0.5));
    TrainingRecord record =
        classifier.setMaxRefusedFraction(0.5).fit(TinyRows.data(rows)).summary();
    assertEquals(40, record.trainingRows() + record.validationRows());
    assertEquals(6, record.refusals().rows());
    assertEquals(
        Map.of(
            "features are null",
            1L,
            "features hold no token id",
            1L,
            "features hold an id outside the vocabulary",
            1L,
            "features hold a null",
            1L,
            "label is null",
            1L,
            "label 0.5 is no class index",
            1L),
        record.refusals().byReason());
    String message =
        assertThrows(
                InputException.class,
                () -> classifier.setMaxRefusedFraction(0.1).fit(TinyRows.data(rows)))
            .getMessage();
    assertTrue(
        message.startsWith("refused 6 of 46 rows, more than maxRefusedFraction 0.1 allows: "),
        message);
  }

  @Test
  void aStrayLabelIsARefusedRow() {
    List<Row> rows = TinyRows.rows(60, 3);
    RnnClassificationModel without = classifier.fit(TinyRows.data(rows));
    for (int stray = 0; stray < 5; stray++) {
      rows.add(RowFactory.create(100 + stray, new Integer[] {1 + stray}, 7.0));
    }
    RnnClassificationModel with = classifier.fit(TinyRows.data(rows));
    TrainingRecord record = with.summary();
    assertEquals(60, record.trainingRows() + record.validationRows());
    assertEquals(Map.of("label 7 is outside [0, 2)", 5L), record.refusals().byReason());
    assertEquals(1, with.network().head().outputs());
    assertArrayEquals(without.parameters(), with.parameters());
  }

  @Test
  void aClassThatNoTrainingRowHasIsNamed() {
    List<Row> rows = new ArrayList<>();
    for (Row row : TinyRows.rows(60, 3)) {
      rows.add(RowFactory.create(row.get(0), row.get(1), 2.0 * (row.getInt(0) % 2)));
    }
    String message =
        assertThrows(
                InputException.class,
                () -> classifier.setValidationSplit(0).fit(TinyRows.data(rows)))
            .getMessage();
    assertEquals(
        "column 'label' must hold class indices 0, 1, 2 ... without gaps,"
            + " got labels 0 (30), 2 (30); number the classes from 0",
        message);
  }

  @Test
  void withoutARowToTrainOnTheLabelColumnIsNamed() {
    List<Row> rows = List.of(RowFactory.create(1, new Integer[] {3}, null));
    assertEquals(
        "training needs at least 1 good row with a label in column 'label', got none of 1",
        assertThrows(
                InputException.class,
                () -> classifier.setMaxRefusedFraction(1).fit(TinyRows.data(rows)))
            .getMessage());
  }

  @Test
  void oneClassIsRefused() {
    List<Row> rows = new ArrayList<>();
    for (Row row : TinyRows.rows(20, 3)) {
      rows.add(RowFactory.create(row.get(0), row.get(1), 1.0));
    }
    assertEquals(
        "column 'label' must hold at least two classes, got only 1",
        assertThrows(InputException.class, () -> classifier.fit(TinyRows.data(rows))).getMessage());
  }

  @Test
  void manyClassesAreFoundInTheLabels() {
    List<Row> rows = new ArrayList<>();
    for (Row row : TinyRows.rows(60, 3)) {
      rows.add(RowFactory.create(row.get(0), row.get(1), (double) (row.getInt(0) % 4)));
    }
    RnnClassificationModel model = classifier.fit(TinyRows.data(rows));
    assertEquals(4, model.network().head().outputs());
    assertEquals(4, model.history().best().validation().confusion().length);
  }

  private String refusal(Dataset<Row> data, String classWeight, String weightCol) {
    classifier.setClassWeight(classWeight).setWeightCol(weightCol);
    return assertThrows(InputException.class, () -> TinyRows.train(classifier, data)).getMessage();
  }
}
