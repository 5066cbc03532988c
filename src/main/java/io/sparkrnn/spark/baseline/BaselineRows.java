package io.sparkrnn.spark.baseline;

import io.sparkrnn.spark.ReviewTokenizer;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.ReviewReader;
import io.sparkrnn.spark.rows.LabelRule;
import io.sparkrnn.spark.rows.RowChecks;
import io.sparkrnn.spark.rows.ShardSummary;
import io.sparkrnn.spark.rows.StepCounts;
import io.sparkrnn.train.metrics.Moments;
import io.sparkrnn.train.shards.RefusalCounts;
import io.sparkrnn.train.shards.Refusals;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reviews of the baseline: words, label, fold, and why a review cannot be used.
 *
 * @param all these columns, and all reviews
 */
record BaselineRows(Dataset<Row> all) {
  /** Column of words. */
  static final String TOKENS = "tokens";

  private static final String LABEL = "label";
  private static final String FOLD = "fold";
  private static final LabelRule LABELS = LabelRule.ofClasses();
  private static final int FOLDS = 1000;
  private static final int HELD_OUT = 200;

  /**
   * Returns the rows of reviews.
   *
   * @param reviews as {@link ReviewReader#read} returns them
   */
  static BaselineRows of(Dataset<Row> reviews, String textCol, String labelCol) {
    Dataset<Row> renamed =
        reviews.select(
            Columns.named(textCol).as("text"),
            Columns.named(labelCol).cast(DataTypes.DoubleType).as(LABEL),
            Columns.refused(reviews.schema()).as(ReviewReader.REFUSED_COL));
    Column hash = functions.xxhash64(functions.col("text"));
    return new BaselineRows(
        new ReviewTokenizer()
            .setInputCol("text")
            .setOutputCol(TOKENS)
            .transform(renamed)
            .withColumn(
                ReviewReader.REFUSED_COL,
                functions.coalesce(functions.col(ReviewReader.REFUSED_COL), refusal()))
            .withColumn(FOLD, functions.pmod(hash, functions.lit(FOLDS)))
            .drop("text"));
  }

  private static Column refusal() {
    UDF1<Double, String> rule = label -> label == null ? null : LABELS.refusal(label);
    return functions
        .when(functions.size(functions.col(TOKENS)).equalTo(0), "text has no words")
        .otherwise(functions.udf(rule, DataTypes.StringType).apply(functions.col(LABEL)));
  }

  /** Returns the reviews to train on. */
  Dataset<Row> training() {
    return good().filter(functions.col(FOLD).geq(HELD_OUT));
  }

  /** Returns the reviews to measure with: which they are depends on their texts alone. */
  Dataset<Row> heldOut() {
    return good().filter(functions.col(FOLD).lt(HELD_OUT));
  }

  /** Returns the number of reviews that nobody labelled. */
  long unlabelled() {
    return usable().filter(functions.col(LABEL).isNull()).count();
  }

  private Dataset<Row> usable() {
    return all.filter(functions.col(ReviewReader.REFUSED_COL).isNull());
  }

  private Dataset<Row> good() {
    return usable().filter(functions.col(LABEL).isNotNull());
  }

  /** Counts the rows; the held-out ones are those of validation. */
  ShardSummary summary() {
    long[] counts = new long[LabelRule.MAX_CLASSES];
    for (Row row : training().groupBy(LABEL).count().collectAsList()) {
      counts[(int) row.getDouble(0)] = row.getLong(1);
    }
    int smallest = 0;
    int largest = counts.length - 1;
    while (smallest < largest && counts[smallest] == 0) {
      smallest++;
    }
    while (largest > smallest && counts[largest] == 0) {
      largest--;
    }
    return new ShardSummary(
        Arrays.stream(counts).sum(),
        StepCounts.none(),
        heldOut().count(),
        refused(),
        smallest,
        largest,
        Float.NEGATIVE_INFINITY,
        new Moments(),
        counts,
        counts,
        0);
  }

  private RefusalCounts refused() {
    return all.select(ReviewReader.REFUSED_COL)
        .where(functions.col(ReviewReader.REFUSED_COL).isNotNull())
        .javaRDD()
        .aggregate(new RefusalCounts(), BaselineRows::add, BaselineRows::merge);
  }

  private static RefusalCounts add(RefusalCounts counts, Row row) {
    counts.add(row.getString(0));
    return counts;
  }

  private static RefusalCounts merge(RefusalCounts counts, RefusalCounts others) {
    counts.merge(others);
    return counts;
  }

  /**
   * Checks that the rows can be trained on and measured with.
   *
   * @param total what {@link #summary} returns
   * @throws InputException when they cannot
   */
  void check(ShardSummary total, String labelCol) {
    RowChecks checks = new RowChecks(labelCol, LABELS, Refusals.MAX_FRACTION);
    checks.checkRefused(total);
    if (total.trainingRows() == 0 || total.validationRows() == 0) {
      throw new InputException(
          "the baseline needs labelled reviews to train on and to hold out, got %d and %d; give it more"
              .formatted(total.trainingRows(), total.validationRows()));
    }
    checks.checkClasses(total);
  }
}
