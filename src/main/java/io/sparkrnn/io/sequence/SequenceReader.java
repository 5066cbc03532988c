package io.sparkrnn.io.sequence;

import io.sparkrnn.audio.AudioException;
import io.sparkrnn.audio.AudioFeatures;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.features.FeatureSettings;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.Locale;

/** Turns vectors or audio into what a model's network reads; one instance per thread. */
final class SequenceReader {
  private final FeatureSettings settings;
  private final int size;
  private final AudioFeatures audio;

  /**
   * Creates the reader of a model.
   *
   * @throws IllegalArgumentException if the model reads no vectors
   */
  SequenceReader(SavedModel model) {
    if (!(model.network().input() instanceof InputSpec.Vectors vectors)) {
      throw new IllegalArgumentException("the model must read vectors or audio, got one of ids");
    }
    settings = model.features();
    size = vectors.size();
    audio = settings.isAudio() ? new AudioFeatures(settings.audio()) : null;
  }

  /** Returns one row of vectors as they come, steps x size; they are standardized here. */
  PackedShard row(float[] vectors) {
    if (vectors.length == 0 || vectors.length % size != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "vectors must be one of %d numbers or more, got %d numbers",
              size,
              vectors.length));
    }
    float[] own = vectors.clone();
    if (settings.standardization() != null) {
      settings.standardization().apply(own, own.length / size);
    }
    return PackedShardBuilder.ofVectors(size).add(own, 0, 1).build();
  }

  /**
   * Returns one row of audio.
   *
   * @throws AudioException if it cannot be used
   * @throws IllegalStateException if the model reads vectors
   */
  PackedShard row(byte[] wav) throws AudioException {
    if (audio == null) {
      throw new IllegalStateException("the model must read audio, got one of vectors");
    }
    return row(audio.read(wav));
  }
}
