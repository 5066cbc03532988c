package io.sparkrnn.spark.options;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.MergeMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A stack of different recurrent layers as a parameter writes it, such as {@code
 * bidirectional(gru:64, mergeMode=sum), lstm:32 dropout=0.2, simple_rnn:16 goBackwards}.
 *
 * <pre>
 *   layers = layer, layer ...                                first layer first
 *   layer  = cell | bidirectional(cell) | bidirectional(cell, mergeMode=concat|sum|mul|ave)
 *   cell   = simple_rnn|lstm|gru : units option option ...
 *   option = dropout=0.2 | recurrentDropout=0.2 | resetAfter=true|false | goBackwards=true|false
 * </pre>
 *
 * <p>The words are Keras's; {@code =true} may be left out, and what is not said is as in {@link
 * LayerSpec.Recurrent#of}. Spaces around words count for nothing.
 */
public final class LayerText {
  /** The rule of such texts; throws what {@link #parse} throws. */
  public static final OptionRule RULE =
      new OptionRule("recurrent layers", text -> parse((String) text) != null);

  private static final String PAIR = "bidirectional";
  private static final int MOST_DIGITS = 7;

  private final int number;
  private final String text;
  private final Set<String> given = new HashSet<>();

  private LayerText(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /**
   * Returns the layers of a text; none when it is blank.
   *
   * @throws IllegalArgumentException if it is no list of layers; the message names layer and word
   */
  public static List<LayerSpec> parse(String text) {
    List<LayerSpec> layers = new ArrayList<>();
    if (!text.isBlank()) {
      for (String layer : split(text)) {
        layers.add(new LayerText(layers.size() + 1, layer.strip()).layer());
      }
    }
    return layers;
  }

  /** Returns the text of layers. */
  public static String of(List<LayerSpec> layers) {
    return layers.stream().map(LayerText::of).collect(Collectors.joining(", "));
  }

  private static String of(LayerSpec layer) {
    if (layer instanceof LayerSpec.Bidirectional pair) {
      String mode = pair.mergeMode().name().toLowerCase(Locale.ROOT);
      return PAIR + "(" + of(pair.layer()) + ", mergeMode=" + mode + ")";
    }
    LayerSpec.Recurrent cell = (LayerSpec.Recurrent) layer;
    return cell.cell().name().toLowerCase(Locale.ROOT)
        + ":"
        + cell.units()
        + (cell.dropout() > 0 ? " dropout=" + cell.dropout() : "")
        + (cell.recurrentDropout() > 0 ? " recurrentDropout=" + cell.recurrentDropout() : "")
        + (cell.cell() == CellType.GRU ? " resetAfter=" + cell.resetAfter() : "")
        + (cell.goBackwards() ? " goBackwards" : "");
  }

  /** Splits at the commas that are outside of parentheses. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth <= 0) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  private LayerSpec layer() {
    if (!text.startsWith(PAIR)) {
      return cell(text);
    }
    String rest = text.substring(PAIR.length()).strip();
    if (!rest.startsWith("(") || rest.indexOf(')') != rest.length() - 1) {
      throw wrong("", "be such as bidirectional(gru:64)", text);
    }
    String[] parts = rest.substring(1, rest.length() - 1).split(",", 2);
    LayerSpec.Recurrent one = cell(parts[0].strip());
    return new LayerSpec.Bidirectional(
        one, parts.length == 1 ? MergeMode.CONCAT : mergeMode(parts[1].strip()));
  }

  private MergeMode mergeMode(String option) {
    String[] sides = option.split("=", 2);
    if (!sides[0].strip().equals("mergeMode")) {
      throw wrong(
          "option after the comma of ", "be 'mergeMode=' and concat, sum, mul or ave", option);
    }
    return constant(MergeMode.class, "'mergeMode'", sides.length == 1 ? "" : sides[1].strip());
  }

  private LayerSpec.Recurrent cell(String words) {
    List<String> parts = Arrays.asList(words.replaceAll("\\s*([:=])\\s*", "$1").split("\\s+"));
    String[] sides = parts.get(0).split(":", 2);
    if (sides.length == 1) {
      throw wrong("", "be such as lstm:32 or bidirectional(gru:64)", text);
    }
    LayerSpec.Recurrent layer =
        LayerSpec.Recurrent.of(constant(CellType.class, "cell", sides[0]), units(sides[1]));
    for (String option : parts.subList(1, parts.size())) {
      layer = with(layer, option.split("=", 2));
    }
    return layer;
  }

  private int units(String digits) {
    if (!digits.matches("\\d{1," + MOST_DIGITS + "}") || Integer.parseInt(digits) == 0) {
      throw wrong("units of ", "be a whole number > 0", digits);
    }
    return Integer.parseInt(digits);
  }

  private LayerSpec.Recurrent with(LayerSpec.Recurrent layer, String[] option) {
    String name = option[0];
    String value = option.length == 1 ? null : option[1];
    if (!given.add(name)) {
      throw wrong("", "have '" + name + "' once", text);
    }
    return switch (name) {
      case "dropout" -> with(layer, rate(name, value), layer.recurrentDropout());
      case "recurrentDropout" -> with(layer, layer.dropout(), rate(name, value));
      case "resetAfter" -> resetAfter(layer, flag(name, value));
      case "goBackwards" -> flag(name, value) ? layer.reversed() : layer;
      default ->
          throw wrong(
              "option of ",
              "be one of 'dropout', 'recurrentDropout', 'resetAfter', 'goBackwards'",
              name);
    };
  }

  private static LayerSpec.Recurrent with(
      LayerSpec.Recurrent layer, double dropout, double recurrentDropout) {
    return new LayerSpec.Recurrent(
        layer.cell(),
        layer.units(),
        dropout,
        recurrentDropout,
        layer.resetAfter(),
        layer.goBackwards());
  }

  private LayerSpec.Recurrent resetAfter(LayerSpec.Recurrent layer, boolean resetAfter) {
    if (layer.cell() != CellType.GRU) {
      throw wrong("'resetAfter' of ", "be an option of gru", layer.cell().kerasName());
    }
    return new LayerSpec.Recurrent(
        layer.cell(),
        layer.units(),
        layer.dropout(),
        layer.recurrentDropout(),
        resetAfter,
        layer.goBackwards());
  }

  private double rate(String name, String value) {
    try {
      double rate = value == null ? Double.NaN : Double.parseDouble(value);
      if (rate >= 0 && rate < 1) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // said below, like a number outside
    }
    throw wrong("'" + name + "' of ", "be in [0, 1)", value);
  }

  private boolean flag(String name, String value) {
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw wrong("'" + name + "' of ", "be true or false", value);
    }
    return value == null || value.equals("true");
  }

  private <E extends Enum<E>> E constant(Class<E> type, String name, String value) {
    List<String> words =
        Arrays.stream(type.getEnumConstants()).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
    if (!words.contains(value)) {
      throw wrong(name + " of ", "be one of " + String.join(", ", words), value);
    }
    return type.getEnumConstants()[words.indexOf(value)];
  }

  private IllegalArgumentException wrong(String subject, String rule, String value) {
    String found = value == null ? "no value" : "'" + value + "'";
    return new IllegalArgumentException(
        subject + "layer " + number + " must " + rule + ", got " + found);
  }
}
