package io.sparkrnn.spark.rows;

import io.sparkrnn.audio.AudioException;
import io.sparkrnn.audio.AudioFeatures;
import io.sparkrnn.io.features.FeatureSettings;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.StableKey;
import io.sparkrnn.train.shards.Standardization;
import java.util.Arrays;

/** Reads a cell that holds a WAV file, or the path of one; not for several threads. */
final class AudioReader implements CellReader {
  private final AudioFeatures features;
  private final int bands;
  private final Standardization standardization;
  private final AudioFiles files;
  private float[] vectors = new float[0];
  private String reason;

  /**
   * Creates a reader.
   *
   * @param settings with a front end of audio
   * @param files opens paths
   */
  AudioReader(FeatureSettings settings, AudioFiles files) {
    features = new AudioFeatures(settings.audio());
    bands = settings.audio().bands();
    standardization = settings.standardization();
    this.files = files;
  }

  @Override
  public Refusal read(Object cell) {
    reason = null;
    if (cell == null) {
      return Refusal.NULL_AUDIO;
    }
    try {
      byte[] wav = cell instanceof byte[] bytes ? bytes : files.read(cell.toString());
      vectors = features.read(wav);
    } catch (AudioFiles.Missing e) {
      return refused(e.getMessage());
    } catch (AudioException e) {
      return refused(e.getMessage());
    }
    if (standardization != null) {
      standardization.apply(vectors, vectors.length / bands);
    }
    return null;
  }

  private Refusal refused(String why) {
    reason = why;
    return Refusal.AUDIO;
  }

  @Override
  public String reason(Refusal refusal) {
    return refusal == Refusal.AUDIO ? reason : refusal.reason();
  }

  @Override
  public void addTo(PackedShardBuilder rows, float label, float weight) {
    rows.add(vectors, label, weight);
  }

  @Override
  public long key(float label, float weight) {
    return StableKey.of(vectors, bands, vectors.length / bands, label, weight);
  }

  /** Every frame has a weight. */
  @Override
  public float[] align(Object cell, PackedShard rows, int row, float[] weights) {
    return Arrays.copyOfRange(weights, rows.offsets()[row], rows.offsets()[row + 1]);
  }
}
