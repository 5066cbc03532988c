package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.COLUMN;

import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Columns of a stage that computes one from another.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface ColumnParams<S extends ColumnParams<S>> extends FluentParams<S> {
  /** Column to read. */
  default Param<String> inputCol() { return COLUMN.param(this, "inputCol"); }
  /** Returns {@link #inputCol}. */
  default String getInputCol() { return getOrDefault(inputCol()); }
  /** Sets {@link #inputCol}. */
  default S setInputCol(String value) { return with(inputCol(), value); }

  /** Column to add. */
  default Param<String> outputCol() { return COLUMN.param(this, "outputCol"); }
  /** Returns {@link #outputCol}. */
  default String getOutputCol() { return getOrDefault(outputCol()); }
  /** Sets {@link #outputCol}. */
  default S setOutputCol(String value) { return with(outputCol(), value); }
}
// spotless:on
