package io.sparkrnn.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of a grammar, each a list of alternatives cut into words and symbols.
 *
 * <p>Read from text: a name and a colon at the start of a line, then indented alternatives
 * separated by {@code |}; {@code 3x} in front of one counts it three times, {@code _} alone is
 * empty. Immutable.
 */
final class GrammarRules {
  /** Text, or the name of a rule with a mark ({@code + - ! ?}, or a space for none) in front. */
  record Part(boolean symbol, char mark, String value) {}

  private static final Pattern SYMBOL = Pattern.compile("<([-+!?]?)([a-z-]+)>|([~*])");
  private static final Pattern WEIGHT = Pattern.compile("(\\d+)x (.*)");

  private final Map<String, List<List<Part>>> rules;

  private GrammarRules(Map<String, List<List<Part>>> rules) {
    this.rules = rules;
  }

  /** Reads the rules from a resource beside this class. */
  static GrammarRules load(String resource) {
    Map<String, List<List<Part>>> rules = new HashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                GrammarRules.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
      List<List<Part>> current = null;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("  ")) {
          addAlternatives(line.trim(), current);
        } else if (line.endsWith(":") && !line.startsWith("#")) {
          current = new ArrayList<>();
          rules.put(line.substring(0, line.length() - 1), current);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new GrammarRules(rules);
  }

  private static void addAlternatives(String line, List<List<Part>> alternatives) {
    for (String alternative : line.split(" \\| ")) {
      Matcher weight = WEIGHT.matcher(alternative);
      boolean weighted = weight.matches();
      List<Part> parts = parts(weighted ? weight.group(2) : alternative);
      for (int i = weighted ? Integer.parseInt(weight.group(1)) : 1; i > 0; i--) {
        alternatives.add(parts);
      }
    }
  }

  private static List<Part> parts(String alternative) {
    List<Part> parts = new ArrayList<>();
    if (alternative.equals("_")) {
      return parts;
    }
    Matcher symbol = SYMBOL.matcher(alternative);
    int end = 0;
    while (symbol.find()) {
      parts.add(new Part(false, ' ', alternative.substring(end, symbol.start())));
      parts.add(symbol(symbol));
      end = symbol.end();
    }
    parts.add(new Part(false, ' ', alternative.substring(end)));
    return parts;
  }

  private static Part symbol(Matcher symbol) {
    if (symbol.group(3) != null) {
      return new Part(true, ' ', symbol.group(3));
    }
    char mark = symbol.group(1).isEmpty() ? ' ' : symbol.group(1).charAt(0);
    return new Part(true, mark, symbol.group(2));
  }

  /**
   * Returns the rules as one domain sees them: those of its own stand for those of the same name,
   * except that its polar rules are drawn as often as the general ones.
   */
  GrammarRules inDomain(String domain) {
    Map<String, List<List<Part>>> seen = new HashMap<>(rules);
    String prefix = domain + ".";
    rules.forEach(
        (name, own) -> {
          if (name.startsWith(prefix)) {
            String plain = name.substring(prefix.length());
            boolean joined = plain.indexOf('.') > 0 && rules.containsKey(plain);
            seen.put(plain, joined ? inEqualShares(own, rules.get(plain)) : own);
          }
        });
    return new GrammarRules(seen);
  }

  private static List<List<Part>> inEqualShares(List<List<Part>> one, List<List<Part>> other) {
    List<List<Part>> all = new ArrayList<>(2 * one.size() * other.size());
    other.forEach(each -> all.addAll(one));
    one.forEach(each -> all.addAll(other));
    return all;
  }

  /**
   * Returns the alternatives of a rule.
   *
   * @throws IllegalArgumentException when there is no such rule
   */
  List<List<Part>> alternatives(String name) {
    List<List<Part>> alternatives = rules.get(name);
    if (alternatives == null) {
      throw new IllegalArgumentException("the grammar has no rule '" + name + "'");
    }
    return alternatives;
  }

  /** Returns the names of all rules. */
  Set<String> names() {
    return rules.keySet();
  }
}
