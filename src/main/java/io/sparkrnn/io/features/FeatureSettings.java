package io.sparkrnn.io.features;

import io.sparkrnn.audio.LogMelSettings;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.train.shards.Standardization;
import java.io.Serializable;

/**
 * How a row becomes the vectors that a network reads, and its outputs what is wanted.
 *
 * @param audio the front end of audio, or null for vectors as they come
 * @param standardization what vectors are standardized by, or null for none
 * @param labels what the labels of transcripts are, or null without transcripts
 */
public record FeatureSettings(
    LogMelSettings audio, Standardization standardization, LabelUnit labels)
    implements Serializable {
  /** Vectors as they come. */
  public static final FeatureSettings NONE = new FeatureSettings(null, null, null);

  /** Returns whether rows are audio. */
  public boolean isAudio() {
    return audio != null;
  }

  /** Returns these settings with what the labels of transcripts are. */
  public FeatureSettings with(LabelUnit labels) {
    return new FeatureSettings(audio, standardization, labels);
  }

  /** Returns these settings with what was learnt of the training rows. */
  public FeatureSettings with(Standardization standardization) {
    return new FeatureSettings(audio, standardization, labels);
  }

  /**
   * Checks that a network reads such vectors.
   *
   * @throws IllegalArgumentException if it does not
   */
  public void check(InputSpec input) {
    if (equals(NONE)) {
      return;
    }
    if (!(input instanceof InputSpec.Vectors)) {
      throw new IllegalArgumentException(
          "a network that reads token ids has no settings of vectors");
    }
    if (audio != null && audio.bands() != input.size()) {
      throw new IllegalArgumentException(
          "audio must have as many bands as vectors have numbers, %d, got %d"
              .formatted(input.size(), audio.bands()));
    }
    if (standardization != null && standardization.size() != input.size()) {
      throw new IllegalArgumentException(
          "standardization must be of as many numbers as vectors have, %d, got %d"
              .formatted(input.size(), standardization.size()));
    }
  }
}
