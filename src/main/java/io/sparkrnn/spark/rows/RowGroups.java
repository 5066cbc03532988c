package io.sparkrnn.spark.rows;

import io.sparkrnn.spark.input.Columns;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Rows that belong together, such as the reviews of one film, and stand on one side of every split:
 * what is measured on the other side are groups never seen.
 *
 * <p>On which side is a hash of seed and group, whatever the order of rows or their partitions.
 *
 * @param column column of the groups, empty for none: then rows of equal text are a group
 * @param validationSplit fraction of the groups held out for validation; not read without groups
 * @param seed seed of the splits
 */
public record RowGroups(String column, double validationSplit, long seed) implements Serializable {
  private static final long BUCKETS = 1_000_000;

  /** Rows without groups. */
  public static RowGroups none(long seed) {
    return new RowGroups("", 0, seed);
  }

  /** Returns whether rows have groups. */
  public boolean any() {
    return !column.isEmpty();
  }

  /** Returns whether a row is held out for validation. */
  Column heldOut(String features) {
    return inFraction(
        functions.xxhash64(
            functions.lit(seed), functions.lit("validation"), groupOrFeatures(features)),
        validationSplit);
  }

  /**
   * Returns whether a row is kept for the final test.
   *
   * @param features the column that networks read
   * @param fraction of the groups
   */
  public Column isTest(String features, double fraction) {
    return inFraction(functions.xxhash64(functions.lit(seed), groupOrFeatures(features)), fraction);
  }

  /** A row whose group is null stands for itself. */
  private Column groupOrFeatures(String features) {
    Column own = Columns.named(features);
    return any()
        ? functions.coalesce(Columns.named(column).cast("string"), own.cast("string"))
        : own;
  }

  private static Column inFraction(Column hash, double fraction) {
    return functions.pmod(hash, functions.lit(BUCKETS)).lt(Math.round(fraction * BUCKETS));
  }
}
