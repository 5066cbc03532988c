package io.sparkrnn.spark.rows;

import io.sparkrnn.audio.AudioException;
import io.sparkrnn.audio.AudioFeatures;
import io.sparkrnn.io.features.FeatureSettings;
import io.sparkrnn.train.shards.Standardization;

/** Reads a cell that holds a WAV file, or the path of one; not for several threads. */
final class AudioReader implements SequenceCellReader {
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
  public float[] vectors() {
    return vectors;
  }

  @Override
  public int vectorSize() {
    return bands;
  }

  @Override
  public int steps() {
    return vectors.length / bands;
  }
}
