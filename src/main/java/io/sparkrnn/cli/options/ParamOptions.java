package io.sparkrnn.cli.options;

import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.options.OptionRow;
import io.sparkrnn.spark.options.OptionRow.Mark;
import io.sparkrnn.spark.options.OptionRow.ReadWith;
import io.sparkrnn.spark.options.OptionType;
import io.sparkrnn.spark.params.OptionTable;
import io.sparkrnn.spark.params.ParamGroup;
import java.util.ArrayList;
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
 * Options made from the parameters of Spark ML stages, as the {@link OptionTable} describes them;
 * the defaults are those of the stages.
 *
 * <p>A parameter that several stages share is one option, and goes to all of them.
 */
public final class ParamOptions {
  private static final Set<String> NAMES =
      OptionTable.groups().stream()
          .flatMap(group -> group.rows().stream())
          .filter(OptionRow::isOnCommandLine)
          .map(OptionRow::name)
          .collect(Collectors.toUnmodifiableSet());

  private static final String AUTO = "auto";

  private final Map<String, List<Target>> targets = new LinkedHashMap<>();

  private record Target(Params stage, OptionRow row) {
    Param<Object> param() {
      return stage.getParam(row.name());
    }

    /** The value; empty for one that is chosen when training begins. */
    String value() {
      String value = stage.isDefined(param()) ? String.valueOf(stage.getOrDefault(param())) : "";
      return row.traits().contains(Mark.AUTO) && value.equals("0") ? AUTO : value;
    }
  }

  /**
   * Adds the parameters of a stage as options to a command, a group under a heading each.
   *
   * @param command the command. Modified.
   * @param stage stage whose parameters are read, and which {@link #apply} sets
   */
  public void add(CommandSpec command, Params stage) {
    for (ParamGroup group : OptionTable.groups(stage)) {
      List<OptionSpec> options = new ArrayList<>();
      for (OptionRow row : group.rows()) {
        if (row.isOnCommandLine()) {
          add(command, new Target(stage, row), options);
        }
      }
      if (!options.isEmpty()) {
        ArgGroupSpec.Builder described =
            ArgGroupSpec.builder().validate(false).heading("%n" + group.title() + "%n");
        options.forEach(described::addArg);
        command.addArgGroup(described.build());
      }
    }
  }

  private void add(CommandSpec command, Target target, List<OptionSpec> options) {
    String name = OptionNames.canonical(target.row().name());
    List<Target> sharing = targets.computeIfAbsent(name, key -> new ArrayList<>());
    if (sharing.isEmpty() && command.findOption("--" + name) == null) {
      options.add(option(name, target));
    }
    sharing.add(target);
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

  /**
   * Checks that each option given is read: one that nothing reads is a mistake on the command line,
   * while a configuration file may keep it for variants of its training.
   *
   * @param given options of the command line, without dashes. Not modified.
   * @throws InputException when one is not
   */
  public void checkRead(Set<String> given) {
    targets.forEach(
        (name, sharing) -> {
          ReadWith with = sharing.get(0).row().trait(ReadWith.class).orElse(null);
          if (with != null && given.contains(name)) {
            String other = OptionNames.canonical(with.other());
            String value = targets.get(other).get(0).value();
            boolean isChosenLater = value.isEmpty() && !with.values().isEmpty();
            if (!isChosenLater && !with.holds(value)) {
              throw new InputException(
                  "--%s is read with --%s%s only, got %s"
                      .formatted(name, other, with.words(), value.isEmpty() ? "none" : value));
            }
          }
        });
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
            settings.put(name, target.value());
          }
        });
    settings.values().removeIf(String::isEmpty);
    return settings;
  }

  private static void set(Target target, String name, String text, CommandLine.ParseResult parsed) {
    CommandLine line = parsed.commandSpec().commandLine();
    Object value;
    try {
      boolean isAuto = target.row().traits().contains(Mark.AUTO) && text.equals(AUTO);
      value = target.row().type().parse(isAuto ? "0" : text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(line, "--" + name + " " + e.getMessage());
    }
    try {
      target.stage().set(target.param(), value);
    } catch (IllegalArgumentException e) {
      String message = OptionWording.ofStages(e.getMessage(), line);
      throw new CommandLine.ParameterException(
          line, message.startsWith("--") ? message : "--" + name + ": " + message, e);
    }
  }

  private static OptionSpec option(String name, Target target) {
    OptionType type = target.row().type();
    OptionSpec.Builder option =
        OptionSpec.builder("--" + name).type(String.class).paramLabel(type.label());
    if (type == OptionType.BOOLEAN) {
      option.arity("0..1").fallbackValue("true");
    }
    String description = OptionWording.ofDescription(target.row().doc(), NAMES) + standard(target);
    return option.description(description.replace("%", "%%")).build();
  }

  private static String standard(Target target) {
    if (target.row().traits().contains(Mark.BY_SHARDS)) {
      return " (default: by --shards)";
    }
    boolean has = target.stage().hasDefault(target.param());
    return has ? " (default: " + (target.value().isEmpty() ? "none" : target.value()) + ")" : "";
  }
}
