package io.sparkrnn.cli.output;

import io.sparkrnn.spark.files.LocalNames;
import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The places that a command reads and writes: what it writes must not be what it reads, nor inside
 * of it, nor around it, whatever the paths are called.
 */
public final class Places {
  private final Configuration conf;
  private final List<Place> places = new ArrayList<>();

  private record Place(String what, String given, Path real) {}

  /** Creates the places of a command; there are none yet. */
  public Places(Configuration conf) {
    this.conf = conf;
  }

  /**
   * Adds a place that is read.
   *
   * @param what what is read, for messages
   * @param path its path, or null or empty when there is none
   * @return this
   */
  public Places reading(String what, String path) {
    if (path != null && !path.isEmpty()) {
      places.add(place(what, path));
    }
    return this;
  }

  /**
   * Adds a directory that is written.
   *
   * @throws InputException when it and another place overlap, or its name cannot be written
   */
  public Places writing(String what, String path) {
    LocalNames.requireWritable(what, path);
    Place written = place(what, path);
    for (Place other : places) {
      if (written.real().equals(other.real())) {
        throw refusal(written, "be", other);
      } else if (isInside(written.real(), other.real())) {
        throw refusal(written, "be inside", other);
      } else if (isInside(other.real(), written.real())) {
        throw refusal(written, "hold", other);
      }
    }
    places.add(written);
    return this;
  }

  /**
   * Checks a local file that is written, which may be inside of another place. A pipe or a device
   * is none.
   *
   * @param file its path, or null when there is none
   * @throws InputException when it is one of the places
   */
  public void writingFile(String what, java.nio.file.Path file) {
    if (file != null && !MetricsFile.isStream(file)) {
      Place written = place(what, "file:" + file.toAbsolutePath());
      places.stream()
          .filter(other -> other.real().equals(written.real()))
          .findFirst()
          .ifPresent(
              other -> {
                throw refusal(new Place(what, file.toString(), written.real()), "be", other);
              });
    }
  }

  private static InputException refusal(Place written, String relation, Place other) {
    return new InputException(
        "%s %s must not %s the %s %s; give another"
            .formatted(written.what(), written.given(), relation, other.what(), other.given()));
  }

  private static boolean isInside(Path inner, Path outer) {
    for (Path parent = inner.getParent(); parent != null; parent = parent.getParent()) {
      if (parent.equals(outer)) {
        return true;
      }
    }
    return false;
  }

  private Place place(String what, String given) {
    try {
      Path path = LocalNames.path(given);
      FileSystem files = path.getFileSystem(conf);
      Path qualified = files.makeQualified(path);
      return new Place(what, given, isLocal(qualified) ? withoutLinks(qualified) : qualified);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "%s %s cannot be read: %s".formatted(what, given, FailureReason.of(e)), e);
    }
  }

  private static boolean isLocal(Path path) {
    return "file".equals(path.toUri().getScheme());
  }

  /** Follows the symbolic links of the part of a path that exists. */
  private static Path withoutLinks(Path path) throws IOException {
    java.nio.file.Path whole = java.nio.file.Path.of(path.toUri().getPath());
    java.nio.file.Path there = whole;
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    return new Path("file", null, there.toRealPath().resolve(there.relativize(whole)).toString());
  }
}
