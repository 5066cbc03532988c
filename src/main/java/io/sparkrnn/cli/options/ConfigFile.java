package io.sparkrnn.cli.options;

import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import picocli.CommandLine;

/**
 * A properties file of options: keys are long option names without dashes.
 *
 * <p>It stands for arguments before those of the command line, so that the command line wins.
 */
public final class ConfigFile {
  /** Options that have been looked at when a file is read. */
  private static final Set<String> LINE_ONLY = Set.of("config", "help");

  private final Path path;

  private ConfigFile(Path path) {
    this.path = path;
  }

  /** Returns the files that arguments name with --config, in order. */
  public static List<String> named(List<String> arguments) {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("--config=")) {
        files.add(argument.substring("--config=".length()));
      } else if (argument.equals("--config") && i + 1 < arguments.size()) {
        files.add(arguments.get(i + 1));
      }
    }
    return files;
  }

  /**
   * Finds a configuration file as named, or else in the project's directory or its conf/.
   *
   * @param name path as given
   * @param home the project's directory, or null
   * @throws InputException when there is no such file
   */
  public static ConfigFile find(String name, Path home) {
    List<Path> places = new ArrayList<>(List.of(Path.of(name)));
    if (home != null) {
      places.add(home.resolve(name));
      places.add(home.resolve("conf").resolve(name));
    }
    return places.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .map(ConfigFile::new)
        .orElseThrow(() -> new InputException("no configuration file at " + name));
  }

  /** Returns the file's name without its ending. */
  public String name() {
    return path.getFileName().toString().replaceFirst("\\.properties$", "");
  }

  /**
   * Returns the file's lines as arguments of a command.
   *
   * @throws InputException when the file cannot be read, or a key is no option of the command, not
   *     one for files or given twice
   */
  public List<String> arguments(CommandLine command) {
    Properties properties = read();
    List<String> arguments = new ArrayList<>();
    for (String key : properties.stringPropertyNames().stream().sorted().toList()) {
      String name = OptionNames.canonical(key);
      String option = "--" + name;
      if (LINE_ONLY.contains(name)) {
        throw new InputException(
            "key '%s' in %s belongs on the command line; remove it".formatted(key, path));
      }
      if (key.startsWith("-") || command.getCommandSpec().findOption(option) == null) {
        throw new InputException(
            "unknown key '%s' in %s%s".formatted(key, path, suggestion(command, name)));
      }
      arguments.add(option + "=" + properties.getProperty(key).trim());
    }
    return arguments;
  }

  private static String suggestion(CommandLine command, String key) {
    return NearestOption.option(key, command)
        .map(nearest -> "; the nearest is '" + nearest + "'")
        .orElse("");
  }

  private Properties read() {
    KeysOnce properties = new KeysOnce();
    try (Reader reader = new StringReader(withoutMark(Files.readString(path)))) {
      properties.load(reader);
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw new InputException(path + " is no properties file in UTF-8", e);
    } catch (IOException e) {
      throw new InputException("cannot read " + path + ": " + FailureReason.of(e), e);
    }
    if (properties.repeated != null) {
      throw new InputException(
          "key '%s' is given twice in %s; remove one".formatted(properties.repeated, path));
    }
    return properties;
  }

  /** Editors of Windows put a mark in front of UTF-8. */
  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Properties that notice a key given a second time, in whatever spelling. */
  private static final class KeysOnce extends Properties {
    private static final long serialVersionUID = 1L;

    private final transient Set<String> names = new HashSet<>();
    private transient String repeated;

    @Override
    public synchronized Object put(Object key, Object value) {
      if (!names.add(OptionNames.canonical((String) key))) {
        repeated = (String) key;
      }
      return super.put(key, value);
    }
  }
}
