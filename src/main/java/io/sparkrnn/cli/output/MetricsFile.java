package io.sparkrnn.cli.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The JSON object that {@code --metrics FILE} asks for; the file appears whole or not at all.
 *
 * <p>A link is followed to its file. What is no file but a pipe or a device is written to as it is.
 */
public final class MetricsFile {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

  /** As many links in a row as Linux follows. */
  private static final int MAX_LINKS = 40;

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
  public static MetricsFile at(Path path) {
    if (path == null) {
      return new MetricsFile(null);
    }
    boolean stream = isStream(path);
    Path file = stream ? path : withoutLinks(path.toAbsolutePath());
    if (!(stream ? Files.isWritable(file) : canBeReplaced(file))) {
      throw new InputException(
          "metrics file " + path + " cannot be written" + (stream ? "" : reason(file)));
    }
    return new MetricsFile(file);
  }

  private static boolean canBeReplaced(Path file) {
    Path folder = file.getParent();
    return folder != null
        && Files.isDirectory(folder)
        && Files.isWritable(folder)
        && !Files.isDirectory(file)
        && !Files.isSymbolicLink(file);
  }

  private static String reason(Path file) {
    Path folder = file.getParent();
    if (Files.isDirectory(file)) {
      return ": it is a directory";
    }
    return folder != null && Files.notExists(folder)
        ? ": there is no directory " + folder
        : Unwritable.reason(file);
  }

  /** Returns whether a path is that of a pipe or a device, or leads to one. */
  static boolean isStream(Path path) {
    boolean file = Files.isRegularFile(path) || Files.isDirectory(path);
    return path.equals(STANDARD_OUTPUT) || Files.exists(path) && !file;
  }

  /** Follows links, also one to a file that does not exist yet; of a circle a link remains. */
  private static Path withoutLinks(Path path) {
    Path file = path;
    try {
      for (int links = 0; Files.isSymbolicLink(file) && links < MAX_LINKS; links++) {
        file = file.resolveSibling(Files.readSymbolicLink(file));
      }
    } catch (IOException e) {
      throw new InputException("metrics file " + path + " cannot be written", e);
    }
    return file;
  }

  /** Returns an empty object for the metrics. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Returns whether metrics are wanted. */
  public boolean isWanted() {
    return path != null;
  }

  /**
   * Writes the metrics, if they are wanted.
   *
   * @throws WriteFailure if that fails; it names the file
   */
  public void write(ObjectNode metrics) {
    if (path != null) {
      WriteFailure.naming("metrics file " + path, () -> writeText(metrics));
    }
  }

  private void writeText(ObjectNode metrics) throws IOException {
    String text = MAPPER.writeValueAsString(metrics) + "\n";
    if (path.equals(STANDARD_OUTPUT)) {
      System.out.print(text); // another opening of the same file would overwrite what follows
      System.out.flush();
    } else if (isStream(path)) {
      Files.writeString(path, text, StandardOpenOption.WRITE);
    } else {
      replace(text);
    }
  }

  private void replace(String text) throws IOException {
    String name = "." + path.getFileName() + "." + UUID.randomUUID() + ".writing";
    Path temporary = path.resolveSibling(name);
    try {
      Files.writeString(temporary, text, StandardOpenOption.CREATE_NEW);
      if (Files.exists(path) && Files.getFileStore(path).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(path));
      }
      Files.move(temporary, path, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
