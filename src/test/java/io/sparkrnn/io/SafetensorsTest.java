package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

  private static final String PAIR =
      "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
          + "'b':{'dtype':'F32','shape':[1,1],'data_offsets':[8,12]}}";

  @Test
  void whatIsWrittenIsReadBitForBit() throws IOException {
    SplittableRandom random = new SplittableRandom(21);
    float[] large = new float[600_011];
    for (int i = 0; i < large.length; i++) {
      large[i] = Float.intBitsToFloat(random.nextInt());
    }
    List<NamedTensor> tensors =
        List.of(
            new NamedTensor("z/large", new int[] {1, large.length}, large),
            new NamedTensor("scalar", new int[0], new float[] {-0f}),
            new NamedTensor("empty", new int[] {0, 7}, new float[0]),
            new NamedTensor("n\u00e4me \"quoted\"", new int[] {2}, new float[] {1, Float.NaN}));
    byte[] file = write(tensors, Map.of("format", "keras", "b", "c"));
    Safetensors.Content content = read(file);
    assertEquals(Map.of("format", "keras", "b", "c"), content.metadata());
    assertEquals(
        tensors.stream().map(NamedTensor::name).toList(), List.copyOf(content.tensors().keySet()));
    for (NamedTensor tensor : tensors) {
      NamedTensor actual = content.tensors().get(tensor.name());
      assertArrayEquals(tensor.shape(), actual.shape());
      assertArrayEquals(bits(tensor.values()), bits(actual.values()));
    }
    assertArrayEquals(file, write(tensors, Map.of("b", "c", "format", "keras")));
  }

  @Test
  void valuesBeginAtAMultipleOfEight() throws IOException {
    byte[] file = write(List.of(new NamedTensor("abc", new int[] {1}, new float[] {1})), Map.of());
    assertEquals(0, (file.length - 4) % 8);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] file = write(List.of(new NamedTensor("a", new int[] {3}, new float[3])), Map.of());
    for (int length = 0; length < file.length; length++) {
      byte[] part = Arrays.copyOf(file, length);
      assertThrows(ModelFormatException.class, () -> read(part), "length " + length);
    }
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    byte[] file = file(PAIR, 13);
    assertRefused(file, "has bytes after the last tensor");
  }

  @Test
  void aWellFormedFileFromElsewhereIsRead() throws IOException {
    assertArrayEquals(new int[] {1, 1}, read(file(PAIR, 12)).tensors().get("b").shape());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[8,12]|[4,8]|tensors overlap or leave a gap",
        "[8,12]|[12,16]|tensors overlap or leave a gap",
        "[8,12]|[8,13]|must span 4 bytes",
        "[8,12]|[-4,0]|must span 4 bytes",
        "[8,12]|[8]|must be two whole numbers",
        "[8,12]|[8.5,12.5]|must be two whole numbers",
        "[8,12]|[99999999999999999999,12]|must be two whole numbers",
        "[1,1]|[1,2]|must span 8 bytes",
        "[1,1]|[-1,-1]|must hold whole numbers >= 0",
        "[1,1]|[65536,65536,65536,65536]|must have at most 2^31 - 9 values",
        "[1,1]|1|shape must be an array",
        "'b'|'a'|Duplicate field",
        "F32|F16|must be F32",
        "{'a'|{'__metadata__':{'x':1},'a'|must be a string",
        "{'a'|['a'|no valid JSON",
      })
  void headersThatLieAreRefused(String from, String to, String message) {
    assertRefused(file(PAIR.replace(from, to), 12), message);
  }

  @Test
  void absurdHeaderLengthsAreRefusedWithoutReading() {
    for (long length : new long[] {-1, 0, 1, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE}) {
      byte[] file = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      assertRefused(file, "header length must be in");
    }
  }

  @Test
  void aHeaderThatPromisesMoreThanThereIsCostsNoMemory() {
    int extent = Integer.MAX_VALUE - 8;
    String json =
        "{'a':{'dtype':'F32','shape':[%d],'data_offsets':[0,%d]}}".formatted(extent, 4L * extent);
    assertRefused(file(json, 12), "is truncated");
  }

  @Test
  void aShapeWithAZeroHasNoValuesWhateverTheOthers() throws IOException {
    int most = Integer.MAX_VALUE;
    String json =
        "{'a':{'dtype':'F32','shape':[%d,%d,%d,0],'data_offsets':[0,0]}}"
            .formatted(most, most, most);
    assertEquals(0, read(file(json, 0)).tensors().get("a").values().length);
  }

  @Test
  void aNameCannotStandTwice() {
    NamedTensor tensor = new NamedTensor("a", new int[] {1}, new float[1]);
    assertThrows(IllegalArgumentException.class, () -> write(List.of(tensor, tensor), Map.of()));
  }

  private static byte[] file(String json, int bytes) {
    byte[] header = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + header.length + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  private static void assertRefused(byte[] file, String message) {
    ModelFormatException e = assertThrows(ModelFormatException.class, () -> read(file));
    assertTrue(e.getMessage().startsWith("f.safetensors: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static byte[] write(List<NamedTensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, tensors, metadata);
    return out.toByteArray();
  }

  private static Safetensors.Content read(byte[] file) throws IOException {
    return Safetensors.read(new ByteArrayInputStream(file), "f.safetensors");
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
