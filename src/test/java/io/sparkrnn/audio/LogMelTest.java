package io.sparkrnn.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class LogMelTest {
  private static short[] samples(int count) {
    short[] samples = new short[count];
    for (int n = 0; n < count; n++) {
      samples[n] = (short) Math.floorDiv((n * (n % 97) * 13L % 4001 - 2000) * (n % 300 + 20), 40);
    }
    return samples;
  }

  @Test
  void itAgreesWithNumpy() throws IOException, AudioException {
    JsonNode golden;
    try (InputStream in = LogMelTest.class.getResourceAsStream("/audio/logmel.json")) {
      golden = new ObjectMapper().readTree(in);
    }
    byte[] file = Wavs.of(8000, samples(golden.get("samples").asInt()));
    float[] x = WavFile.read(file).samples();
    double[] logarithms = new LogMel(LogMelSettings.defaults(), 8000).logarithms(x);
    JsonNode rows = golden.get("logmel");
    assertEquals(rows.size() * 32, logarithms.length);
    float[] features = new AudioFeatures(LogMelSettings.defaults()).read(file);
    double meanOfThird = 0;
    for (int t = 0; t < rows.size(); t++) {
      for (int m = 0; m < 32; m++) {
        assertEquals(rows.get(t).get(m).asDouble(), logarithms[t * 32 + m], 1e-6);
      }
      meanOfThird += rows.get(t).get(3).asDouble() / rows.size();
    }
    assertEquals(rows.get(5).get(3).asDouble() - meanOfThird, features[5 * 32 + 3], 1e-4);
  }

  /** What is heard depends little on how often it was sampled. */
  @Test
  void aToneSoundsAlikeAtEveryRate() throws AudioException {
    AudioFeatures features = new AudioFeatures(LogMelSettings.defaults());
    float[] slow = features.read(Wavs.tone(8000, 700, 0.5));
    for (int rate : new int[] {11025, 16000, 44100, 48000}) {
      float[] fast = features.read(Wavs.tone(rate, 700, 0.5));
      assertEquals(slow.length, fast.length, 32);
      for (int t = 2; t < 40; t++) {
        int band = t * 32 + 9; // around 700 Hz
        assertEquals(slow[band], fast[band], 0.15, rate + " at " + t);
      }
    }
  }

  @Test
  void fewSamplesAreFilledUpAndTheRestIsDropped() {
    LogMel mel = new LogMel(LogMelSettings.defaults(), 8000);
    assertEquals(1, mel.frames(10));
    assertEquals(1, mel.frames(279));
    assertEquals(2, mel.frames(280));
    double[] silence = mel.logarithms(new float[10]);
    assertEquals(32, silence.length);
    assertEquals(Math.log(1e-6), silence[0], 1e-12);
  }

  @Test
  void theTransformIsThatOfTheDefinition() {
    int size = 16;
    double[] re = new double[size];
    double[] im = new double[size];
    for (int n = 0; n < size; n++) {
      re[n] = (n * 7 % 5) - 2;
      im[n] = n % 3;
    }
    double[] wantedRe = new double[size];
    double[] wantedIm = new double[size];
    for (int k = 0; k < size; k++) {
      for (int n = 0; n < size; n++) {
        double angle = -2 * Math.PI * k * n / size;
        wantedRe[k] += re[n] * Math.cos(angle) - im[n] * Math.sin(angle);
        wantedIm[k] += re[n] * Math.sin(angle) + im[n] * Math.cos(angle);
      }
    }
    new Fft(size).transform(re, im);
    assertArrayEquals(wantedRe, re, 1e-12);
    assertArrayEquals(wantedIm, im, 1e-12);
  }

  @Test
  void whatCannotBeHeardIsRefused() {
    AudioFeatures features = new AudioFeatures(LogMelSettings.defaults());
    assertEquals(
        "audio is too short: it has 199 samples, and a frame takes 200",
        assertThrows(AudioException.class, () -> features.read(Wavs.of(8000, samples(199))))
            .getMessage());
    AudioFeatures wide = new AudioFeatures(new LogMelSettings(8, 0, 8000, 25, 10));
    assertEquals(
        "audio must have at least 16000 samples a second for melHigh 8000, got 8000",
        assertThrows(AudioException.class, () -> wide.read(Wavs.of(8000, samples(400))))
            .getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> new LogMelSettings(8, 100, 50, 25, 10))
            .getMessage()
            .startsWith("melLow must be >= 0 and less than melHigh"));
  }
}
