package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.features.LabelUnit;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.metrics.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RnnTranscriberTest {
  /** Vectors of Spark ML, labels as arrays: each label shows in two or three steps. */
  private static Dataset<Row> rows() {
    SplittableRandom random = new SplittableRandom(4);
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < 120; row++) {
      List<Vector> steps = new ArrayList<>();
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < 1 + row % 3; i++) {
        int which = random.nextInt(2);
        labels.add(which == 0 ? "left" : "right");
        for (int t = 0; t < 2 + random.nextInt(2); t++) {
          steps.add(Vectors.dense(which, 1 - which, random.nextDouble()));
        }
        steps.add(Vectors.dense(0, 0, random.nextDouble()));
      }
      rows.add(RowFactory.create(steps.toArray(), labels.toArray(), row % 5 == 0));
    }
    StructType schema =
        new StructType()
            .add("steps", DataTypes.createArrayType(SQLDataTypes.VectorType()))
            .add("said", DataTypes.createArrayType(DataTypes.StringType))
            .add("held", DataTypes.BooleanType);
    return TestSpark.session().createDataFrame(rows, schema).repartition(3);
  }

  private static RnnTranscriber transcriber() {
    return new RnnTranscriber()
        .setFeaturesCol("steps")
        .setVectorSize(3)
        .setLabelCol("said")
        .setValidationIndicatorCol("held")
        .setUnits("8")
        .setOptimizer("adam")
        .setStepSize(0.03)
        .setBatchSize(8)
        .setMaxIter(12)
        .setShards(1)
        .setSeed(3);
  }

  @Test
  void arraysOfLabelsAreTranscribedToArrays(@TempDir Path folder) throws Exception {
    Dataset<Row> rows = rows();
    RnnTranscriberModel model = transcriber().fit(rows);
    assertEquals(List.of("left", "right"), model.toLocal().labels());
    assertEquals(LabelUnit.ARRAY, model.toLocal().alphabet().unit());
    assertEquals(24, model.summary().validation().rows());
    assertTrue(model.evaluate(rows).value(Metric.LABEL_ERROR_RATE) < 0.1);

    String path = folder.resolve("model").toString();
    model.write().save(path);
    RnnTranscriberModel loaded = (RnnTranscriberModel) RnnModel.loadAny(TestSpark.session(), path);
    List<Row> some =
        loaded.setLabelBeam(4).transform(rows).select("said", "transcript").takeAsList(20);
    long right = some.stream().filter(row -> row.getList(0).equals(row.getList(1))).count();
    assertTrue(right >= 17, right + " of 20: " + some);
  }

  @Test
  void neitherPartitionsNorOrderMatter() {
    Dataset<Row> rows = rows();
    RnnTranscriber twoEpochs = transcriber().setMaxIter(2).setShards(2);
    String one = twoEpochs.fit(rows).parametersSha256();
    String other = twoEpochs.fit(rows.orderBy("held").repartition(5)).parametersSha256();
    assertEquals(one, other);
  }

  @Test
  void whatCannotBeTranscribedIsRefused() {
    InputException ofTokens =
        assertThrows(
            InputException.class,
            () -> new RnnTranscriber().setLabelCol("said").setFeaturesCol("held").fit(rows()));
    assertTrue(ofTokens.getMessage().contains("array<int>"), ofTokens.getMessage());
    InputException noLabels =
        assertThrows(InputException.class, () -> transcriber().setLabelCol("none").fit(rows()));
    assertTrue(noLabels.getMessage().startsWith("there is no column 'none'"));
  }
}
