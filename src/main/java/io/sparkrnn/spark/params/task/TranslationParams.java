package io.sparkrnn.spark.params.task;

import static io.sparkrnn.spark.params.OptionTable.TRANSLATION;

import io.sparkrnn.spark.params.FluentParams;
import io.sparkrnn.spark.params.OptionTable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Translation: --task translate.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface TranslationParams<S extends TranslationParams<S>> extends FluentParams<S> {
  /**
   * What a text is cut into: word (in lower case, without marks), token (words and marks as they
   * are) or character.
   */
  default Param<String> unit() { return TRANSLATION.param(this, "unit"); }
  /** Returns {@link #unit}. */
  default String getUnit() { return getOrDefault(unit()); }
  /** Sets {@link #unit}. */
  default S setUnit(String value) { return with(unit(), value); }

  /** Most token ids of the translations, 0 (end) and 1 (out of vocabulary) included. */
  default IntParam targetVocabularySize() { return TRANSLATION.param(this, "targetVocabularySize"); }
  /** Returns {@link #targetVocabularySize}. */
  default int getTargetVocabularySize() { return (int) getOrDefault(targetVocabularySize()); }
  /** Sets {@link #targetVocabularySize}. */
  default S setTargetVocabularySize(int value) { return with(targetVocabularySize(), value); }

  /**
   * How a state of the decoder is compared with the encoder's: general (Luong, 2015) or additive
   * (Bahdanau, 2015).
   */
  default Param<String> attention() { return TRANSLATION.param(this, "attention"); }
  /** Returns {@link #attention}. */
  default String getAttention() { return getOrDefault(attention()); }
  /** Sets {@link #attention}. */
  default S setAttention(String value) { return with(attention(), value); }

  /** Whether outputs share the embedding of the decoder. */
  default BooleanParam tieEmbedding() { return TRANSLATION.param(this, "tieEmbedding"); }
  /** Returns {@link #tieEmbedding}. */
  default boolean getTieEmbedding() { return (boolean) getOrDefault(tieEmbedding()); }
  /** Sets {@link #tieEmbedding}. */
  default S setTieEmbedding(boolean value) { return with(tieEmbedding(), value); }
}
// spotless:on
