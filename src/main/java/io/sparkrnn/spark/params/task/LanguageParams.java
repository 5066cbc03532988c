package io.sparkrnn.spark.params.task;

import static io.sparkrnn.spark.params.OptionTable.LANGUAGE;

import io.sparkrnn.spark.params.FluentParams;
import io.sparkrnn.spark.params.OptionTable;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;

// spotless:off
/**
 * Language models: --task language-model.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface LanguageParams<S extends LanguageParams<S>> extends FluentParams<S> {
  /**
   * Tokens of each row of a step, which gradients go back; states go on from segment to segment.
   */
  default IntParam segmentLength() { return LANGUAGE.param(this, "segmentLength"); }
  /** Returns {@link #segmentLength}. */
  default int getSegmentLength() { return (int) getOrDefault(segmentLength()); }
  /** Sets {@link #segmentLength}. */
  default S setSegmentLength(int value) { return with(segmentLength(), value); }

  /** Whether outputs share the embedding of the inputs. */
  default BooleanParam tieEmbedding() { return LANGUAGE.param(this, "tieEmbedding"); }
  /** Returns {@link #tieEmbedding}. */
  default boolean getTieEmbedding() { return (boolean) getOrDefault(tieEmbedding()); }
  /** Sets {@link #tieEmbedding}. */
  default S setTieEmbedding(boolean value) { return with(tieEmbedding(), value); }

  /**
   * Tokens, drawn once a step, that the next one is compared with where softmax is sampled in
   * training; needs tieEmbedding.
   */
  default IntParam softmaxSamples() { return LANGUAGE.param(this, "softmaxSamples"); }
  /** Returns {@link #softmaxSamples}. */
  default int getSoftmaxSamples() { return (int) getOrDefault(softmaxSamples()); }
  /** Sets {@link #softmaxSamples}. */
  default S setSoftmaxSamples(int value) { return with(softmaxSamples(), value); }

  /** Vocabulary size above which softmax is sampled in training; metrics are always exact. */
  default IntParam sampleAbove() { return LANGUAGE.param(this, "sampleAbove"); }
  /** Returns {@link #sampleAbove}. */
  default int getSampleAbove() { return (int) getOrDefault(sampleAbove()); }
  /** Sets {@link #sampleAbove}. */
  default S setSampleAbove(int value) { return with(sampleAbove(), value); }
}
// spotless:on
