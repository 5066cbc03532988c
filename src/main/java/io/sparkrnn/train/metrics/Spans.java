package io.sparkrnn.train.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the spans that labels such as {@code B-PER} mark, by the rules of CoNLL's {@code
 * conlleval} and of the default mode of seqeval.
 *
 * <p>{@code B-} begins a span; {@code I-} continues one of the same type, and begins one where
 * there is none; {@code E-} is its last step, {@code S-} all of one. Everything else is outside. A
 * span is right when its first and last step and its type are.
 *
 * @see <a href="https://github.com/chakki-works/seqeval">seqeval</a>
 */
final class Spans implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String PREFIXES = "BIES";
  private static final char OUTSIDE = 'O';

  private final char[] prefixes;
  private final int[] types;
  private final boolean any;
  private long actual;
  private long predicted;
  private long right;

  Spans(List<String> labels) {
    prefixes = new char[labels.size()];
    types = new int[labels.size()];
    List<String> names = new ArrayList<>();
    boolean found = false;
    for (int k = 0; k < prefixes.length; k++) {
      String label = labels.get(k);
      boolean inside =
          PREFIXES.indexOf(label.charAt(0)) >= 0 && (label.length() == 1 || label.charAt(1) == '-');
      prefixes[k] = inside ? label.charAt(0) : OUTSIDE;
      String type = inside && label.length() > 2 ? label.substring(2) : "_";
      if (!names.contains(type)) {
        names.add(type);
      }
      types[k] = names.indexOf(type);
      found |= inside && label.length() > 1;
    }
    any = found;
  }

  /** Adds a sequence of labels and what was predicted of it, as indices. Not modified. */
  void add(int[] labels, int[] predictions) {
    int[] ends = ends(labels);
    int[] predictedEnds = ends(predictions);
    for (int i = 0; i < labels.length; i++) {
      actual += ends[i] > 0 ? 1 : 0;
      predicted += predictedEnds[i] > 0 ? 1 : 0;
      boolean same = ends[i] > 0 && ends[i] == predictedEnds[i];
      right += same && types[labels[i]] == types[predictions[i]] ? 1 : 0;
    }
  }

  /** Returns for each step where the span that begins at it ends, one step later; 0 for none. */
  private int[] ends(int[] labels) {
    int[] ends = new int[labels.length];
    int begin = -1;
    for (int i = 0; i < labels.length; i++) {
      char prefix = prefixes[labels[i]];
      boolean goesOn =
          begin >= 0
              && (prefix == 'I' || prefix == 'E')
              && types[labels[i]] == types[labels[i - 1]]
              && (prefixes[labels[i - 1]] == 'B' || prefixes[labels[i - 1]] == 'I');
      if (!goesOn) {
        begin = prefix == OUTSIDE ? -1 : i;
      }
      if (begin >= 0) {
        ends[begin] = i + 1;
      }
    }
    return ends;
  }

  void merge(Spans other) {
    actual += other.actual;
    predicted += other.predicted;
    right += other.right;
  }

  /** Returns the F1 of all spans together; NaN when labels mark none. */
  double f1() {
    if (!any) {
      return Double.NaN;
    }
    return right == 0 ? 0 : 2.0 * right / (actual + predicted);
  }
}
