package io.sparkrnn.cli.options;

import java.util.List;
import picocli.CommandLine;

/** A command that reads part of its arguments from a configuration file. */
public interface ConfiguredCommand {
  /**
   * Returns the arguments with those of the configuration in front.
   *
   * @param given arguments of the command line. Not modified.
   * @param command knows the options there are
   */
  List<String> withConfiguration(List<String> given, CommandLine command);
}
