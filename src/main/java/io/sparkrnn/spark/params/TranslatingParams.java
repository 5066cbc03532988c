package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.TRANSLATING;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

public interface TranslatingParams<S extends TranslatingParams<S>> extends FluentParams<S> {
  default Param<String> sourceCol() {
    return TRANSLATING.param(this, "sourceCol");
  }

  default String getSourceCol() {
    return getOrDefault(sourceCol());
  }

  default S setSourceCol(String value) {
    return with(sourceCol(), value);
  }

  default Param<String> targetCol() {
    return TRANSLATING.param(this, "targetCol");
  }

  default String getTargetCol() {
    return getOrDefault(targetCol());
  }

  default S setTargetCol(String value) {
    return with(targetCol(), value);
  }

  default IntParam beam() {
    return TRANSLATING.param(this, "beam");
  }

  default int getBeam() {
    return (int) getOrDefault(beam());
  }

  default S setBeam(int value) {
    return with(beam(), value);
  }

  default DoubleParam lengthPenalty() {
    return TRANSLATING.param(this, "lengthPenalty");
  }

  default double getLengthPenalty() {
    return (double) getOrDefault(lengthPenalty());
  }

  default S setLengthPenalty(double value) {
    return with(lengthPenalty(), value);
  }

  default IntParam translationLength() {
    return TRANSLATING.param(this, "translationLength");
  }

  default int getTranslationLength() {
    return (int) getOrDefault(translationLength());
  }

  default S setTranslationLength(int value) {
    return with(translationLength(), value);
  }
}
