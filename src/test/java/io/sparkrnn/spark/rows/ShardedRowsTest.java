package io.sparkrnn.spark.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.spark.TestSpark;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.Dependency;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.SparkEnv;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class ShardedRowsTest {
  private static final RowColumns COLUMNS = new RowColumns("text", "label");

  private static Dataset<Row> reviews(double... labels) {
    StructType schema =
        new StructType().add("text", DataTypes.StringType).add("label", DataTypes.DoubleType);
    List<Row> rows = new ArrayList<>();
    for (double label : labels) {
      rows.add(RowFactory.create("film number " + rows.size() + " was good", label));
    }
    return TestSpark.session().createDataFrame(rows, schema).repartition(3);
  }

  /** What becomes of shards whose executor is lost, with its cache and its part of the shuffle. */
  @Test
  void shardsThatAreLostArePackedAgain() {
    packAndLose(reviews(0, 1, 1, 0, 1, 0, 0));
  }

  @Test
  void shardsThatAreLostArePackedAgainWhenRowsWereRefusedForTheirLabels() {
    packAndLose(reviews(0, 1, 1, 0, 7, 1, 0));
  }

  @Test
  void equalReviewsDoNotPileUpInOneShard() {
    List<Row> copies = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      copies.add(RowFactory.create("the very same words", 1.0));
    }
    Dataset<Row> reviews = reviews(0, 1, 1, 0, 1, 0, 0, Double.NaN);
    Dataset<Row> all = reviews.union(TestSpark.session().createDataFrame(copies, reviews.schema()));
    List<List<Long>> found = new ArrayList<>();
    for (int partitions : List.of(1, 5)) {
      packed(
          all.repartition(partitions),
          4,
          4,
          rows -> {
            found.add(rows.summaries().stream().map(ShardSummary::trainingRows).toList());
            assertEquals(1, rows.total().refusedRows());
            assertEquals(
                rows.total().keySum(),
                ShardSummary.total(rows.shards().map(ShardSummary::of).collect()).keySum());
          });
    }
    assertEquals(found.get(0), found.get(1));
    long training = found.get(0).stream().mapToLong(Long::longValue).sum();
    assertTrue(training >= 1000, found.toString());
    found.get(0).forEach(rows -> assertEquals(training / 4.0, rows, 7));
  }

  @Test
  void joinedShardsAreThoseOfASmallerNumber() {
    Dataset<Row> reviews = reviews(0, 1, 1, 0, 1, 0, 0, 1, 0, 1, Double.NaN);
    for (int shards : List.of(1, 2, 4)) {
      packed(
          reviews,
          8,
          shards,
          joined ->
              packed(
                  reviews,
                  shards,
                  shards,
                  direct -> assertEquals(contents(direct), contents(joined))));
    }
  }

  private static List<String> contents(ShardedRows rows) {
    return rows.shards()
        .map(
            data ->
                Arrays.toString(data.training().offsets())
                    + Arrays.toString(data.training().tokens())
                    + Arrays.toString(data.validation().tokens())
                    + Arrays.toString(data.training().labels()))
        .collect();
  }

  private static void packAndLose(Dataset<Row> reviews) {
    packed(
        reviews,
        4,
        4,
        rows -> {
          ShardSummary before = rows.total();
          rows.shards().unpersist(true);
          forgetShuffles(rows.shards().rdd());
          ShardSummary again = ShardSummary.total(rows.shards().map(ShardSummary::of).collect());
          assertEquals(before.keySum(), again.keySum());
          assertEquals(before.trainingRows(), again.trainingRows());
          assertEquals(before.refusals(), again.refusals());
        });
  }

  private static void packed(
      Dataset<Row> reviews, int first, int shards, Consumer<ShardedRows> check) {
    Padding padding = new Padding(5, Padding.Side.PRE, Padding.Side.PRE);
    try (TokenizedRows tokenized = TokenizedRows.of(reviews, COLUMNS, TextCut.of(padding), 0)) {
      Vocabulary vocabulary = tokenized.vocabulary(20, 1);
      InputSpec input = new InputSpec.Tokens(vocabulary.size(), 4, true);
      PackingPlan plan =
          new PackingPlan(
              COLUMNS, input, LabelRule.ofClasses(), first, 0.3, 1, Ngrams.none(), false);
      try (ShardedRows rows = ShardedRows.of(plan, tokenized, vocabulary).in(shards, plan)) {
        check.accept(rows);
      }
    }
  }

  private static void forgetShuffles(RDD<?> rdd) {
    MapOutputTrackerMaster tracker = (MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker();
    for (Dependency<?> dependency : CollectionConverters.asJava(rdd.dependencies())) {
      if (dependency instanceof ShuffleDependency<?, ?, ?> shuffle) {
        tracker.unregisterAllMapAndMergeOutput(shuffle.shuffleId());
      } else {
        forgetShuffles(dependency.rdd());
      }
    }
  }
}
