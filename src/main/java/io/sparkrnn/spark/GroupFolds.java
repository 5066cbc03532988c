package io.sparkrnn.spark;

import io.sparkrnn.spark.input.Columns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Folds that keep the rows of a group together, such as the reviews of a film, for {@link
 * org.apache.spark.ml.tuning.CrossValidator#setFoldCol}: what a fold measures are groups that its
 * models have never seen.
 */
public final class GroupFolds {
  private GroupFolds() {}

  /**
   * Returns the number of a row's fold, from 0: a hash of seed and group, whatever the order of the
   * rows.
   *
   * @param groupCol column of the groups, of any type that can be cast to a string
   * @param folds number of folds, at least 2
   * @param seed seed of the choice
   */
  public static Column of(String groupCol, int folds, long seed) {
    if (folds < 2) {
      throw new IllegalArgumentException("folds must be >= 2, got " + folds);
    }
    Column group = Columns.named(groupCol).cast("string");
    Column hash = functions.xxhash64(functions.lit(seed), functions.lit("fold"), group);
    return functions.pmod(hash, functions.lit(folds)).cast("int");
  }
}
