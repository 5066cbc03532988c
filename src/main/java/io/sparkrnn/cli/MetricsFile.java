package io.sparkrnn.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.spark.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The JSON object that {@code --metrics FILE} asks for; the file appears whole or not at all. */
final class MetricsFile {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path path;

  private MetricsFile(Path path) {
    this.path = path;
  }

  /**
   * Returns the file at a path after a look whether it can be written.
   *
   * @param path where, or null when no metrics are wanted
   * @throws InputException when no file can be written there
   */
  static MetricsFile at(Path path) {
    if (path == null) {
      return new MetricsFile(null);
    }
    Path folder = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new InputException("metrics file " + path + " cannot be written");
    }
    return new MetricsFile(path.toAbsolutePath());
  }

  /** Returns an empty object for the metrics. */
  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Writes the metrics, if they are wanted. */
  void write(ObjectNode metrics) throws IOException {
    if (path == null) {
      return;
    }
    Path temporary = Files.createTempFile(path.getParent(), "." + path.getFileName(), ".writing");
    try {
      Files.writeString(temporary, MAPPER.writeValueAsString(metrics) + "\n");
      Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
