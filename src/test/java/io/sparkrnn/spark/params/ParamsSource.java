package io.sparkrnn.spark.params;

import io.sparkrnn.spark.options.OptionRow;
import io.sparkrnn.spark.options.OptionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Writes the interface with the parameters of a group. */
final class ParamsSource {
  private static final int WIDTH = 100;

  private final ParamGroup group;

  ParamsSource(ParamGroup group) {
    this.group = group;
  }

  String path() {
    return "src/main/java/%s/%s.java".formatted(group.room().replace('.', '/'), type());
  }

  private String type() {
    return group.name() + "Params";
  }

  String text() {
    StringBuilder text = new StringBuilder("package %s;%n%n".formatted(group.room()));
    text.append("import static io.sparkrnn.spark.params.OptionTable.%s;\n\n".formatted(constant()));
    if (group.ofTask()) {
      text.append("import io.sparkrnn.spark.params.FluentParams;\n");
      text.append("import io.sparkrnn.spark.params.OptionTable;\n");
    }
    TreeSet<String> imports = new TreeSet<>();
    group.rows().forEach(row -> imports.add(paramClass(row.type()).replaceFirst("<.*", "")));
    imports.forEach(name -> text.append("import org.apache.spark.ml.param.%s;%n".formatted(name)));
    text.append(
        """

        // spotless:off
        /**
         * %s.
         *
         * <p>Generated from the {@link OptionTable}, which tells how to renew it.
         *
         * @param <S> the class that has the parameters
         */
        public interface %s<S extends %s<S>> extends FluentParams<S> {
        """
            .formatted(group.title(), type(), type()));
    List<String> members = group.rows().stream().map(this::members).toList();
    return text.append(String.join("\n", members)).append("}\n// spotless:on\n").toString();
  }

  private String constant() {
    return group.name().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }

  private String members(OptionRow row) {
    String param = paramClass(row.type());
    String java = javaType(row.type());
    String name = row.name();
    String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    boolean cast = !param.equals("Param<String>") && !java.endsWith("[]");
    return javadoc(row.doc())
        + "  default %s %s() { return %s.param(this, \"%s\"); }%n"
            .formatted(param, name, constant(), name)
        + "  /** Returns {@link #%s}. */%n".formatted(name)
        + "  default %s get%s() { return %sgetOrDefault(%s()); }%n"
            .formatted(java, capital, cast ? "(" + java + ") " : "", name)
        + "  /** Sets {@link #%s}. */%n".formatted(name)
        + "  default S set%s(%s value) { return with(%s(), value); }%n"
            .formatted(capital, java, name);
  }

  /** A phrase as a sentence; types in angle brackets are code, or they would be HTML. */
  private static String javadoc(String doc) {
    String sentence = doc.substring(0, 1).toUpperCase(Locale.ROOT) + doc.substring(1) + ".";
    sentence = sentence.replaceAll("\\w+<[\\w<>]+>", "{@code $0}");
    if (sentence.length() + "  /**  */".length() <= WIDTH) {
      return "  /** " + sentence + " */\n";
    }
    return "  /**\n   * " + String.join("\n   * ", wrapped(sentence)) + "\n   */\n";
  }

  private static List<String> wrapped(String sentence) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() + "   * ".length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String paramClass(OptionType type) {
    return switch (type) {
      case INTEGER -> "IntParam";
      case LONG -> "LongParam";
      case DOUBLE -> "DoubleParam";
      case BOOLEAN -> "BooleanParam";
      case NUMBERS -> "DoubleArrayParam";
      case TEXT -> "Param<String>";
    };
  }

  private static String javaType(OptionType type) {
    return switch (type) {
      case INTEGER -> "int";
      case LONG -> "long";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case NUMBERS -> "double[]";
      case TEXT -> "String";
    };
  }
}
