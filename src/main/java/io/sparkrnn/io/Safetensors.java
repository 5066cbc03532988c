package io.sparkrnn.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format, for float32 tensors.
 *
 * <pre>
 *   8 bytes      length n of the header, little endian
 *   n bytes      JSON: name to dtype, shape and data_offsets; "__metadata__" to strings
 *   the rest     the values, little endian, without gaps
 * </pre>
 *
 * <p>Reading trusts nothing: a header that is too long or no JSON, tensors that overlap, leave
 * gaps, have another dtype or the wrong number of bytes, and a file that ends early or late are
 * refused.
 *
 * @see <a href="https://github.com/huggingface/safetensors">The format</a>
 */
public final class Safetensors {
  private static final int CHUNK = 1 << 18;

  /** The format allows 100 MB, which would be a million tensors; a network here has some dozens. */
  private static final long MAX_HEADER = 1 << 24;

  private Safetensors() {}

  /**
   * What a file holds.
   *
   * @param tensors by name, in the order of the file
   * @param metadata strings by name
   */
  public record Content(Map<String, NamedTensor> tensors, Map<String, String> metadata) {}

  /**
   * Writes tensors in the given order; the same input gives the same bytes.
   *
   * @param out where to write. Flushed, not closed.
   * @param tensors the tensors, names distinct. Not modified.
   * @param metadata strings to keep beside them
   * @throws IOException if writing fails
   * @throws IllegalArgumentException if a name is used twice
   */
  public static void write(
      OutputStream out, List<NamedTensor> tensors, Map<String, String> metadata)
      throws IOException {
    byte[] header = SafetensorsHeader.encode(tensors, metadata);
    out.write(littleEndian(Long.BYTES).putLong(header.length).array());
    out.write(header);
    for (NamedTensor tensor : tensors) {
      writeValues(out, tensor.values());
    }
    out.flush();
  }

  /**
   * Reads a whole file.
   *
   * @param in the file. Read to its end, not closed.
   * @param file the name for messages
   * @throws ModelFormatException if the file is not as the format says
   * @throws IOException if reading fails
   */
  public static Content read(InputStream in, String file) throws IOException {
    return read(in, file, header -> {});
  }

  /** Looks at a header before the values are read. */
  interface HeaderCheck {
    void check(SafetensorsHeader header) throws ModelFormatException;
  }

  /** Reads a whole file as {@link #read(InputStream, String)} does, if its header is accepted. */
  static Content read(InputStream in, String file, HeaderCheck wanted) throws IOException {
    long length = littleEndian(readFully(in, Long.BYTES, file)).getLong();
    if (length < 2 || length > MAX_HEADER) {
      throw new ModelFormatException(
          "%s: header length must be in [2, %d], got %d; no safetensors file"
              .formatted(file, MAX_HEADER, length));
    }
    byte[] json = readFully(in, (int) length, file);
    SafetensorsHeader header = SafetensorsHeader.decode(json, file);
    wanted.check(header);
    Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    for (SafetensorsHeader.Entry entry : header.entries()) {
      float[] values = readValues(in, entry.elements(), file);
      tensors.put(entry.name(), new NamedTensor(entry.name(), entry.shape(), values));
    }
    if (in.read() != -1) {
      throw new ModelFormatException(file + ": has bytes after the last tensor");
    }
    return new Content(tensors, header.metadata());
  }

  private static void writeValues(OutputStream out, float[] values) throws IOException {
    ByteBuffer buffer = littleEndian(Math.min(CHUNK, values.length) * Float.BYTES);
    for (int from = 0; from < values.length; ) {
      int count = Math.min(buffer.capacity() / Float.BYTES, values.length - from);
      buffer.asFloatBuffer().put(values, from, count);
      out.write(buffer.array(), 0, count * Float.BYTES);
      from += count;
    }
  }

  /** Reads in pieces, and joins them when all are there, so that a lying header costs no memory. */
  private static float[] readValues(InputStream in, int elements, String file) throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    for (int from = 0; from < elements; from += Math.min(CHUNK, elements - from)) {
      pieces.add(readFully(in, Math.min(CHUNK, elements - from) * Float.BYTES, file));
    }
    float[] values = new float[elements];
    for (int i = 0; i < pieces.size(); i++) {
      byte[] bytes = pieces.set(i, null);
      littleEndian(bytes).asFloatBuffer().get(values, i * CHUNK, bytes.length / Float.BYTES);
    }
    return values;
  }

  private static byte[] readFully(InputStream in, int length, String file) throws IOException {
    byte[] bytes;
    try {
      bytes = in.readNBytes(length);
    } catch (EOFException e) {
      throw new ModelFormatException(file + ": is truncated", e);
    }
    if (bytes.length < length) {
      throw new ModelFormatException(
          "%s: is truncated: %d bytes expected, %d left".formatted(file, length, bytes.length));
    }
    return bytes;
  }

  private static ByteBuffer littleEndian(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
