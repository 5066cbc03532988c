package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.LocalStorage;
import io.sparkrnn.io.ModelDirectory;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.training.DistributedTrainer;
import io.sparkrnn.train.LocalTrainer;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.StableKey;
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
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of vectors train and are scored like columns of token ids. */
class VectorFeaturesTest {
  private static final int SIZE = 3;

  private static StructType schema(DataType number) {
    return new StructType()
        .add("id", DataTypes.IntegerType)
        .add("features", DataTypes.createArrayType(DataTypes.createArrayType(number)))
        .add("label", DataTypes.DoubleType);
  }

  /** The target is the mean over the steps of x(0) - x(1) x(2). */
  private static List<Row> rows(int count) {
    SplittableRandom random = new SplittableRandom(11);
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      Float[][] steps = new Float[1 + random.nextInt(7)][SIZE];
      double sum = 0;
      for (Float[] x : steps) {
        Arrays.setAll(x, i -> (float) (2 * random.nextDouble() - 1));
        sum += x[0] - x[1] * x[2];
      }
      rows.add(RowFactory.create(id, steps, sum / steps.length));
    }
    return rows;
  }

  private static Dataset<Row> data(List<Row> rows) {
    return TestSpark.session().createDataFrame(rows, schema(DataTypes.FloatType));
  }

  private static PackedShard shard(List<Row> rows) {
    PackedShardBuilder builder = PackedShardBuilder.ofVectors(SIZE);
    for (Row row : rows) {
      Float[][] steps = (Float[][]) row.get(1);
      float[] vectors = new float[steps.length * SIZE];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = steps[i / SIZE][i % SIZE];
      }
      builder.add(vectors, (float) row.getDouble(2), 1);
    }
    return builder.build();
  }

  private static RnnRegressor regression() {
    return new RnnRegressor()
        .setVectorSize(SIZE)
        .setLoss("mean_squared_error")
        .setLayers("gru:8")
        .setPooling("mean")
        .setOptimizer("adam")
        .setStepSize(0.01)
        .setBatchSize(16)
        .setMaxIter(3)
        .setShards(2)
        .setSeed(7);
  }

  private static RnnClassifier binary() {
    return new RnnClassifier().setVectorSize(SIZE).setUnits("4").setMaxIter(1).setSeed(7);
  }

  @Test
  void aRegressionLearns() {
    RnnRegressionModel model =
        regression().setShards(1).setMaxIter(25).setValidationSplit(0.2).fit(data(rows(300)));
    assertEquals(new InputSpec.Vectors(SIZE), model.network().input());
    double first = model.history().epochs().get(0).validation().value(Metric.RMSE);
    Evaluation last = model.history().best().validation();
    assertTrue(last.value(Metric.RMSE) < 0.4 * first, () -> first + " " + last);
  }

  @Test
  void theResultIsThatOfTheLocalTrainer() {
    List<Row> rows = rows(90);
    DistributedTrainer.Trained trained =
        TinyRows.trained(regression().setShards(1), data(rows).repartition(5));
    TrainingProgress local =
        LocalTrainer.sequential(trained.config(), TrainingListener.silent(), () -> 0)
            .train(List.of(StableKey.sorted(shard(rows))), List.of());
    assertArrayEquals(local.parameters(), trained.progress().parameters());
  }

  @Test
  void shardsDependOnContentAlone() {
    List<Row> rows = rows(90);
    RnnRegressor regressor = regression().setShards(3).setValidationSplit(0.3);
    TrainingProgress one = TinyRows.train(regressor, data(rows).coalesce(1));
    TrainingProgress seven = TinyRows.train(regressor, data(rows).repartition(7));
    assertArrayEquals(one.parameters(), seven.parameters());
    assertEquals(one.history().best().validation(), seven.history().best().validation());
  }

  @Test
  void aSavedModelScoresAsTheTrainedOneWithAndWithoutSpark(@TempDir Path folder)
      throws IOException {
    List<Row> rows = rows(60);
    String path = folder.resolve("model").toString();
    RnnRegressionModel trained = regression().fit(data(rows));
    trained.write().save(path);
    List<Row> expected = trained.transform(data(rows)).collectAsList();
    assertEquals(expected, RnnRegressionModel.load(path).transform(data(rows)).collectAsList());
    SavedModel plain = ModelDirectory.read(new LocalStorage(Path.of(path)));
    FrozenNetwork frozen = new FrozenNetwork(new Network(plain.network()), plain.parameters());
    float[] outputs = new Scorer(frozen, 7).score(shard(rows));
    double squares = 0;
    for (int row = 0; row < outputs.length; row++) {
      assertEquals(outputs[row], expected.get(row).<Double>getAs("prediction"));
      squares += Math.pow((double) outputs[row] - (float) rows.get(row).getDouble(2), 2);
    }
    Evaluation evaluation = trained.evaluate(data(rows));
    assertEquals(Math.sqrt(squares / outputs.length), evaluation.value(Metric.RMSE), 1e-9);
  }

  @Test
  void classesAndAttentionWork() {
    Dataset<Row> rows =
        data(rows(60)).selectExpr("id", "features", "cast(label > 0 as double) label");
    RnnClassificationModel model =
        binary().setPooling("attention").setAttentionCol("attention").fit(rows);
    for (Row row : model.transform(rows).collectAsList()) {
      Vector probability = row.getAs("probability");
      assertEquals(1, probability.apply(0) + probability.apply(1), 1e-6);
      List<Float> weights = row.getList(row.fieldIndex("attention"));
      assertEquals(row.getList(1).size(), weights.size());
      assertEquals(1, weights.stream().mapToDouble(w -> w).sum(), 1e-5);
    }
    assertEquals(60, model.evaluate(rows).rows());
  }

  @Test
  void doublesAreReadLikeFloats() {
    List<Row> rows = rows(20);
    RnnRegressionModel model = regression().setMaxIter(1).fit(data(rows));
    Dataset<Row> doubles =
        data(rows).selectExpr("id", "cast(features as array<array<double>>) features", "label");
    assertEquals(predictions(model, data(rows)), predictions(model, doubles));
  }

  private static List<Object> predictions(RnnModel<?> model, Dataset<Row> rows) {
    return model.transform(rows).collectAsList().stream()
        .map(row -> row.getAs("prediction"))
        .toList();
  }

  @Test
  void badVectorsAreRefusedWithTheirReason() {
    List<Row> rows = rows(40);
    RnnRegressionModel model = regression().setMaxIter(1).fit(data(rows));
    Double[] good = {0.5, -0.5, 1.0};
    List<Row> mixed = new ArrayList<>();
    mixed.add(RowFactory.create(0, new Double[][] {good, good}, 1.0));
    mixed.add(RowFactory.create(1, null, 1.0));
    mixed.add(RowFactory.create(2, new Double[0][], 1.0));
    mixed.add(RowFactory.create(3, new Double[][] {good, null}, 1.0));
    mixed.add(RowFactory.create(4, new Double[][] {good, {1.0, null, 2.0}}, 1.0));
    mixed.add(RowFactory.create(5, new Double[][] {good, {1.0, 2.0}}, 1.0));
    mixed.add(RowFactory.create(6, new Double[][] {{1.0, Double.NaN, 2.0}}, 1.0));
    mixed.add(RowFactory.create(7, new Double[][] {{1.0, 1e300, 2.0}}, 1.0));
    Dataset<Row> data =
        TestSpark.session().createDataFrame(mixed, schema(DataTypes.DoubleType)).coalesce(1);
    List<Row> scored =
        model.setHandleInvalid("keep").setReasonCol("reason").transform(data).collectAsList();
    List<String> reasons = scored.stream().map(row -> row.<String>getAs("reason")).toList();
    assertEquals(
        Arrays.asList(
            null,
            "features are null",
            "features hold no vector",
            "features hold a null",
            "features hold a null",
            "features hold a vector of another size",
            "features hold a number that is not finite",
            "features hold a number that is not finite"),
        reasons);
    for (Row row : scored) {
      assertEquals(row.getAs("reason") == null, row.getAs("prediction") != null);
    }
    Evaluation evaluation = model.evaluate(data);
    assertEquals(1, evaluation.rows());
    assertEquals(7, evaluation.rowsRefused());
    String message = assertThrows(InputException.class, () -> regression().fit(data)).getMessage();
    assertTrue(message.startsWith("refused 7 of 8 rows"), message);
  }

  @Test
  void columnsAndParametersOfTokenIdsAreRefused() {
    Dataset<Row> vectors = data(rows(5));
    Dataset<Row> ids = TinyRows.data(5);
    assertRefused(
        "column 'features' must be array<int>, got array<array<float>>; set vectorSize to train on"
            + " vectors",
        () -> binary().setVectorSize(0).fit(vectors));
    assertRefused(
        "column 'features' must be array<array<float>> for vectors of 3, got array<int>, one number"
            + " a step; use vectorSize 1",
        () -> binary().fit(ids));
    assertRefused(
        "vectorSize must go without embeddingSize, which is for token ids, got 8",
        () -> binary().setEmbeddingSize(8).trainingConfig(2));
    RnnRegressionModel model = regression().setMaxIter(1).fit(data(rows(20)));
    assertThrows(InputException.class, () -> model.transform(ids));
    assertThrows(InputException.class, () -> model.evaluate(ids));
    assertTrue(binary().unread().contains("vocabularySize"));
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
