package io.sparkrnn.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The samples of a WAV file, its channels mixed to one.
 *
 * <p>Read are PCM of 8 (unsigned), 16, 24 and 32 bits and floats of 32 bits, of {@value #LOWEST} to
 * {@value #HIGHEST} samples a second and any number of channels, also as WAVE_FORMAT_EXTENSIBLE.
 * Whole numbers become fractions of the largest: a 16-bit sample is divided by 32,768.
 *
 * @param rate samples a second
 * @param samples one per instant, the mean of the channels. Not copied.
 */
public record WavFile(int rate, float[] samples) {
  /** The fewest samples a second. */
  public static final int LOWEST = 8000;

  /** The most samples a second. */
  public static final int HIGHEST = 48000;

  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xFFFE;

  /** What programs write that do not know yet how much will come. */
  private static final long UNKNOWN = 0xFFFFFFFFL;

  /**
   * What the chunk {@code fmt} says.
   *
   * @param tag {@link #PCM} or {@link #FLOAT}
   */
  private record Format(int tag, int channels, int rate, int bits) {
    int frameBytes() {
      return channels * bits / 8;
    }
  }

  /**
   * Reads a file.
   *
   * @param bytes the whole file. Not modified.
   * @throws AudioException if it is no WAV file, is cut off, or of a form that is not read
   */
  public static WavFile read(byte[] bytes) throws AudioException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 12 || !word(in, 0).equals("RIFF") || !word(in, 8).equals("WAVE")) {
      throw new AudioException("audio is no WAV file");
    }
    Format format = null;
    long at = 12;
    while (at + 8 <= bytes.length) {
      String name = word(in, (int) at);
      long size = in.getInt((int) at + 4) & UNKNOWN;
      long begin = at + 8;
      if (name.equals("data")) {
        return samples(in, format, begin, size);
      } else if (name.equals("fmt ")) {
        format = format(in, begin, size);
      }
      at = begin + size + (size & 1);
    }
    throw new AudioException("audio is cut off: it has no samples");
  }

  private static String word(ByteBuffer in, int at) {
    return new String(in.array(), at, 4, StandardCharsets.ISO_8859_1);
  }

  private static Format format(ByteBuffer in, long begin, long size) throws AudioException {
    if (size < 16 || begin + size > in.limit()) {
      throw new AudioException("audio is cut off: it does not tell its form");
    }
    int at = (int) begin;
    int tag = in.getShort(at) & 0xFFFF;
    if (tag == EXTENSIBLE && size >= 26) {
      tag = in.getShort(at + 24) & 0xFFFF;
    }
    Format format =
        new Format(
            tag, in.getShort(at + 2) & 0xFFFF, in.getInt(at + 4), in.getShort(at + 14) & 0xFFFF);
    check(format);
    return format;
  }

  private static void check(Format format) throws AudioException {
    int bits = format.bits();
    boolean isPcm = format.tag() == PCM && bits >= 8 && bits <= 32 && bits % 8 == 0;
    if (!isPcm && !(format.tag() == FLOAT && bits == 32)) {
      throw new AudioException(
          "audio must be PCM of 8, 16, 24 or 32 bits or floats of 32, got %s"
              .formatted(
                  switch (format.tag()) {
                    case PCM -> "PCM of " + bits;
                    case FLOAT -> "floats of " + bits;
                    default -> "format " + format.tag();
                  }));
    }
    if (format.rate() < LOWEST || format.rate() > HIGHEST) {
      throw new AudioException(
          "audio must have %d to %d samples a second, got %d"
              .formatted(LOWEST, HIGHEST, format.rate()));
    }
    if (format.channels() == 0) {
      throw new AudioException("audio has no channels");
    }
  }

  private static WavFile samples(ByteBuffer in, Format format, long begin, long size)
      throws AudioException {
    if (format == null) {
      throw new AudioException("audio does not tell its form");
    }
    long there = in.limit() - begin;
    if (size > there && size != UNKNOWN) {
      throw new AudioException(
          "audio is cut off: it has %d of %d bytes of samples".formatted(there, size));
    }
    int frames = (int) (Math.min(size, there) / format.frameBytes());
    float[] samples = new float[frames];
    int bytes = format.bits() / 8;
    for (int i = 0; i < frames; i++) {
      double sum = 0;
      for (int channel = 0; channel < format.channels(); channel++) {
        int at = (int) begin + i * format.frameBytes() + channel * bytes;
        sum += format.tag() == FLOAT ? in.getFloat(at) : whole(in, at, bytes);
      }
      samples[i] = (float) (sum / format.channels());
      if (!Float.isFinite(samples[i])) {
        throw new AudioException("audio holds a sample that is not finite");
      }
    }
    return new WavFile(format.rate(), samples);
  }

  private static double whole(ByteBuffer in, int at, int bytes) {
    return switch (bytes) {
      case 1 -> ((in.get(at) & 0xFF) - 128) / 128.0;
      case 2 -> in.getShort(at) / 32768.0;
      case 3 -> (in.get(at + 2) << 16 | (in.getShort(at) & 0xFFFF)) / 8388608.0;
      default -> in.getInt(at) / 2147483648.0;
    };
  }
}
