package io.sparkrnn.cli;

import io.sparkrnn.cli.session.Environment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** The commands, for tests of the rooms beside this one. */
public final class Commands {
  private Commands() {}

  /** Returns every command by name. */
  public static Map<String, CommandLine> all() {
    Map<String, CommandLine> all = new LinkedHashMap<>();
    Main.commands(new Environment(Path.of(""), false))
        .forEach((name, command) -> all.put(name, command.get()));
    return all;
  }

  /** Returns the command that trains. */
  public static CommandLine train() {
    return all().get("train");
  }
}
