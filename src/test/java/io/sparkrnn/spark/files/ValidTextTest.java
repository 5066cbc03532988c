package io.sparkrnn.spark.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class ValidTextTest {
  private static final byte[][] PIECES = {
    {'a'},
    {'b', 'c', 'd'},
    {(byte) 0xc3, (byte) 0xa9},
    {(byte) 0xe9},
    {(byte) 0xf0, (byte) 0x9f},
    {(byte) 0xf0, (byte) 0x9f, (byte) 0x98, (byte) 0x80},
    {0},
    {(byte) 0xff},
    {(byte) 0x80}
  };

  @Test
  void saysWhatSparkSays() {
    Random random = new Random(3);
    int valid = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[64];
      int size = 0;
      int wanted = random.nextInt(40);
      int kinds = 1 + random.nextInt(PIECES.length);
      while (size < wanted) {
        for (byte next : PIECES[random.nextInt(kinds)]) {
          bytes[size++] = next;
        }
      }
      UTF8String text = UTF8String.fromBytes(bytes, 1, Math.max(0, size - 1));
      assertEquals(text.isValid(), ValidText.isValid(text), () -> text.toString());
      valid += text.isValid() ? 1 : 0;
    }
    assertEquals(true, valid > 1_000 && valid < 4_000, valid + " valid");
  }
}
