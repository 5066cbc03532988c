package io.sparkrnn.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads reviews. */
public final class ReviewReader {
  /** Column that says why a row cannot be used; null when it can. */
  public static final String REFUSED_COL = "_refused";

  public ReviewReader(SparkSession spark, String textCol, String labelCol) {}

  /** Text and label: all columns of the input, text as string, label as double. */
  public Dataset<Row> read(String path) {
    throw new InputException("not yet");
  }

  /** Text only: every other column, a label among them, passes untouched. */
  public Dataset<Row> readUnlabelled(String path) {
    throw new InputException("not yet");
  }

  /**
   * The one-line explanation of a failure while reading, or null when it is no fault of the input.
   */
  public static InputException explain(Throwable failure) {
    return null;
  }
}
