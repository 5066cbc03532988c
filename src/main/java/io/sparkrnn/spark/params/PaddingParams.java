package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.PADDING;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Padding: sequences of one length, as keras.utils.pad_sequences makes them.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface PaddingParams<S extends PaddingParams<S>> extends FluentParams<S> {
  /** Most tokens of a review that are used. */
  default IntParam maxLength() { return PADDING.param(this, "maxLength"); }
  /** Returns {@link #maxLength}. */
  default int getMaxLength() { return (int) getOrDefault(maxLength()); }
  /** Sets {@link #maxLength}. */
  default S setMaxLength(int value) { return with(maxLength(), value); }

  /** Side on which short reviews are padded: pre or post. */
  default Param<String> padding() { return PADDING.param(this, "padding"); }
  /** Returns {@link #padding}. */
  default String getPadding() { return getOrDefault(padding()); }
  /** Sets {@link #padding}. */
  default S setPadding(String value) { return with(padding(), value); }

  /** Side on which long reviews are cut: pre or post. */
  default Param<String> truncating() { return PADDING.param(this, "truncating"); }
  /** Returns {@link #truncating}. */
  default String getTruncating() { return getOrDefault(truncating()); }
  /** Sets {@link #truncating}. */
  default S setTruncating(String value) { return with(truncating(), value); }
}
// spotless:on
