package io.sparkrnn.spark.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a stream from the record that is being read on; what was read before it goes.
 *
 * <p>Bytes stay where they are until {@link #fill}. Owned by one thread.
 */
public final class ByteWindow implements Closeable {
  private static final int FIRST_BYTES = 1 << 17;

  private final InputStream in;
  private byte[] buffer = new byte[FIRST_BYTES];
  private int from;
  private int limit;
  private long offset;
  private boolean ended;

  /**
   * Begins a window.
   *
   * @param offset of the stream's first byte in its file
   */
  public ByteWindow(InputStream in, long offset) {
    this.in = in;
    this.offset = offset;
  }

  /** Where the record begins in {@link #buffer}. */
  public int from() {
    return from;
  }

  /** How many bytes are there from the beginning of the record on. */
  public int available() {
    return limit - from;
  }

  /** The bytes. Not to be modified. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the record begins in the file. */
  public long offset() {
    return offset;
  }

  /** Ends the record: the next begins this many bytes after it. */
  public void advance(int bytes) {
    from += bytes;
    offset += bytes;
  }

  /** Returns a byte of the record, or -1 after the end of the file. */
  public int at(int position) throws IOException {
    while (from + position >= limit) {
      if (!fill()) {
        return -1;
      }
    }
    return buffer[from + position] & 0xff;
  }

  /** Reads more bytes, and moves the record to the front; whether there were more. */
  public boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, limit - from);
      limit -= from;
      from = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.multiplyExact(2, buffer.length));
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    ended = read < 0;
    limit += Math.max(read, 0);
    return !ended;
  }

  /** Steps over a byte order mark at the beginning of a file. */
  public void skipByteOrderMark() throws IOException {
    if (at(0) == 0xef && at(1) == 0xbb && at(2) == 0xbf) {
      advance(3);
    }
  }

  /** Returns where a line ends: its line feed or carriage return, or the end of the file. */
  public int lineEnd(int start) throws IOException {
    int p = start;
    while (true) {
      byte[] bytes = buffer;
      int i = from + p;
      while (i < limit && bytes[i] != '\n' && bytes[i] != '\r') {
        i++;
      }
      p = i - from;
      if (i < limit || !fill()) {
        return p;
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
