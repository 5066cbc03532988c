package io.sparkrnn.audio;

import java.io.Serializable;

/**
 * The constants of {@link LogMel}; part of a model, since scoring must hear as training did.
 *
 * @param bands triangles on the mel scale, the numbers of a frame
 * @param lowHz where the first triangle begins
 * @param highHz where the last one ends, at most half of the samples a second
 * @param frameMillis length of a frame
 * @param hopMillis from the beginning of a frame to that of the next
 */
public record LogMelSettings(
    int bands, double lowHz, double highHz, double frameMillis, double hopMillis)
    implements Serializable {
  public LogMelSettings {
    if (bands < 1) {
      throw new IllegalArgumentException("melBands must be >= 1, got " + bands);
    }
    if (!(lowHz >= 0 && lowHz < highHz && highHz <= WavFile.HIGHEST / 2.0)) {
      throw new IllegalArgumentException(
          "melLow must be >= 0 and less than melHigh, at most %d, got %s and %s"
              .formatted(WavFile.HIGHEST / 2, lowHz, highHz));
    }
    if (!(frameMillis >= 1 && frameMillis <= 1000 && hopMillis >= 1 && hopMillis <= 1000)) {
      throw new IllegalArgumentException(
          "frameMillis and hopMillis must be in [1, 1000], got %s and %s"
              .formatted(frameMillis, hopMillis));
    }
  }

  /** 32 bands from 60 to 4,000 Hz, frames of 25 ms, one every 10 ms. */
  public static LogMelSettings defaults() {
    return new LogMelSettings(32, 60, 4000, 25, 10);
  }
}
