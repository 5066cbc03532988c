package io.sparkrnn.nn.head;

import io.sparkrnn.nn.CtcHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From the outputs of a {@link CtcHead} at every step to labels. A beam of 1 takes the largest
 * output of each step, merges repeats and removes blanks; a wider one follows so many beginnings of
 * labels side by side, each with the probability of all of its paths.
 *
 * <p>What a row gives depends on nothing beside it. Immutable.
 *
 * @param beam beginnings that are followed, at least 1
 * @see <a href="https://arxiv.org/abs/1408.2873">Hannun et al., 2014</a>
 */
public record CtcDecoder(int beam) {
  public CtcDecoder {
    if (beam < 1) {
      throw new IllegalArgumentException("beam must be >= 1, got " + beam);
    }
  }

  /**
   * Returns the labels of a row.
   *
   * @param outputs probabilities, those of step t from {@code (from + t) * K} on. Not modified.
   * @param from first step
   * @param steps number of steps
   * @param k number of outputs of a step, K
   */
  public int[] labels(float[] outputs, int from, int steps, int k) {
    return beam == 1 ? bestPath(outputs, from, steps, k) : beam(outputs, from, steps, k);
  }

  private static int[] bestPath(float[] outputs, int from, int steps, int k) {
    int[] labels = new int[steps];
    int count = 0;
    int before = CtcHead.BLANK;
    for (int t = from; t < from + steps; t++) {
      int best = 0;
      for (int i = 1; i < k; i++) {
        best = outputs[t * k + i] > outputs[t * k + best] ? i : best;
      }
      if (best != CtcHead.BLANK && best != before) {
        labels[count++] = best;
      }
      before = best;
    }
    return Arrays.copyOf(labels, count);
  }

  /**
   * A beginning of labels, with the logarithms of its paths that end in a blank and that do not.
   */
  private static final class Prefix {
    private final List<Integer> labels;
    private double blank = Double.NEGATIVE_INFINITY;
    private double label = Double.NEGATIVE_INFINITY;

    Prefix(List<Integer> labels) {
      this.labels = labels;
    }

    double total() {
      return CtcLattice.logSum(blank, label);
    }

    int last() {
      return labels.isEmpty() ? CtcHead.BLANK : labels.get(labels.size() - 1);
    }
  }

  private int[] beam(float[] outputs, int from, int steps, int k) {
    Prefix start = new Prefix(List.of());
    start.blank = 0;
    List<Prefix> beginnings = List.of(start);
    for (int t = from; t < from + steps; t++) {
      Map<List<Integer>, Prefix> next = new LinkedHashMap<>();
      for (Prefix prefix : beginnings) {
        extend(prefix, outputs, t * k, k, next);
      }
      beginnings =
          next.values().stream()
              .sorted(Comparator.comparingDouble(Prefix::total).reversed()) // stable: ties in order
              .limit(beam)
              .toList();
    }
    return beginnings.get(0).labels.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void extend(
      Prefix prefix, float[] outputs, int at, int k, Map<List<Integer>, Prefix> next) {
    double total = prefix.total();
    Prefix same = next.computeIfAbsent(prefix.labels, Prefix::new);
    same.blank = CtcLattice.logSum(same.blank, total + StrictMath.log(outputs[at + CtcHead.BLANK]));
    for (int i = 1; i < k; i++) {
      double log = StrictMath.log(outputs[at + i]);
      if (log == Double.NEGATIVE_INFINITY) {
        continue;
      }
      boolean repeats = i == prefix.last();
      if (repeats) {
        same.label = CtcLattice.logSum(same.label, prefix.label + log);
      }
      List<Integer> longer = new ArrayList<>(prefix.labels);
      longer.add(i);
      Prefix other = next.computeIfAbsent(longer, Prefix::new);
      other.label = CtcLattice.logSum(other.label, (repeats ? prefix.blank : total) + log);
    }
  }
}
