package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.TRANSLATION;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

public interface TranslationParams<S extends TranslationParams<S>> extends FluentParams<S> {
  default Param<String> unit() {
    return TRANSLATION.param(this, "unit");
  }

  default String getUnit() {
    return getOrDefault(unit());
  }

  default S setUnit(String value) {
    return with(unit(), value);
  }

  default IntParam targetVocabularySize() {
    return TRANSLATION.param(this, "targetVocabularySize");
  }

  default int getTargetVocabularySize() {
    return (int) getOrDefault(targetVocabularySize());
  }

  default S setTargetVocabularySize(int value) {
    return with(targetVocabularySize(), value);
  }

  default Param<String> attention() {
    return TRANSLATION.param(this, "attention");
  }

  default String getAttention() {
    return getOrDefault(attention());
  }

  default S setAttention(String value) {
    return with(attention(), value);
  }

  default BooleanParam tieEmbedding() {
    return TRANSLATION.param(this, "tieEmbedding");
  }

  default boolean getTieEmbedding() {
    return (boolean) getOrDefault(tieEmbedding());
  }

  default S setTieEmbedding(boolean value) {
    return with(tieEmbedding(), value);
  }
}
