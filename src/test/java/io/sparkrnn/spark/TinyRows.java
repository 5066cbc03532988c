package io.sparkrnn.spark;

import io.sparkrnn.spark.rows.ShardSummary;
import io.sparkrnn.spark.rows.StepCounts;
import io.sparkrnn.spark.training.DistributedTrainer;
import io.sparkrnn.spark.training.TrainingPlan;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.metrics.Moments;
import io.sparkrnn.train.shards.RefusalCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of token ids for tests: a row is positive when its first id is odd. */
public final class TinyRows {
  public static final int VOCABULARY = 12;
  public static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("features", DataTypes.createArrayType(DataTypes.IntegerType))
          .add("label", DataTypes.DoubleType);

  private TinyRows() {}

  public static List<Row> rows(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      Integer[] ids = new Integer[1 + random.nextInt(9)];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = 1 + random.nextInt(VOCABULARY - 1);
      }
      rows.add(RowFactory.create(id, ids, (double) (ids[0] % 2)));
    }
    return rows;
  }

  public static Dataset<Row> data(List<Row> rows) {
    return TestSpark.session().createDataFrame(rows, SCHEMA);
  }

  public static Dataset<Row> data(int count) {
    return data(rows(count, 11));
  }

  public static RnnClassifier classifier() {
    return new RnnClassifier("classifier")
        .setUnits("3")
        .setEmbeddingSize(5)
        .setVocabularySize(VOCABULARY)
        .setBatchSize(8)
        .setMaxIter(3)
        .setShards(3)
        .setValidationSplit(0.2)
        .setSeed(7);
  }

  /** Returns what is found in rows of so many of each class. */
  public static ShardSummary found(long... classes) {
    long rows = Arrays.stream(classes).sum();
    int last = classes.length - 1;
    return new ShardSummary(
        rows,
        StepCounts.none(),
        0,
        new RefusalCounts(),
        0,
        last,
        0,
        new Moments(),
        classes,
        classes,
        0);
  }

  /** Returns the plan that a classifier's parameters make. */
  public static TrainingPlan plan(RnnEstimator<?, ?> classifier) {
    return classifier.plan();
  }

  public static TrainingProgress train(RnnEstimator<?, ?> classifier, Dataset<Row> data) {
    return trained(classifier, data).progress();
  }

  /** Trains without making a model. */
  public static DistributedTrainer.Trained trained(
      RnnEstimator<?, ?> classifier, Dataset<Row> data) {
    return new DistributedTrainer(classifier.plan(), TrainingListener.silent(), () -> 0)
        .train(data);
  }
}
