package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.ROWS;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Rows: which are held out, and how many may be refused.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface RowsParams<S extends RowsParams<S>> extends FluentParams<S> {
  /** Boolean column that marks validation rows; none when empty. */
  default Param<String> validationIndicatorCol() { return ROWS.param(this, "validationIndicatorCol"); }
  /** Returns {@link #validationIndicatorCol}. */
  default String getValidationIndicatorCol() { return getOrDefault(validationIndicatorCol()); }
  /** Sets {@link #validationIndicatorCol}. */
  default S setValidationIndicatorCol(String value) { return with(validationIndicatorCol(), value); }

  /**
   * Column of groups, such as films, products or customers: rows of one group stay on one side of
   * every split; none when empty.
   */
  default Param<String> groupCol() { return ROWS.param(this, "groupCol"); }
  /** Returns {@link #groupCol}. */
  default String getGroupCol() { return getOrDefault(groupCol()); }
  /** Sets {@link #groupCol}. */
  default S setGroupCol(String value) { return with(groupCol(), value); }

  /**
   * Fraction of the rows held out for validation, by a seeded hash of ids and label; equal rows
   * stay together.
   */
  default DoubleParam validationSplit() { return ROWS.param(this, "validationSplit"); }
  /** Returns {@link #validationSplit}. */
  default double getValidationSplit() { return (double) getOrDefault(validationSplit()); }
  /** Sets {@link #validationSplit}. */
  default S setValidationSplit(double value) { return with(validationSplit(), value); }

  /** Largest fraction of refused rows that training accepts. */
  default DoubleParam maxRefusedFraction() { return ROWS.param(this, "maxRefusedFraction"); }
  /** Returns {@link #maxRefusedFraction}. */
  default double getMaxRefusedFraction() { return (double) getOrDefault(maxRefusedFraction()); }
  /** Sets {@link #maxRefusedFraction}. */
  default S setMaxRefusedFraction(double value) { return with(maxRefusedFraction(), value); }
}
// spotless:on
