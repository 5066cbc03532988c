package io.sparkrnn.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAV files for tests. */
public final class Wavs {
  private Wavs() {}

  /** Returns a file of one channel of 16 bits. */
  public static byte[] of(int rate, short... samples) {
    ByteBuffer data = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (short sample : samples) {
      data.putShort(sample);
    }
    return of(1, 1, rate, 16, data.array());
  }

  /** Returns a file. */
  public static byte[] of(int tag, int channels, int rate, int bits, byte[] data) {
    ByteBuffer file = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + data.length);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) tag).putShort((short) channels).putInt(rate);
    file.putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8));
    file.putShort((short) bits).put("data".getBytes(StandardCharsets.US_ASCII));
    return file.putInt(data.length).put(data).array();
  }

  /** Returns a tone of some Hz that grows louder, a file of 16 bits. */
  public static byte[] tone(int rate, double hertz, double seconds) {
    short[] samples = new short[(int) (rate * seconds)];
    for (int n = 0; n < samples.length; n++) {
      double loudness = 2000 + 8000.0 * n / samples.length;
      samples[n] = (short) (loudness * StrictMath.sin(2 * Math.PI * hertz * n / rate));
    }
    return of(rate, samples);
  }
}
