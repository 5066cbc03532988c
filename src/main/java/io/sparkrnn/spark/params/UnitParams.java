package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.UNIT;

import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Texts: what they are cut into.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface UnitParams<S extends UnitParams<S>> extends FluentParams<S> {
  /**
   * What a text is cut into: word (in lower case, without marks), token (words and marks as they
   * are) or character.
   */
  default Param<String> unit() { return UNIT.param(this, "unit"); }
  /** Returns {@link #unit}. */
  default String getUnit() { return getOrDefault(unit()); }
  /** Sets {@link #unit}. */
  default S setUnit(String value) { return with(unit(), value); }
}
// spotless:on
