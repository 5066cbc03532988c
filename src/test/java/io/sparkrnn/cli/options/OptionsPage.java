package io.sparkrnn.cli.options;

import io.sparkrnn.cli.Commands;
import io.sparkrnn.spark.options.OptionRow;
import io.sparkrnn.spark.options.OptionRow.ReadWith;
import io.sparkrnn.spark.options.OptionType;
import io.sparkrnn.spark.params.OptionTable;
import io.sparkrnn.spark.params.ParamGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the documentation's page of options. */
final class OptionsPage {
  static final String PATH = "src/site/markdown/options.md";

  private static final String INTRODUCTION =
      """
      # Options

      Every option of a training, then those of the commands themselves. Generated from the table
      `io.sparkrnn.spark.params.OptionTable`, which tells how to renew it.

      | where | spelling |
      |---|---|
      | command line | `submit/train --batch-size 64`; `--batchSize` and `--batch_size` are accepted too |
      | configuration file | `batch-size=64` in the file of `--config`; the command line wins |
      | Java | `classifier.setBatchSize(64)`; `--epochs` is `setMaxIter`, `--learning-rate` is `setStepSize` |

      An option that nothing reads is refused on the command line; a configuration file may keep it.
      Options spelled as setters are for Java only: the commands set them themselves.
      """;

  private final Set<String> names = rows().map(OptionRow::name).collect(Collectors.toSet());
  private final Map<String, CommandLine> commands = Commands.all();

  private static Stream<OptionRow> rows() {
    return OptionTable.groups().stream()
        .flatMap(group -> group.rows().stream())
        .filter(OptionRow::isOnCommandLine);
  }

  String text() {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    OptionTable.groups().forEach(group -> text.append(section(group)));
    commands.forEach((name, command) -> text.append(section(name, command.getCommandSpec())));
    return text.toString();
  }

  private String section(ParamGroup group) {
    return "\n## %s\n\n| option | value | default | what it is |\n|---|---|---|---|\n"
            .formatted(group.title())
        + group.rows().stream().map(this::line).collect(Collectors.joining());
  }

  private String line(OptionRow row) {
    String read =
        row.trait(ReadWith.class)
            .map(
                with ->
                    "; read with `--%s%s`"
                        .formatted(OptionNames.canonical(with.other()), with.words()))
            .orElse("");
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            spelling(row),
            cell(value(row)),
            standard(row),
            cell(OptionWording.ofDescription(row.doc(), names)) + read);
  }

  private static String spelling(OptionRow row) {
    String name = row.name();
    return row.isOnCommandLine()
        ? "--" + OptionNames.canonical(name)
        : "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static String value(OptionRow row) {
    String rule = row.rule().text();
    boolean words = row.type() == OptionType.TEXT && !rule.isEmpty();
    return words ? rule.replaceFirst("^one of ", "") : (row.type().label() + " " + rule).strip();
  }

  /** What the command does unless told otherwise; from Java that may be another. */
  private String standard(OptionRow row) {
    String ofTable = row.defaultValue().map(OptionsPage::shown).orElse("");
    OptionSpec option =
        commands.get("train").getCommandSpec().findOption("--" + OptionNames.canonical(row.name()));
    if (option == null) {
      return ofTable;
    }
    String help = option.description()[0];
    int at = help.lastIndexOf(" (default: ");
    String ofCommand =
        at < 0 ? "" : "`" + escaped(help.substring(at + 11, help.length() - 1)) + "`";
    return ofCommand.equals(ofTable) || ofCommand.equals("`none`")
        ? ofTable
        : ofCommand + ", in Java " + ofTable;
  }

  private static String shown(Object value) {
    return value.equals("") ? "none" : "`" + escaped(value.toString()) + "`";
  }

  private static String section(String name, CommandSpec command) {
    List<OptionSpec> own =
        command.options().stream().filter(option -> option.group() == null).toList();
    return "\n## submit/%s\n\n%s\n\n| option | what it is |\n|---|---|\n"
            .formatted(name, String.join("\n", command.usageMessage().description()))
        + own.stream().map(OptionsPage::line).collect(Collectors.joining());
  }

  private static String line(OptionSpec option) {
    String description =
        Arrays.stream(option.description())
            .map(line -> line.replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue())))
            .collect(Collectors.joining(" "));
    String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return "| `%s` | %s |\n".formatted(escaped(option.longestName() + label), cell(description));
  }

  private static String cell(String text) {
    return escaped(text.replaceAll("\\w+<[\\w<>]+>", "`$0`"));
  }

  /** A bar ends a cell, even within code. */
  private static String escaped(String text) {
    return text.replace("|", "\\|");
  }
}
