package io.sparkrnn.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options made from the parameters of Spark ML stages, so that each default and each description
 * stands once, in the stage.
 *
 * <p>A parameter that several stages share is one option, and goes to all of them.
 */
public final class ParamOptions {
  private final Map<String, List<Target>> targets = new LinkedHashMap<>();

  private record Target(Params stage, Param<Object> param) {}

  /**
   * Adds the parameters of a stage as options to a command.
   *
   * @param command the command. Modified.
   * @param heading title of the options in the usage help
   * @param stage stage whose parameters are read, and which {@link #apply} sets
   * @param hidden names of parameters that are no options
   */
  public void add(CommandSpec command, String heading, Params stage, Set<String> hidden) {
    List<OptionSpec> options = new ArrayList<>();
    List<Param<?>> shown =
        Arrays.<Param<?>>stream(stage.params())
            .filter(param -> !hidden.contains(param.name()))
            .toList();
    Set<String> names = shown.stream().map(Param::name).collect(Collectors.toSet());
    for (Param<?> param : shown) {
      String name = OptionNames.canonical(param.name());
      List<Target> sharing = targets.computeIfAbsent(name, key -> new ArrayList<>());
      if (sharing.isEmpty() && command.findOption("--" + name) == null) {
        options.add(option(name, stage, param, names));
      }
      sharing.add(new Target(stage, stage.getParam(param.name())));
    }
    if (!options.isEmpty()) {
      ArgGroupSpec.Builder group = ArgGroupSpec.builder().validate(false).heading("%n" + heading);
      options.forEach(group::addArg);
      command.addArgGroup(group.build());
    }
  }

  /**
   * Sets the parameters whose options were given.
   *
   * @throws CommandLine.ParameterException when a value is none of the parameter
   */
  public void apply(CommandLine.ParseResult parsed) {
    targets.forEach(
        (name, sharing) -> {
          OptionSpec option = parsed.matchedOption("--" + name);
          if (option != null) {
            String text = String.valueOf((Object) option.getValue());
            sharing.forEach(target -> set(target, name, text, parsed));
          }
        });
  }

  /** Returns the value of an option that has one, whether it was set or not. */
  public String value(String name) {
    Target target = targets.get(name).get(0);
    return String.valueOf(target.stage().getOrDefault(target.param()));
  }

  /** Returns the value of every option that was set, by name. */
  public Map<String, String> settings() {
    return settings(true);
  }

  /** Returns the value of every option that was left as it is, by name. */
  public Map<String, String> defaults() {
    return settings(false);
  }

  private Map<String, String> settings(boolean set) {
    Map<String, String> settings = new TreeMap<>();
    targets.forEach(
        (name, sharing) -> {
          Target target = sharing.get(0);
          if (target.stage().isDefined(target.param())
              && target.stage().isSet(target.param()) == set) {
            String value = String.valueOf(target.stage().getOrDefault(target.param()));
            settings.put(name, value);
          }
        });
    settings.values().removeIf(String::isEmpty);
    return settings;
  }

  private static void set(Target target, String name, String text, CommandLine.ParseResult parsed) {
    CommandLine line = parsed.commandSpec().commandLine();
    Object value;
    try {
      value = ParamType.of(target.stage(), target.param()).parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(line, "--" + name + " " + e.getMessage());
    }
    try {
      target.stage().set(target.param(), value);
    } catch (IllegalArgumentException e) {
      String message = Wording.ofStages(e.getMessage(), line);
      throw new CommandLine.ParameterException(
          line, message.startsWith("--") ? message : "--" + name + ": " + message, e);
    }
  }

  private static OptionSpec option(String name, Params stage, Param<?> param, Set<String> names) {
    ParamType type = ParamType.of(stage, param);
    OptionSpec.Builder option =
        OptionSpec.builder("--" + name).type(String.class).paramLabel(type.label());
    if (type == ParamType.BOOLEAN) {
      option.arity("0..1").fallbackValue("true");
    }
    String standard =
        stage.hasDefault(param) ? " (default: " + shown(stage.getDefault(param).get()) + ")" : "";
    String description = Wording.ofDescription(param.doc(), names) + standard;
    return option.description(description.replace("%", "%%")).build();
  }

  private static String shown(Object value) {
    return value instanceof String text && text.isEmpty() ? "none" : String.valueOf(value);
  }
}
