package io.sparkrnn.spark.params.task;

import static io.sparkrnn.spark.params.OptionTable.TRANSLATING;

import io.sparkrnn.spark.params.FluentParams;
import io.sparkrnn.spark.params.OptionTable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Translating: columns, and how translations are searched for.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface TranslatingParams<S extends TranslatingParams<S>> extends FluentParams<S> {
  /** Column of texts to translate. */
  default Param<String> sourceCol() { return TRANSLATING.param(this, "sourceCol"); }
  /** Returns {@link #sourceCol}. */
  default String getSourceCol() { return getOrDefault(sourceCol()); }
  /** Sets {@link #sourceCol}. */
  default S setSourceCol(String value) { return with(sourceCol(), value); }

  /** Column of their translations. */
  default Param<String> targetCol() { return TRANSLATING.param(this, "targetCol"); }
  /** Returns {@link #targetCol}. */
  default String getTargetCol() { return getOrDefault(targetCol()); }
  /** Sets {@link #targetCol}. */
  default S setTargetCol(String value) { return with(targetCol(), value); }

  /**
   * Translations of a text that are tried side by side; 1 for the most probable token each time.
   */
  default IntParam beam() { return TRANSLATING.param(this, "beam"); }
  /** Returns {@link #beam}. */
  default int getBeam() { return (int) getOrDefault(beam()); }
  /** Sets {@link #beam}. */
  default S setBeam(int value) { return with(beam(), value); }

  /**
   * Translations are compared by the logarithm of their probability / length ^ lengthPenalty: 0
   * favours short ones.
   */
  default DoubleParam lengthPenalty() { return TRANSLATING.param(this, "lengthPenalty"); }
  /** Returns {@link #lengthPenalty}. */
  default double getLengthPenalty() { return (double) getOrDefault(lengthPenalty()); }
  /** Sets {@link #lengthPenalty}. */
  default S setLengthPenalty(double value) { return with(lengthPenalty(), value); }

  /** Most tokens of a translation. */
  default IntParam translationLength() { return TRANSLATING.param(this, "translationLength"); }
  /** Returns {@link #translationLength}. */
  default int getTranslationLength() { return (int) getOrDefault(translationLength()); }
  /** Sets {@link #translationLength}. */
  default S setTranslationLength(int value) { return with(translationLength(), value); }
}
// spotless:on
