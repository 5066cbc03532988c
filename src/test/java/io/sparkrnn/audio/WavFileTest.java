package io.sparkrnn.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WavFileTest {
  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void assertRefused(String reason, byte[] file) {
    assertEquals(reason, assertThrows(AudioException.class, () -> WavFile.read(file)).getMessage());
  }

  @Test
  void everyWidthGivesTheSameFractions() throws AudioException {
    float[] wanted = {0, 0.5f, -0.75f, -1};
    byte[] bits8 = {(byte) 128, (byte) 192, 32, 0};
    assertArrayEquals(wanted, WavFile.read(Wavs.of(1, 1, 8000, 8, bits8)).samples());
    short[] bits16 = {0, 16384, -24576, -32768};
    assertArrayEquals(wanted, WavFile.read(Wavs.of(16000, bits16)).samples());
    byte[] bits24 = {0, 0, 0, 0, 0, 64, 0, 0, (byte) 160, 0, 0, (byte) 128};
    assertArrayEquals(wanted, WavFile.read(Wavs.of(1, 1, 44100, 24, bits24)).samples());
    ByteBuffer bits32 = buffer(16);
    ByteBuffer floats = buffer(16);
    for (float value : wanted) {
      bits32.putInt((int) (value * 2147483648.0));
      floats.putFloat(value);
    }
    assertArrayEquals(wanted, WavFile.read(Wavs.of(1, 1, 48000, 32, bits32.array())).samples());
    assertArrayEquals(wanted, WavFile.read(Wavs.of(3, 1, 8000, 32, floats.array())).samples());
  }

  @Test
  void channelsAreMixed() throws AudioException {
    byte[] stereo = buffer(8).putShort((short) 8192).putShort((short) 16384).putInt(0).array();
    WavFile file = WavFile.read(Wavs.of(1, 2, 22050, 16, stereo));
    assertArrayEquals(new float[] {0.375f, 0}, file.samples());
    assertEquals(22050, file.rate());
  }

  @Test
  void otherChunksAreSkipped() throws AudioException {
    byte[] plain = Wavs.of(8000, (short) 16384);
    ByteBuffer file = buffer(plain.length + 12).put(plain, 0, 36);
    file.put(new byte[] {'L', 'I', 'S', 'T'}).putInt(3).putInt(0).put(plain, 36, 10);
    assertArrayEquals(new float[] {0.5f}, WavFile.read(file.array()).samples());
  }

  @Test
  void whatCannotBeUsedIsRefused() {
    byte[] file = Wavs.of(8000, (short) 1, (short) 2);
    assertRefused("audio is no WAV file", new byte[0]);
    assertRefused("audio is no WAV file", "ID3 and some MP3".getBytes());
    assertRefused(
        "audio is cut off: it has 3 of 4 bytes of samples", Arrays.copyOf(file, file.length - 1));
    assertRefused("audio is cut off: it has no samples", Arrays.copyOf(file, 36));
    assertRefused("audio is cut off: it does not tell its form", Arrays.copyOf(file, 30));
    assertRefused(
        "audio must have 8000 to 48000 samples a second, got 96000", Wavs.of(96000, (short) 1));
    assertRefused(
        "audio must be PCM of 8, 16, 24 or 32 bits or floats of 32, got format 85",
        Wavs.of(85, 1, 8000, 16, new byte[2]));
    assertRefused(
        "audio must be PCM of 8, 16, 24 or 32 bits or floats of 32, got PCM of 12",
        Wavs.of(1, 1, 8000, 12, new byte[2]));
    assertRefused("audio has no channels", Wavs.of(1, 0, 8000, 16, new byte[2]));
    assertRefused(
        "audio holds a sample that is not finite",
        Wavs.of(3, 1, 8000, 32, buffer(4).putFloat(Float.NaN).array()));
  }
}
