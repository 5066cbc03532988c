package io.sparkrnn.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Files written and read together with their SHA-256. */
public final class Checksums {
  private Checksums() {}

  /** Writes the content of a file. */
  interface Writer {
    void write(OutputStream out) throws IOException;
  }

  /** Reads the content of a file, to its end. */
  interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  /** Returns a digest that has read nothing. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Writes a file and returns its hash in hexadecimal. */
  static String write(ModelStorage storage, String name, Writer writer) throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream out = new DigestOutputStream(storage.create(name), digest)) {
      writer.write(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Reads a file and compares its hash.
   *
   * @param expected the hash, or null to take the file as it is
   * @throws ModelFormatException if the file is missing, cannot be read as what it is, or differs
   */
  static <T> T read(ModelStorage storage, String name, String expected, Reader<T> reader)
      throws IOException {
    if (!storage.exists(name)) {
      throw new ModelFormatException(name + ": is missing");
    }
    MessageDigest digest = sha256();
    InputStream file = storage.open(name);
    T content;
    try (InputStream in = new DigestInputStream(file, digest)) {
      content = reader.read(in);
      in.transferTo(OutputStream.nullOutputStream());
    } catch (ModelFormatException e) {
      throw e;
    } catch (IOException e) {
      // a file system with checksums of its own finds the damage before this class does
      throw new ModelFormatException(name + ": cannot be read: " + e.getMessage(), e);
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (expected != null && !expected.equals(actual)) {
      throw new ModelFormatException(
          "%s: is damaged: sha256 must be %s, got %s".formatted(name, expected, actual));
    }
    return content;
  }
}
