package io.sparkrnn.cli.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Option;

/** The options that every command has. */
public final class CommonOptions {
  /** Kept, since a logger that nobody refers to may be collected, and its level with it. */
  private static final Logger LOG = Logger.getLogger("io.sparkrnn");

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark master: local[N], spark://HOST:PORT, yarn or k8s://URL (default: local[*], or what"
              + " spark-defaults.conf says)")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "a Spark setting, such as spark.executor.memory=4g; may be repeated")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "print this help")
  private boolean help;

  private boolean quiet;

  @Option(
      names = "--quiet",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "print errors only")
  private void setQuiet(boolean quiet) {
    this.quiet = quiet;
    LOG.setLevel(quiet ? Level.WARNING : null);
  }

  /** Returns the Spark master, or null for Spark's own choice. */
  String master() {
    return master;
  }

  /** Returns the Spark settings given. */
  Map<String, String> settings() {
    return settings;
  }

  /** Returns whether progress is not wanted. */
  public boolean quiet() {
    return quiet;
  }
}
