package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.SCORING;

import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Columns and thresholds, the same for training and scoring.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface ScoringParams<S extends ScoringParams<S>> extends FluentParams<S> {
  /**
   * Column of vectors, {@code array<array<float>>} or {@code array<vector>} (with vectorSize 1 also
   * {@code array<float>}); or of token ids, {@code array<int>}, id 0 being padding.
   */
  default Param<String> featuresCol() { return SCORING.param(this, "featuresCol"); }
  /** Returns {@link #featuresCol}. */
  default String getFeaturesCol() { return getOrDefault(featuresCol()); }
  /** Sets {@link #featuresCol}. */
  default S setFeaturesCol(String value) { return with(featuresCol(), value); }

  /**
   * Column of audio, read in place of featuresCol: WAV files (binary), or their paths, absolute or
   * relative to the input; none when empty.
   */
  default Param<String> audioCol() { return SCORING.param(this, "audioCol"); }
  /** Returns {@link #audioCol}. */
  default String getAudioCol() { return getOrDefault(audioCol()); }
  /** Sets {@link #audioCol}. */
  default S setAudioCol(String value) { return with(audioCol(), value); }

  /** Directory that relative paths of audioCol are below; none when empty. */
  default Param<String> audioDirectory() { return SCORING.param(this, "audioDirectory"); }
  /** Returns {@link #audioDirectory}. */
  default String getAudioDirectory() { return getOrDefault(audioDirectory()); }
  /** Sets {@link #audioDirectory}. */
  default S setAudioDirectory(String value) { return with(audioDirectory(), value); }

  /** Column of labels: class indices 0, 1, ... or, of a regression, numbers. */
  default Param<String> labelCol() { return SCORING.param(this, "labelCol"); }
  /** Returns {@link #labelCol}. */
  default String getLabelCol() { return getOrDefault(labelCol()); }
  /** Sets {@link #labelCol}. */
  default S setLabelCol(String value) { return with(labelCol(), value); }

  /** Column of example weights; none when empty. */
  default Param<String> weightCol() { return SCORING.param(this, "weightCol"); }
  /** Returns {@link #weightCol}. */
  default String getWeightCol() { return getOrDefault(weightCol()); }
  /** Sets {@link #weightCol}. */
  default S setWeightCol(String value) { return with(weightCol(), value); }

  /** Output column of the predicted class or value; none when empty. */
  default Param<String> predictionCol() { return SCORING.param(this, "predictionCol"); }
  /** Returns {@link #predictionCol}. */
  default String getPredictionCol() { return getOrDefault(predictionCol()); }
  /** Sets {@link #predictionCol}. */
  default S setPredictionCol(String value) { return with(predictionCol(), value); }

  /** Output column of the probability of every class; none when empty. */
  default Param<String> probabilityCol() { return SCORING.param(this, "probabilityCol"); }
  /** Returns {@link #probabilityCol}. */
  default String getProbabilityCol() { return getOrDefault(probabilityCol()); }
  /** Sets {@link #probabilityCol}. */
  default S setProbabilityCol(String value) { return with(probabilityCol(), value); }

  /**
   * Output column of the log odds (two classes), log probabilities (more) or the value; none when
   * empty.
   */
  default Param<String> rawPredictionCol() { return SCORING.param(this, "rawPredictionCol"); }
  /** Returns {@link #rawPredictionCol}. */
  default String getRawPredictionCol() { return getOrDefault(rawPredictionCol()); }
  /** Sets {@link #rawPredictionCol}. */
  default S setRawPredictionCol(String value) { return with(rawPredictionCol(), value); }

  /**
   * Output column of the weights of attention pooling, {@code array<float>}, one per id of
   * featuresCol; none when empty.
   */
  default Param<String> attentionCol() { return SCORING.param(this, "attentionCol"); }
  /** Returns {@link #attentionCol}. */
  default String getAttentionCol() { return getOrDefault(attentionCol()); }
  /** Sets {@link #attentionCol}. */
  default S setAttentionCol(String value) { return with(attentionCol(), value); }

  /** Output column that says why a row has no prediction; none when empty. */
  default Param<String> reasonCol() { return SCORING.param(this, "reasonCol"); }
  /** Returns {@link #reasonCol}. */
  default String getReasonCol() { return getOrDefault(reasonCol()); }
  /** Sets {@link #reasonCol}. */
  default S setReasonCol(String value) { return with(reasonCol(), value); }

  /**
   * What becomes of a row that cannot be scored: error (scoring fails), skip (it is left out) or
   * keep (its predictions are null).
   */
  default Param<String> handleInvalid() { return SCORING.param(this, "handleInvalid"); }
  /** Returns {@link #handleInvalid}. */
  default String getHandleInvalid() { return getOrDefault(handleInvalid()); }
  /** Sets {@link #handleInvalid}. */
  default S setHandleInvalid(String value) { return with(handleInvalid(), value); }

  /** One threshold per class: the class with the largest p / threshold is predicted. */
  default DoubleArrayParam thresholds() { return SCORING.param(this, "thresholds"); }
  /** Returns {@link #thresholds}. */
  default double[] getThresholds() { return getOrDefault(thresholds()); }
  /** Sets {@link #thresholds}. */
  default S setThresholds(double[] value) { return with(thresholds(), value); }
}
// spotless:on
