package io.sparkrnn.spark;

import org.apache.spark.ml.param.IntParam;

/**
 * Parameters that say which tokens get an id of their own.
 *
 * @param <S> the class that has the parameters
 */
public interface VocabularyParams<S extends VocabularyParams<S>> extends ColumnParams<S> {
  /** Most ids, 0 (padding) and 1 (out of vocabulary) included. */
  default IntParam vocabularySize() {
    return new IntParam(
        this,
        "vocabularySize",
        "most token ids, 0 (padding) and 1 (out of vocabulary) included",
        ParamRules.atLeast("vocabularySize", 3));
  }

  /** Returns {@link #vocabularySize}. */
  default int getVocabularySize() {
    return (int) getOrDefault(vocabularySize());
  }

  /** Sets {@link #vocabularySize}. */
  default S setVocabularySize(int value) {
    return with(vocabularySize(), value);
  }

  /** Times a token must occur to get an id. */
  default IntParam minCount() {
    return new IntParam(
        this,
        "minCount",
        "times a token must occur in the training reviews to get an id",
        ParamRules.atLeast("minCount", 1));
  }

  /** Returns {@link #minCount}. */
  default int getMinCount() {
    return (int) getOrDefault(minCount());
  }

  /** Sets {@link #minCount}. */
  default S setMinCount(int value) {
    return with(minCount(), value);
  }
}
