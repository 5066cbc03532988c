package io.sparkrnn.io.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Jackson as this package uses it: trees only, strict reading within limits, the same bytes on
 * every platform.
 */
public final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  /**
   * How much JSON is read: a tree takes some thirty times the memory of its text, and what a file
   * holds is not known before it is read.
   */
  public enum Limits {
    /** Of topologies and headers: room for a million names of classes, or 50,000 layers. */
    SMALL(1 << 24, 2_000_000),

    /** Of histories, which have a matrix of classes for each epoch. */
    LARGE(1 << 30, Long.MAX_VALUE);

    /** No file of ours is nested more than ten deep. */
    private static final int DEPTH = 64;

    private final int bytes;
    private final JsonMapper mapper;

    Limits(int bytes, long tokens) {
      this.bytes = bytes;
      StreamReadConstraints constraints =
          StreamReadConstraints.builder().maxNestingDepth(DEPTH).maxTokenCount(tokens).build();
      mapper =
          JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
              .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .build();
    }

    /**
     * Reads a file that holds an object, and gives up where it cannot be one.
     *
     * @param in the file. Read to its end, not closed.
     * @throws ModelFormatException if it begins with something else or is too long
     */
    public byte[] read(InputStream in, String file) throws IOException {
      int first = in.read();
      if (first != '{') {
        throw new ModelFormatException(
            first < 0
                ? file + ": is empty"
                : file + ": must be a JSON object, which begins with {");
      }
      byte[] rest = in.readNBytes(bytes);
      if (rest.length == bytes) {
        throw new ModelFormatException(
            "%s: must have at most %d bytes, and has more".formatted(file, bytes));
      }
      byte[] json = new byte[rest.length + 1];
      json[0] = (byte) first;
      System.arraycopy(rest, 0, json, 1, rest.length);
      return json;
    }

    /** Returns what JSON means, read strictly: no name twice, nothing after the end. */
    public JsonNode parse(byte[] json) throws IOException {
      return mapper.readTree(json);
    }
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Returns the readable form: indented, ended by a line feed. */
  public static byte[] pretty(JsonNode node) throws IOException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
    String text = MAPPER.writer(printer).writeValueAsString(node) + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Puts a number, or null in place of NaN and the infinities, which JSON does not have. */
  public static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  /** Puts numbers, or null in place of those that JSON does not have. */
  public static void put(ObjectNode node, String name, double[] values) {
    ArrayNode array = node.putArray(name);
    for (double value : values) {
      array.add(Double.isFinite(value) ? array.numberNode(value) : array.nullNode());
    }
  }
}
