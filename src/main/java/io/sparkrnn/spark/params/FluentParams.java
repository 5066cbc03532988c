package io.sparkrnn.spark.params;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Parameters with setters that return the object they were called on.
 *
 * <p>A parameter is a default method that makes a {@link Param}: Spark compares parameters by owner
 * and name, so that a group of parameters needs no fields and any class may have it.
 *
 * @param <S> the class that has the parameters
 */
public interface FluentParams<S extends FluentParams<S>> extends Params {
  /**
   * Sets a parameter.
   *
   * @throws IllegalArgumentException if the value is not allowed
   */
  @SuppressWarnings("unchecked")
  default <T> S with(Param<T> param, T value) {
    set(param, value);
    return (S) this;
  }
}
