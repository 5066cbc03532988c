package io.sparkrnn.cli.session;

import java.nio.file.Path;

/**
 * What the submit scripts tell a command through the environment.
 *
 * @param home the project's directory, or null when the command was started without the scripts
 * @param terminal whether the standard error is a terminal
 */
public record Environment(Path home, boolean terminal) {
  /** Reads the environment of this process. */
  public static Environment ofProcess() {
    String home = System.getenv("SPARK_RNN_HOME");
    boolean terminal = "1".equals(System.getenv("SPARK_RNN_TERMINAL"));
    return new Environment(home == null ? null : Path.of(home), terminal);
  }
}
