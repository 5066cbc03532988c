package io.sparkrnn.nn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One file of vectors that Keras computed in float64.
 *
 * @param name the file's name without its ending
 * @param json its content
 */
record GoldenFile(String name, JsonNode json) {
  /** Returns the files of the folder named by {@code golden.dir}, else the project's own. */
  static List<GoldenFile> all() throws IOException, URISyntaxException {
    String property = System.getProperty("golden.dir");
    return property == null ? ofProject("golden") : in(Path.of(property));
  }

  /** Returns the files of one of the project's own folders. */
  static List<GoldenFile> ofProject(String folder) throws IOException, URISyntaxException {
    return in(Path.of(GoldenFile.class.getResource("/" + folder).toURI()));
  }

  private static List<GoldenFile> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(GoldenFile::read)
          .toList();
    }
  }

  private static GoldenFile read(Path file) {
    try {
      String name = file.getFileName().toString().replace(".json", "");
      return new GoldenFile(name, new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException("unreadable golden file " + file, e);
    }
  }

  boolean isLayer() {
    return json.has("layer");
  }

  boolean isNetwork() {
    return json.has("network");
  }

  boolean isPadding() {
    return json.has("cases");
  }

  String text(String key) {
    return required(key).asText();
  }

  int number(String key) {
    return required(key).asInt();
  }

  boolean flag(String key) {
    return required(key).asBoolean();
  }

  boolean has(String key) {
    return json.hasNonNull(key);
  }

  /** The numbers of an array, or of the {@code values} of an object with a shape. */
  double[] values(String key) {
    return values(required(key));
  }

  /** Names of the entries of an object, in the file's order. */
  List<String> names(String key) {
    Iterable<String> names = () -> required(key).fieldNames();
    return StreamSupport.stream(names.spliterator(), false).toList();
  }

  double[] values(String key, String name) {
    return values(required(key).get(name));
  }

  JsonNode required(String key) {
    if (!json.hasNonNull(key)) {
      throw new IllegalArgumentException("no '" + key + "' in golden file " + name);
    }
    return json.get(key);
  }

  private static double[] values(JsonNode node) {
    JsonNode array = node.isObject() ? node.get("values") : node;
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
