package io.sparkrnn.spark.input;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Tables of random cells, and how they are written. */
final class RandomTable {
  /** What cells are made of, beside separators and line ends; many are quotes. */
  static final String LETTERS = "ab c\"\"\"\\'#;{}[]=\u00e9\u6f22\ud83d\ude00\u2028\u00a0";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A line of a table. */
  record Line(String text, String other, long number, double ratio) {}

  private RandomTable() {}

  /** One to thirty lines with cells of these letters; some of the other cells are empty or null. */
  static List<Line> lines(Random random, String letters) {
    List<Line> lines = new ArrayList<>();
    int count = 1 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(5);
      String other = kind == 0 ? null : kind == 1 ? "" : cell(random, letters);
      long number = random.nextLong() >> random.nextInt(64);
      lines.add(new Line(cell(random, letters), other, number, random.nextGaussian()));
    }
    return lines;
  }

  private static String cell(Random random, String letters) {
    int[] points = letters.codePoints().toArray();
    StringBuilder cell = new StringBuilder();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      cell.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return cell.toString();
  }

  /** As RFC 4180 says, with more quotes than are needed. */
  static Function<List<Line>, String> rfc(Random random, char separator) {
    return delimited(random, separator, cell -> quoted(random, separator, cell));
  }

  private static String quoted(Random random, char separator, String cell) {
    if (cell == null) {
      return "";
    }
    boolean needed =
        cell.isEmpty() || cell.chars().anyMatch(c -> c == separator || "\"\r\n".indexOf(c) >= 0);
    return needed || random.nextBoolean() ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
  }

  /**
   * Cells as they are, with tabs between them; an empty one is null, and none stands in quotes, for
   * those could as well be around it.
   */
  static Function<List<Line>, String> plain(Random random) {
    Function<List<Line>, String> form = delimited(random, '\t', cell -> cell == null ? "" : cell);
    return lines -> {
      lines.replaceAll(
          line -> new Line(bare(line.text()), bare(line.other()), line.number(), line.ratio()));
      lines.add(new Line("\"open", "x", 1, 1));
      return form.apply(lines);
    };
  }

  private static String bare(String cell) {
    if (cell == null || cell.isEmpty()) {
      return null;
    }
    return cell.startsWith("\"") && cell.endsWith("\"") ? "a" + cell : cell;
  }

  private static Function<List<Line>, String> delimited(
      Random random, char separator, Function<String, String> form) {
    return lines -> {
      String end = random.nextBoolean() ? "\n" : "\r\n";
      StringBuilder text = new StringBuilder();
      text.append(String.join(String.valueOf(separator), "number", "text", "other", "ratio"));
      for (Line line : lines) {
        text.append(end).append(line.number());
        text.append(separator).append(form.apply(line.text()));
        text.append(separator).append(form.apply(line.other()));
        text.append(separator).append(line.ratio());
      }
      return text.append(random.nextBoolean() ? end : "").toString();
    };
  }

  /** One object a line, several, or all in one array. */
  static Function<List<Line>, String> json(Random random) {
    return lines -> {
      boolean array = random.nextInt(4) == 0;
      String[] ends = array ? new String[] {",", ",\n"} : new String[] {"\n", "\r\n", " ", "\n\n"};
      StringBuilder text = new StringBuilder(array ? "[" : "");
      for (int i = 0; i < lines.size(); i++) {
        text.append(i > 0 ? ends[random.nextInt(ends.length)] : "").append(object(lines.get(i)));
      }
      return text.append(array ? "]" : "\n").toString();
    };
  }

  private static String object(Line line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("number", line.number());
    fields.put("text", line.text());
    fields.put("other", line.other());
    fields.put("ratio", line.ratio());
    try {
      return JSON.writeValueAsString(fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
