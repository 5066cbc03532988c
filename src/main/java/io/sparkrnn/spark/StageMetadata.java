package io.sparkrnn.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.ml.util.DefaultParamsReader;

/**
 * The metadata that Spark ML writes for a stage: one line of JSON in a directory of text files.
 *
 * <p>Spark's own reader starts a job for that line, which takes a second of a fresh session.
 */
final class StageMetadata {
  private static final String DIRECTORY = "metadata";
  private static final String PLAIN = "part-[^.]*(\\.txt)?";

  /** Parameters of a stage take some hundred bytes; a file, packed or not, may hold anything. */
  private static final int MAX_BYTES = 1 << 24;

  /** Spark's parser takes some of the stack for each level, and ends the thread without any. */
  private static final int MAX_DEPTH = 64;

  private StageMetadata() {}

  /**
   * Reads the metadata of a saved stage.
   *
   * @param path directory of the stage
   * @throws IOException if it is missing or cannot be read
   */
  static DefaultParamsReader.Metadata read(String path, Class<?> stage, Configuration hadoop)
      throws IOException {
    Path directory = new Path(path, DIRECTORY);
    FileSystem files = directory.getFileSystem(hadoop);
    return DefaultParamsReader.parseMetadata(line(files, directory, hadoop), stage.getName());
  }

  private static String line(FileSystem files, Path directory, Configuration hadoop)
      throws IOException {
    FileStatus[] parts = files.listStatus(directory, path -> path.getName().startsWith("part-"));
    Arrays.sort(parts);
    for (FileStatus part : parts) {
      try (InputStream in = open(files, part.getPath(), hadoop)) {
        byte[] text = in.readNBytes(MAX_BYTES);
        if (text.length == MAX_BYTES) {
          throw new IOException(
              "%s must have less than %d bytes, and has more".formatted(part.getPath(), MAX_BYTES));
        }
        Optional<String> line = new String(text, StandardCharsets.UTF_8).lines().findFirst();
        if (line.isPresent()) {
          checkNesting(line.get(), part.getPath());
          return line.get();
        }
      }
    }
    throw new FileNotFoundException("there is no metadata in " + directory);
  }

  private static void checkNesting(String json, Path file) throws IOException {
    boolean quoted = false;
    int depth = 0;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted) {
        i += c == '\\' ? 1 : 0;
      } else {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      }
      if (depth > MAX_DEPTH) {
        throw new IOException(
            "%s must be nested %d deep at most, and is deeper".formatted(file, MAX_DEPTH));
      }
    }
  }

  /**
   * Clusters may have Hadoop compress whatever text a job writes; where it did not, a codec that
   * they name and do not have does not matter.
   */
  private static InputStream open(FileSystem files, Path file, Configuration hadoop)
      throws IOException {
    boolean plain = file.getName().matches(PLAIN);
    CompressionCodec codec = plain ? null : new CompressionCodecFactory(hadoop).getCodec(file);
    InputStream in = files.open(file);
    return codec == null ? in : codec.createInputStream(in);
  }
}
