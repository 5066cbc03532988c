package io.sparkrnn.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.io.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file.
 *
 * @param entries the tensors in the order of their bytes
 * @param metadata the strings under {@code __metadata__}
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  /** The longest array that every JVM allows. */
  private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

  /** Place and shape of one tensor; offsets in bytes from the end of the header. */
  record Entry(String name, int[] shape, int elements, long from, long to) {}

  static byte[] encode(List<NamedTensor> tensors, Map<String, String> metadata) throws IOException {
    ObjectNode root = Json.object();
    if (!metadata.isEmpty()) {
      ObjectNode strings = root.putObject(METADATA);
      new TreeMap<>(metadata).forEach(strings::put);
    }
    long offset = 0;
    for (NamedTensor tensor : tensors) {
      if (root.has(tensor.name())) {
        throw new IllegalArgumentException("tensor '" + tensor.name() + "' stands twice");
      }
      long end = offset + (long) tensor.values().length * Float.BYTES;
      ObjectNode node = root.putObject(tensor.name()).put("dtype", "F32");
      Arrays.stream(tensor.shape()).forEach(node.putArray("shape")::add);
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  static SafetensorsHeader decode(byte[] json, String file) throws ModelFormatException {
    JsonObject root = JsonObject.parse(json, file, Json.Limits.SMALL);
    Map<String, String> metadata = new TreeMap<>();
    List<Entry> entries = new ArrayList<>();
    for (String name : root.names()) {
      if (name.equals(METADATA)) {
        JsonObject strings = root.object(name);
        for (String key : strings.names()) {
          metadata.put(key, strings.text(key));
        }
      } else {
        entries.add(entry(root.object(name), name));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::from).thenComparingLong(Entry::to));
    checkContiguous(entries, file);
    return new SafetensorsHeader(entries, metadata);
  }

  private static Entry entry(JsonObject node, String name) throws ModelFormatException {
    if (!node.text("dtype").equals("F32")) {
      throw node.wrong("dtype", "must be F32", node.text("dtype"));
    }
    JsonNode extents = node.array("shape");
    int[] shape = new int[extents.size()];
    for (int i = 0; i < shape.length; i++) {
      JsonNode extent = extents.get(i);
      if (!extent.canConvertToInt() || !extent.isIntegralNumber() || extent.asInt() < 0) {
        throw node.wrong("shape", "must hold whole numbers >= 0", extents);
      }
      shape[i] = extent.asInt();
    }
    return placed(node, name, shape, NamedTensor.elements(shape));
  }

  private static Entry placed(JsonObject node, String name, int[] shape, long elements)
      throws ModelFormatException {
    if (elements > MAX_ELEMENTS) {
      throw node.wrong("shape", "must have at most 2^31 - 9 values", Arrays.toString(shape));
    }
    JsonNode offsets = node.array("data_offsets");
    if (offsets.size() != 2
        || !offsets.get(0).isIntegralNumber()
        || !offsets.get(1).isIntegralNumber()
        || !offsets.get(0).canConvertToLong()
        || !offsets.get(1).canConvertToLong()) {
      throw node.wrong("data_offsets", "must be two whole numbers", offsets);
    }
    long from = offsets.get(0).asLong();
    long to = offsets.get(1).asLong();
    if (from < 0 || to < from || to - from != elements * Float.BYTES) {
      throw node.wrong("data_offsets", "must span " + elements * Float.BYTES + " bytes", offsets);
    }
    return new Entry(name, shape, (int) elements, from, to);
  }

  private static void checkContiguous(List<Entry> entries, String file)
      throws ModelFormatException {
    long end = 0;
    for (Entry entry : entries) {
      if (entry.from() != end) {
        throw new ModelFormatException(
            "%s: tensor '%s' must begin at byte %d, got %d; tensors overlap or leave a gap"
                .formatted(file, entry.name(), end, entry.from()));
      }
      end = entry.to();
    }
  }
}
