package io.sparkrnn.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What can happen to a file, by accident or because somebody means it. */
final class Damage {
  private static final Pattern VALUE =
      Pattern.compile("(?<=[:,\\[] ?)(?:-?\\d[\\d.eE+-]*|\"[^\"]*\"|true|false|null)");
  private static final List<String> HOSTILE =
      List.of(
          "-1",
          "0",
          "1",
          "5",
          "2147483647",
          "2147483648",
          "1073741824",
          "536870912",
          "1000000000000",
          "9223372036854775807",
          "99999999999999999999",
          "-2147483648",
          "1e999",
          "-1e400",
          "1e-400",
          "0.5",
          "1.0",
          "NaN",
          "null",
          "true",
          "\"\"",
          "\"java.lang.Runtime\"",
          "\"\\u001b[2J\"",
          "\"../../etc/passwd\"",
          "[]",
          "{}",
          "[".repeat(70) + "]".repeat(70),
          "1".repeat(1200));

  private Damage() {}

  /** Returns other bytes than were given, or the same where chance will have it. */
  static byte[] accident(byte[] file, Random random) {
    byte[] damaged = file.clone();
    int from = random.nextInt(file.length + 1);
    int to = Math.min(file.length, from + random.nextInt(40));
    switch (random.nextInt(6)) {
      case 0 -> {
        return Arrays.copyOf(file, from);
      }
      case 1 -> Arrays.fill(damaged, from, to, (byte) random.nextInt(256));
      case 2 -> {
        return joined(file, 0, from, file, to, file.length);
      }
      case 3 -> {
        return joined(file, 0, to, file, from, file.length);
      }
      case 4 -> {
        for (int i = from; i < to; i++) {
          damaged[i] = (byte) random.nextInt(256);
        }
      }
      default -> {
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          int bit = random.nextInt(8 * file.length);
          damaged[bit / 8] ^= (byte) (1 << bit % 8);
        }
      }
    }
    return damaged;
  }

  /** Returns a file of JSON, or one that begins with a header of JSON, with other values in it. */
  static byte[] lie(byte[] file, Random random) {
    if (file[0] == '{') {
      String text = new String(file, StandardCharsets.UTF_8);
      return lie(text, random).getBytes(StandardCharsets.UTF_8);
    }
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (file[8] != '{' || random.nextInt(4) == 0) {
      return accident(file, random);
    }
    String header = lie(new String(file, 8, length, StandardCharsets.UTF_8), random);
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    long stated = random.nextInt(4) == 0 ? random.nextLong() >> random.nextInt(64) : json.length;
    ByteBuffer begin = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
    byte[] all = begin.putLong(stated).put(json).array();
    return joined(all, 0, all.length, file, 8 + length, file.length);
  }

  private static String lie(String json, Random random) {
    List<MatchResult> values = VALUE.matcher(json).results().toList();
    MatchResult value = values.get(random.nextInt(values.size()));
    String other =
        random.nextInt(3) == 0
            ? values.get(random.nextInt(values.size())).group()
            : HOSTILE.get(random.nextInt(HOSTILE.size()));
    return json.substring(0, value.start()) + other + json.substring(value.end());
  }

  private static byte[] joined(byte[] a, int from, int to, byte[] b, int begin, int end) {
    byte[] all = Arrays.copyOfRange(a, from, to - from + from + Math.max(0, end - begin));
    System.arraycopy(b, begin, all, to - from, end - begin);
    return all;
  }
}
