package io.sparkrnn.cli.options;

import io.sparkrnn.spark.options.OptionType;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Puts what stages and picocli say into the words of the command line: options instead of
 * parameters, rules instead of Java's types.
 */
public final class OptionWording {
  /** Words with a capital inside that are no part of a path, a file's name or a quotation. */
  private static final Pattern CAMEL_CASE =
      Pattern.compile("(?<![\\w'./-])[a-z]+[a-z0-9]*(?:[A-Z][a-z0-9]*)+(?![\\w'/-]|\\.\\w)");

  /** What descriptions quote, such as layers, is read with the parameters' names in it. */
  private static final Pattern QUOTED_OR_NAME =
      Pattern.compile("(?<!\\w)'[^']*'|" + CAMEL_CASE.pattern());

  private static final Pattern SUBJECT = Pattern.compile("^[A-Za-z0-9]+(?= must )");
  private static final Pattern CHOICE = Pattern.compile("(?<=at most one of )[\\w, ]+(?= may )");
  private static final Pattern WORD = Pattern.compile("\\w+");

  private static final Pattern INVALID =
      Pattern.compile("Invalid value for option '(--[\\w-]+)'[^:]*: (must .*)");
  private static final Pattern NO_CONSTANT =
      Pattern.compile(
          "Invalid value for option '(--[\\w-]+)'[^:]*: expected one of \\[(.*)] .*but was ('.*')");
  private static final Pattern NO_PAIR =
      Pattern.compile("Value for option .*'(--[\\w-]+)' .*should be in (\\S+) format but was (.*)");

  private OptionWording() {}

  /** Returns a message of a stage with options where it names parameters. */
  public static String ofStages(String message, CommandLine command) {
    String named = CHOICE.matcher(message).replaceAll(list -> replace(WORD, list.group(), command));
    return replace(SUBJECT, replace(CAMEL_CASE, named, command), command);
  }

  /**
   * Returns a stage's description of a parameter with options where it names other parameters.
   *
   * @param options names of the parameters that are options. Not modified.
   */
  static String ofDescription(String description, Set<String> options) {
    return QUOTED_OR_NAME
        .matcher(description)
        .replaceAll(
            name ->
                Matcher.quoteReplacement(
                    options.contains(name.group())
                        ? "--" + OptionNames.canonical(name.group())
                        : name.group()));
  }

  private static String replace(Pattern names, String message, CommandLine command) {
    return names
        .matcher(message)
        .replaceAll(name -> Matcher.quoteReplacement(option(name, command)));
  }

  private static String option(MatchResult name, CommandLine command) {
    String option = "--" + OptionNames.canonical(name.group());
    return command.getCommandSpec().findOption(option) == null ? name.group() : option;
  }

  /** Returns a message of picocli in the form that the stages' have: subject, rule, value. */
  public static String ofUsage(String message) {
    String worded = INVALID.matcher(message).replaceFirst("$1 $2");
    worded = NO_CONSTANT.matcher(worded).replaceFirst("$1 must be one of $2, got $3");
    return NO_PAIR.matcher(worded).replaceFirst("$1 must be $2, got '$3'");
  }

  /** Makes picocli name the rule of a number, not its type in Java. */
  public static void registerTypes(CommandLine command) {
    command
        .registerConverter(Integer.class, type(OptionType.INTEGER, Integer.class))
        .registerConverter(long.class, type(OptionType.LONG, Long.class))
        .registerConverter(Long.class, type(OptionType.LONG, Long.class))
        .registerConverter(double.class, type(OptionType.DOUBLE, Double.class))
        .registerConverter(boolean.class, type(OptionType.BOOLEAN, Boolean.class));
  }

  private static <T> ITypeConverter<T> type(OptionType type, Class<T> as) {
    return text -> {
      try {
        return as.cast(type.parse(text));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
