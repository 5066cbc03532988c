package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.VOCABULARY;

import org.apache.spark.ml.param.IntParam;

// spotless:off
/**
 * Vocabulary: which tokens get an id of their own.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface VocabularyParams<S extends VocabularyParams<S>> extends FluentParams<S> {
  /** Most token ids, 0 (padding) and 1 (out of vocabulary) included. */
  default IntParam vocabularySize() { return VOCABULARY.param(this, "vocabularySize"); }
  /** Returns {@link #vocabularySize}. */
  default int getVocabularySize() { return (int) getOrDefault(vocabularySize()); }
  /** Sets {@link #vocabularySize}. */
  default S setVocabularySize(int value) { return with(vocabularySize(), value); }

  /** Times a token must occur in the training reviews to get an id. */
  default IntParam minCount() { return VOCABULARY.param(this, "minCount"); }
  /** Returns {@link #minCount}. */
  default int getMinCount() { return (int) getOrDefault(minCount()); }
  /** Sets {@link #minCount}. */
  default S setMinCount(int value) { return with(minCount(), value); }
}
// spotless:on
