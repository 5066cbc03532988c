package io.sparkrnn.audio;

import java.util.HashMap;
import java.util.Map;

/**
 * From a WAV file to what a network reads: {@link LogMel} of its samples, less the mean of each
 * band over the file's frames, so that neither loudness nor the microphone matters.
 *
 * <p>Holds scratch: one instance per thread.
 */
public final class AudioFeatures {
  private final LogMelSettings settings;
  private final Map<Integer, LogMel> byRate = new HashMap<>();

  /** Creates the way for a model's settings. */
  public AudioFeatures(LogMelSettings settings) {
    this.settings = settings;
  }

  /**
   * Returns the features of a file, frames x bands.
   *
   * @param wav the whole file. Not modified.
   * @throws AudioException if it cannot be used: the message says why
   */
  public float[] read(byte[] wav) throws AudioException {
    return of(WavFile.read(wav));
  }

  /**
   * Returns the features of samples, frames x bands.
   *
   * @throws AudioException if they are too few for a frame, or for the settings' highest frequency
   */
  public float[] of(WavFile audio) throws AudioException {
    LogMel mel;
    try {
      mel = byRate.computeIfAbsent(audio.rate(), rate -> new LogMel(settings, rate));
    } catch (IllegalArgumentException e) {
      throw new AudioException(e.getMessage());
    }
    int samples = audio.samples().length;
    if (samples < mel.frameSamples()) {
      throw new AudioException(
          "audio is too short: it has %d samples, and a frame takes %d"
              .formatted(samples, mel.frameSamples()));
    }
    return withoutMean(mel.logarithms(audio.samples()), settings.bands());
  }

  private static float[] withoutMean(double[] logarithms, int bands) {
    int frames = logarithms.length / bands;
    float[] features = new float[logarithms.length];
    for (int m = 0; m < bands; m++) {
      double sum = 0;
      for (int t = 0; t < frames; t++) {
        sum += logarithms[t * bands + m];
      }
      double mean = sum / frames;
      for (int t = 0; t < frames; t++) {
        features[t * bands + m] = (float) (logarithms[t * bands + m] - mean);
      }
    }
    return features;
  }
}
