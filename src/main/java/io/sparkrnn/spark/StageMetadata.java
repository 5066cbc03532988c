package io.sparkrnn.spark;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
      try (InputStream in = open(files, part.getPath(), hadoop);
          BufferedReader reader =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        String line = reader.readLine();
        if (line != null) {
          return line;
        }
      }
    }
    throw new FileNotFoundException("there is no metadata in " + directory);
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
