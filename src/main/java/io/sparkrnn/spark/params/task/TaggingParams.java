package io.sparkrnn.spark.params.task;

import static io.sparkrnn.spark.params.OptionTable.TAGGING;

import io.sparkrnn.spark.params.FluentParams;
import io.sparkrnn.spark.params.OptionTable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Tagging: --task tag.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface TaggingParams<S extends TaggingParams<S>> extends FluentParams<S> {
  /** Column of words: an array of them, or a text in which blanks separate them. */
  default Param<String> tokensCol() { return TAGGING.param(this, "tokensCol"); }
  /** Returns {@link #tokensCol}. */
  default String getTokensCol() { return getOrDefault(tokensCol()); }
  /** Sets {@link #tokensCol}. */
  default S setTokensCol(String value) { return with(tokensCol(), value); }

  /** Whether the label of a word depends on those beside it, by a conditional random field. */
  default BooleanParam crf() { return TAGGING.param(this, "crf"); }
  /** Returns {@link #crf}. */
  default boolean getCrf() { return (boolean) getOrDefault(crf()); }
  /** Sets {@link #crf}. */
  default S setCrf(boolean value) { return with(crf(), value); }
}
// spotless:on
