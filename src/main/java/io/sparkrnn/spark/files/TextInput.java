package io.sparkrnn.spark.files;

import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.GzipCodec;

/** Opens text files. */
public final class TextInput {
  /** How much of a file shows in which encoding it is. */
  private static final int LOOKED_AT = 1 << 16;

  private TextInput() {}

  /** Whether the text can be read from any byte on. */
  public static boolean isSeekable(String path) {
    return !InputFormat.isGzip(path);
  }

  /**
   * Opens a file at a byte of its text.
   *
   * @throws IOException when it cannot be read
   */
  public static InputStream open(String path, long start, Configuration hadoop) throws IOException {
    Path file = new Path(path);
    FSDataInputStream in = open(file.getFileSystem(hadoop), file);
    try {
      if (InputFormat.isGzip(path)) {
        GzipCodec codec = new GzipCodec();
        codec.setConf(hadoop);
        InputStream text = codec.createInputStream(in);
        text.skipNBytes(start);
        return text;
      }
      in.seek(start);
      return in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** Opens a file, past its checksums when it has a colon in its name: they cannot be named. */
  static FSDataInputStream open(FileSystem files, Path file) throws IOException {
    boolean colon = file.getName().indexOf(':') >= 0;
    return (colon && files instanceof LocalFileSystem local ? local.getRaw() : files).open(file);
  }

  /**
   * Checks that a text is in UTF-8 or the like.
   *
   * @param window at the beginning of the file
   * @throws InputException when it is in UTF-16 or UTF-32
   */
  public static void requireBytes(String path, ByteWindow window) throws IOException {
    int looked = lookedAt(window);
    int zeros = count(window, looked, 0);
    int first = window.at(0);
    int second = window.at(1);
    boolean marked = first == 0xfe && second == 0xff || first == 0xff && second == 0xfe;
    if (marked || 4 * zeros > looked) {
      String encoding = 8 * zeros > 5 * looked ? "UTF-32" : "UTF-16";
      throw new InputException(
          "%s is in %s and must be in UTF-8; convert it with iconv -f %s -t UTF-8"
              .formatted(path, encoding, encoding));
    }
  }

  /**
   * Checks that the lines of a text end with line feeds.
   *
   * @param window at the beginning of the file
   * @throws InputException when they end with carriage returns alone
   */
  public static void requireLineFeeds(String path, ByteWindow window) throws IOException {
    int looked = lookedAt(window);
    if (count(window, looked, '\n') == 0 && count(window, looked - 1, '\r') > 0) {
      throw new InputException(
          "the lines of %s end with carriage returns alone; convert them with tr '\\r' '\\n'"
              .formatted(path));
    }
  }

  private static int lookedAt(ByteWindow window) throws IOException {
    window.at(LOOKED_AT - 1);
    return Math.min(LOOKED_AT, window.available());
  }

  private static int count(ByteWindow window, int length, int wanted) throws IOException {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += window.at(i) == wanted ? 1 : 0;
    }
    return count;
  }
}
