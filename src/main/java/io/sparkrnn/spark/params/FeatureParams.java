package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.FEATURE;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;

// spotless:off
/**
 * Vectors and audio: --features-col, --audio-col.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface FeatureParams<S extends FeatureParams<S>> extends FluentParams<S> {
  /**
   * Whether each number of the vectors is shifted and scaled to mean 0 and deviation 1 over the
   * training rows; unless set, true for audio.
   */
  default BooleanParam standardize() { return FEATURE.param(this, "standardize"); }
  /** Returns {@link #standardize}. */
  default boolean getStandardize() { return (boolean) getOrDefault(standardize()); }
  /** Sets {@link #standardize}. */
  default S setStandardize(boolean value) { return with(standardize(), value); }

  /** Audio: bands of a frame, the numbers that the network reads. */
  default IntParam melBands() { return FEATURE.param(this, "melBands"); }
  /** Returns {@link #melBands}. */
  default int getMelBands() { return (int) getOrDefault(melBands()); }
  /** Sets {@link #melBands}. */
  default S setMelBands(int value) { return with(melBands(), value); }

  /** Audio: where the bands begin, in Hz. */
  default DoubleParam melLow() { return FEATURE.param(this, "melLow"); }
  /** Returns {@link #melLow}. */
  default double getMelLow() { return (double) getOrDefault(melLow()); }
  /** Sets {@link #melLow}. */
  default S setMelLow(double value) { return with(melLow(), value); }

  /** Audio: where the bands end, in Hz; at most half of the files' samples a second. */
  default DoubleParam melHigh() { return FEATURE.param(this, "melHigh"); }
  /** Returns {@link #melHigh}. */
  default double getMelHigh() { return (double) getOrDefault(melHigh()); }
  /** Sets {@link #melHigh}. */
  default S setMelHigh(double value) { return with(melHigh(), value); }

  /** Audio: length of a frame. */
  default DoubleParam frameMillis() { return FEATURE.param(this, "frameMillis"); }
  /** Returns {@link #frameMillis}. */
  default double getFrameMillis() { return (double) getOrDefault(frameMillis()); }
  /** Sets {@link #frameMillis}. */
  default S setFrameMillis(double value) { return with(frameMillis(), value); }

  /** Audio: from one frame to the next. */
  default DoubleParam hopMillis() { return FEATURE.param(this, "hopMillis"); }
  /** Returns {@link #hopMillis}. */
  default double getHopMillis() { return (double) getOrDefault(hopMillis()); }
  /** Sets {@link #hopMillis}. */
  default S setHopMillis(double value) { return with(hopMillis(), value); }
}
// spotless:on
