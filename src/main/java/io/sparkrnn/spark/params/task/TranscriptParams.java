package io.sparkrnn.spark.params.task;

import static io.sparkrnn.spark.params.OptionTable.TRANSCRIPT;

import io.sparkrnn.spark.params.FluentParams;
import io.sparkrnn.spark.params.OptionTable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Transcripts: --task transcribe.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface TranscriptParams<S extends TranscriptParams<S>> extends FluentParams<S> {
  /**
   * What the labels of a text are: character or word (with spaces between); an array has its own.
   */
  default Param<String> labelUnit() { return TRANSCRIPT.param(this, "labelUnit"); }
  /** Returns {@link #labelUnit}. */
  default String getLabelUnit() { return getOrDefault(labelUnit()); }
  /** Sets {@link #labelUnit}. */
  default S setLabelUnit(String value) { return with(labelUnit(), value); }

  /**
   * Beginnings of labels that are followed side by side when rows are transcribed, 1 for the best
   * path.
   */
  default IntParam labelBeam() { return TRANSCRIPT.param(this, "labelBeam"); }
  /** Returns {@link #labelBeam}. */
  default int getLabelBeam() { return (int) getOrDefault(labelBeam()); }
  /** Sets {@link #labelBeam}. */
  default S setLabelBeam(int value) { return with(labelBeam(), value); }

  /** Number of different labels. */
  default IntParam labelCount() { return TRANSCRIPT.param(this, "labelCount"); }
  /** Returns {@link #labelCount}. */
  default int getLabelCount() { return (int) getOrDefault(labelCount()); }
  /** Sets {@link #labelCount}. */
  default S setLabelCount(int value) { return with(labelCount(), value); }
}
// spotless:on
