package io.sparkrnn.spark;

import org.apache.spark.ml.param.Param;

/**
 * The two columns of a stage that computes one column from another.
 *
 * @param <S> the class that has the parameters
 */
public interface ColumnParams<S extends ColumnParams<S>> extends FluentParams<S> {
  /** Column to read. */
  default Param<String> inputCol() {
    return new Param<>(this, "inputCol", "column to read");
  }

  /** Returns {@link #inputCol}. */
  default String getInputCol() {
    return getOrDefault(inputCol());
  }

  /** Sets {@link #inputCol}. */
  default S setInputCol(String name) {
    return with(inputCol(), name);
  }

  /** Column to add. */
  default Param<String> outputCol() {
    return new Param<>(this, "outputCol", "column to add");
  }

  /** Returns {@link #outputCol}. */
  default String getOutputCol() {
    return getOrDefault(outputCol());
  }

  /** Sets {@link #outputCol}. */
  default S setOutputCol(String name) {
    return with(outputCol(), name);
  }
}
