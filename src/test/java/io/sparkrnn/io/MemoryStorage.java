package io.sparkrnn.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files in memory; after a given number of bytes written, the machine dies. */
public final class MemoryStorage implements ModelStorage {
  final Map<String, byte[]> files = new TreeMap<>();
  final Set<String> unreadable = new HashSet<>();

  /** Names that were looked for or opened. */
  final Set<String> asked = new TreeSet<>();

  long bytesLeft = Long.MAX_VALUE;

  @Override
  public InputStream open(String name) {
    asked.add(name);
    if (unreadable.contains(name)) {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          throw new IOException("checksum error");
        }
      };
    }
    return new ByteArrayInputStream(files.get(name));
  }

  @Override
  public OutputStream create(String name) throws IOException {
    if (bytesLeft <= 0) {
      throw new IOException("dead");
    }
    files.put(name, new byte[0]);
    return new ByteArrayOutputStream() {
      @Override
      public void write(byte[] bytes, int from, int count) {
        int kept = (int) Math.min(count, Math.max(0, bytesLeft));
        super.write(bytes, from, kept);
        bytesLeft -= count;
        files.put(name, toByteArray());
      }

      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void close() throws IOException {
        files.put(name, toByteArray());
        if (bytesLeft < 0) {
          throw new IOException("dead");
        }
      }
    };
  }

  @Override
  public boolean exists(String name) {
    asked.add(name);
    return files.containsKey(name);
  }

  String text(String name) {
    return new String(files.get(name), StandardCharsets.UTF_8);
  }

  /** Replaces a text in a file, and its checksum by the one that fits. */
  void replace(String name, String from, String to) {
    String text = text(name);
    if (!text.contains(from)) {
      throw new AssertionError(name + " does not contain " + from + ": " + text);
    }
    files.put(name, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    seal(name);
  }

  /** Replaces the checksum at the end of a file, if there is one, by the one that fits. */
  void seal(String name) {
    byte[] file = files.get(name);
    int begin = file.length - 68;
    if (begin > 0
        && new String(file, 0, begin, StandardCharsets.UTF_8).endsWith("\"checksum\" : \"")) {
      MessageDigest digest = Checksums.sha256();
      digest.update(file, 0, begin);
      byte[] checksum = HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.UTF_8);
      System.arraycopy(checksum, 0, file, begin, checksum.length);
    }
  }
}
