package io.sparkrnn.spark;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/**
 * Parameters that bring sequences to one length, as in {@code keras.utils.pad_sequences}.
 *
 * @param <S> the class that has the parameters
 */
public interface PaddingParams<S extends PaddingParams<S>> extends ColumnParams<S> {
  /** Tokens of a review that are used. */
  default IntParam maxLength() {
    return new IntParam(
        this,
        "maxLength",
        "most tokens of a review that are used",
        ParamRules.atLeast("maxLength", 1));
  }

  /** Returns {@link #maxLength}. */
  default int getMaxLength() {
    return (int) getOrDefault(maxLength());
  }

  /** Sets {@link #maxLength}. */
  default S setMaxLength(int value) {
    return with(maxLength(), value);
  }

  /** Side on which short sequences are filled. */
  default Param<String> padding() {
    return new Param<>(
        this,
        "padding",
        "side on which short reviews are padded: pre or post",
        ParamRules.oneOf("padding", "pre", "post"));
  }

  /** Returns {@link #padding}. */
  default String getPadding() {
    return getOrDefault(padding());
  }

  /** Sets {@link #padding}. */
  default S setPadding(String value) {
    return with(padding(), value);
  }

  /** Side on which long sequences are cut. */
  default Param<String> truncating() {
    return new Param<>(
        this,
        "truncating",
        "side on which long reviews are cut: pre or post",
        ParamRules.oneOf("truncating", "pre", "post"));
  }

  /** Returns {@link #truncating}. */
  default String getTruncating() {
    return getOrDefault(truncating());
  }

  /** Sets {@link #truncating}. */
  default S setTruncating(String value) {
    return with(truncating(), value);
  }
}
