package io.sparkrnn.io.features;

import io.sparkrnn.nn.CtcHead;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels that a model transcribes to, each with an output of its own from 1 on; output {@link
 * CtcHead#BLANK} is none of them.
 *
 * <p>Immutable. A class and not a record, because Spark's Kryo serializer cannot write records.
 */
public final class Alphabet implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LabelUnit unit;
  private final ArrayList<String> labels;
  private final HashMap<String, Integer> outputs = new HashMap<>();

  /**
   * Creates an alphabet.
   *
   * @param unit what labels are
   * @param labels in the order of their outputs, each once
   */
  public Alphabet(LabelUnit unit, List<String> labels) {
    this.unit = unit;
    this.labels = new ArrayList<>(labels);
    for (String label : labels) {
      if (outputs.put(label, CtcHead.BLANK + 1 + outputs.size()) != null) {
        throw new IllegalArgumentException("labels must differ, got '" + label + "' twice");
      }
    }
  }

  /** Returns what labels are. */
  public LabelUnit unit() {
    return unit;
  }

  /** Returns the labels in the order of their outputs. */
  public List<String> labels() {
    return List.copyOf(labels);
  }

  /** Returns the output of a label, or {@link CtcHead#BLANK} if it is none. */
  public int output(String label) {
    Map<String, Integer> known = outputs;
    return known.getOrDefault(label, CtcHead.BLANK);
  }

  /** Returns the labels of outputs. */
  public List<String> labels(int[] outputs) {
    List<String> found = new ArrayList<>(outputs.length);
    for (int output : outputs) {
      found.add(labels.get(output - CtcHead.BLANK - 1));
    }
    return found;
  }
}
