package io.sparkrnn.spark.rows;

import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/**
 * What a row is trained on, on its way from its cell into a shard: a number, or an index for each
 * step. Reusable; not for several threads.
 */
public final class RowLabel {
  private static final int SHOWN_CHARACTERS = 40;

  private final LabelRule rule;
  private float value;
  private float[] steps;

  /** Creates a reader of the labels that a rule finds good. */
  public RowLabel(LabelRule rule) {
    this.rule = rule;
  }

  /**
   * Reads the label of the row that a reader of features has read.
   *
   * @param cell a double, or names, of which each step has one: an array, or a text in which blanks
   *     separate them
   * @return why the row is refused, or null when it is not
   */
  String read(Object cell, CellReader features) {
    if (!rule.areOfSteps()) {
      String refusal = rule.refusal(cell);
      value = refusal == null ? (float) (double) cell : 0;
      return refusal;
    }
    List<String> names = TokenReader.words(cell);
    if (names == null) {
      return "labels are null";
    }
    if (names.size() != features.size()) {
      return "%d labels for %d tokens".formatted(names.size(), features.size());
    }
    steps = new float[names.size()];
    for (int t = 0; t < steps.length; t++) {
      String name = names.get(t);
      Integer index = name == null ? null : rule.names().get(name);
      if (index == null) {
        return name == null ? "a label is null" : "label '%s' is unknown".formatted(shown(name));
      }
      steps[t] = index;
    }
    return null;
  }

  /**
   * Returns the different names in a column of labels, sorted; those of arrays that hold a null, or
   * that are null, are left out.
   *
   * @param labels one column, as {@link #read} takes its cells
   */
  public static List<String> names(JavaRDD<Row> labels) {
    return labels
        .flatMap(
            row -> {
              List<String> names = TokenReader.words(row.get(0));
              return (TokenReader.refusal(names) == null ? names : List.<String>of()).iterator();
            })
        .distinct()
        .collect()
        .stream()
        .sorted()
        .toList();
  }

  private static String shown(String name) {
    String line = name.replaceAll("\\p{Cntrl}", " ");
    return line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) : line;
  }

  /** Returns the key of the row with this label. */
  long key(CellReader features, float weight) {
    return steps == null ? features.key(value, weight) : features.key(steps, weight);
  }

  /** Adds the row with this label. */
  public void addTo(CellReader features, PackedShardBuilder rows, float weight) {
    if (steps == null) {
      features.addTo(rows, value, weight);
    } else {
      features.addSteps(rows, steps, weight);
    }
  }
}
