package io.sparkrnn.cli.options;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/**
 * Finds the option that somebody meant who wrote another: one that a few letters make of it, else
 * one that it abbreviates or continues. Of a name that is far from all, nothing is said.
 */
public final class NearestOption {
  private static final int LETTERS_PER_ERROR = 3;
  private static final int SHORTEST_BEGINNING = 3;

  private NearestOption() {}

  /**
   * Returns the nearest long option of a command.
   *
   * @param given name without dashes in front
   * @return an option's name without dashes in front, or empty when none is near
   */
  public static Optional<String> option(String given, CommandLine command) {
    List<String> names =
        command.getCommandSpec().options().stream()
            .flatMap(option -> Arrays.stream(option.names()))
            .filter(name -> name.startsWith("--"))
            .map(name -> name.substring(2))
            .sorted()
            .toList();
    int limit = given.length() / LETTERS_PER_ERROR;
    return names.stream()
        .filter(name -> distance(given, name) <= limit)
        .min(Comparator.comparingInt(name -> distance(given, name)))
        .or(() -> related(given, names));
  }

  private static Optional<String> related(String given, List<String> names) {
    return names.stream()
        .filter(name -> abbreviates(given, name) || given.startsWith(name + "-"))
        .min(Comparator.comparingInt(String::length));
  }

  /** Whether each word of a name is the beginning of the other name's word. */
  private static boolean abbreviates(String given, String name) {
    String[] words = given.split("-");
    String[] whole = name.split("-");
    if (given.length() < SHORTEST_BEGINNING || words.length > whole.length) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      if (!whole[i].startsWith(words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Returns how many letters have to be put in, taken out or replaced (Levenshtein, 1965). */
  static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    Arrays.setAll(before, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[before.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
      }
      before = row;
    }
    return before[b.length()];
  }
}
