package io.sparkrnn.spark.delimited;

import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The header that all delimited files of an input have. */
final class DelimitedHeader {
  private DelimitedHeader() {}

  /**
   * Returns the names of the columns; one without a name is called by its number, from 0.
   *
   * @param scans of all files, one with a header at least
   * @throws InputException when two headers differ by more than case or when a column occurs twice
   */
  static List<String> names(List<DelimitedScan> scans) {
    List<DelimitedScan> withHeader =
        scans.stream().filter(scan -> !scan.header().isEmpty()).toList();
    DelimitedScan first = withHeader.get(0);
    Columns.requireUsable(names(first), first.path());
    withHeader.forEach(other -> requireSame(first, other));
    return names(first);
  }

  private static List<String> names(DelimitedScan scan) {
    List<String> names = new ArrayList<>();
    for (String name : scan.header()) {
      names.add(name.isEmpty() ? "_c" + names.size() : name);
    }
    return names;
  }

  private static void requireSame(DelimitedScan one, DelimitedScan other) {
    if (!lowerCase(one).equals(lowerCase(other))) {
      throw new InputException(
          "the headers of %s and %s must be the same, got '%s' and '%s'"
              .formatted(
                  one.path(),
                  other.path(),
                  String.join("', '", names(one)),
                  String.join("', '", names(other))));
    }
  }

  private static List<String> lowerCase(DelimitedScan scan) {
    return names(scan).stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }
}
