package io.sparkrnn.spark.input;

import io.sparkrnn.spark.files.ByteWindow;
import io.sparkrnn.spark.files.FileSlice;
import io.sparkrnn.spark.files.TextInput;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/**
 * The lines of a slice of a JSON file: those that begin in it. Lines end with a line feed or a
 * carriage return, which no value holds.
 */
final class JsonSlice implements Closeable {
  private final ByteWindow window;
  private final long end;
  private int length;
  private boolean ended;

  private JsonSlice(ByteWindow window, long end) {
    this.window = window;
    this.end = end;
  }

  /** Opens a slice, which begins anywhere in a line. */
  static JsonSlice open(FileSlice slice, Configuration hadoop) throws IOException {
    long start = Math.max(slice.start() - 1, 0);
    ByteWindow window = new ByteWindow(TextInput.open(slice.path(), start, hadoop), start);
    try {
      JsonSlice lines = new JsonSlice(window, slice.end());
      if (slice.start() == 0) {
        TextInput.requireBytes(slice.path(), window);
        window.skipByteOrderMark();
      } else {
        lines.goToEnd();
      }
      return lines;
    } catch (IOException | RuntimeException e) {
      window.close();
      throw e;
    }
  }

  /** Goes to the next line; whether there is one. */
  boolean next() throws IOException {
    window.advance(length);
    length = 0;
    if (ended || window.offset() >= end) {
      return false;
    }
    goToEnd();
    return true;
  }

  /** Takes the line with the byte that ends it. */
  private void goToEnd() throws IOException {
    length = window.lineEnd(0);
    ended = window.at(length) < 0;
    length += ended ? 0 : 1;
  }

  /** Whether nothing but blanks is in the line. */
  boolean isBlank() throws IOException {
    for (int i = 0; i < length; i++) {
      if (window.at(i) > ' ') {
        return false;
      }
    }
    return true;
  }

  /** Reads the objects of the line. */
  JsonText.Fault read(JsonText.Consumer objects) throws IOException {
    return JsonText.line(window.buffer(), window.from(), length, objects);
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
