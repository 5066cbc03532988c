package io.sparkrnn.cli.session;

import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.SparkConf;

/** Looks at the driver's local directories before Spark does, which ends the process over them. */
final class LocalDirectories {
  private static final String SETTING = "spark.local.dir";
  private static final String VARIABLE = "SPARK_LOCAL_DIRS";
  private static final String OF_YARN = "LOCAL_DIRS";

  private LocalDirectories() {}

  /**
   * Checks that one of the directories, at least, can be written; makes those that are missing.
   *
   * @param environment of the process. Not modified.
   * @throws InputException when none can
   */
  static void check(SparkConf conf, Map<String, String> environment) {
    if (environment.containsKey(OF_YARN)) {
      return;
    }
    String standard = conf.get(SETTING, System.getProperty("java.io.tmpdir"));
    String directories = environment.getOrDefault(VARIABLE, standard);
    if (Arrays.stream(directories.split(",")).noneMatch(LocalDirectories::isWritable)) {
      throw new InputException(
          "%s must be a directory that can be written, got '%s'"
              .formatted(environment.containsKey(VARIABLE) ? VARIABLE : SETTING, directories));
    }
  }

  private static boolean isWritable(String directory) {
    try {
      return Files.isWritable(Files.createDirectories(Path.of(directory.strip())));
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }
}
