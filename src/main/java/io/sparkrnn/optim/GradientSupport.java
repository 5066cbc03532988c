package io.sparkrnn.optim;

import io.sparkrnn.kernel.Require;
import java.util.Arrays;
import java.util.List;

/**
 * Where a gradient can be other than zero, and so the only entries that clipping and optimizer have
 * to look at: ranges, grouped by variable.
 *
 * <p>Every variable is one range, but one of them may be a table of rows of which a batch touches a
 * few: then each touched row is a range. With V rows of width I a step costs by the rows touched
 * and not by V I. Variables of a frozen {@link ParameterGroup} have no range, those of another one
 * its rate.
 *
 * <p>Mutable and owned by one thread; {@link #setRows} is called once per step and does not
 * allocate once it has seen its largest batch.
 */
public final class GradientSupport {
  private static final int NO_TABLE = -1;

  private final int table;
  private final int tableStart;
  private final int width;
  private final int tableRows;
  private final int fixed;
  private final double tableRateFactor;

  /** First range of each variable but the table, whose ranges are the last. */
  private final int[] firsts;

  private int[] starts;
  private int[] ends;
  private float[] decays;
  private final double[] rateFactors;
  private int count;
  private int[] rows = new int[0];
  private int rowCount;

  private GradientSupport(int[] boundaries, int table, int width, List<ParameterGroup> groups) {
    int variables = Math.max(0, boundaries.length - 1);
    boolean listsRows = table != NO_TABLE && !group(boundaries, table, groups).frozen();
    this.table = listsRows ? table : NO_TABLE;
    this.tableStart = listsRows ? boundaries[table] : 0;
    this.width = width;
    this.tableRows = listsRows ? (boundaries[table + 1] - tableStart) / width : 0;
    firsts = new int[variables + 1];
    starts = new int[variables];
    ends = new int[variables];
    decays = new float[variables];
    rateFactors = new double[variables];
    Arrays.fill(decays, 1f);
    for (int variable = 0; variable < variables; variable++) {
      firsts[variable] = count;
      ParameterGroup group = group(boundaries, variable, groups);
      if (variable != this.table && !group.frozen()) {
        starts[count] = boundaries[variable];
        ends[count] = boundaries[variable + 1];
        rateFactors[count++] = group.rateFactor();
      }
    }
    firsts[variables] = count;
    fixed = count;
    tableRateFactor = listsRows ? group(boundaries, table, groups).rateFactor() : 1;
  }

  /** Returns the group of a variable; where there is none, one at the rate of the step. */
  private static ParameterGroup group(int[] boundaries, int variable, List<ParameterGroup> groups) {
    int start = boundaries[variable];
    int end = boundaries[variable + 1];
    ParameterGroup found = null;
    for (ParameterGroup group : groups) {
      boolean holds = group.holds(start, end);
      if (group.cuts(start, end) || holds && found != null) {
        throw new IllegalArgumentException(
            "groups must hold whole variables, and each at most once, got %s for the variable of parameters %d to %d"
                .formatted(groups, start, end));
      }
      found = holds ? group : found;
    }
    return found == null ? ParameterGroup.scaled(start, end, 1) : found;
  }

  /** Returns the support of a gradient that can be other than zero anywhere. */
  public static GradientSupport all(int size) {
    return dense(new int[] {0, size}, List.of());
  }

  /**
   * Returns the support of a gradient that can be other than zero anywhere but in frozen groups.
   *
   * @param boundaries start offset of each variable, then the end of the last. Not modified.
   * @param groups variables with a rate of their own. Not modified.
   * @throws IllegalArgumentException if a group holds a part of a variable, or two hold the same
   */
  public static GradientSupport dense(int[] boundaries, List<ParameterGroup> groups) {
    return new GradientSupport(boundaries, NO_TABLE, 0, groups);
  }

  /**
   * Returns the support of a gradient that is zero in most rows of a table; {@link #setRows} says
   * which it is not, none at first.
   *
   * @param boundaries start offset of each variable, then the end of the last. Not modified.
   * @param groups variables with a rate of their own. Not modified.
   * @param table which variable is the table
   * @param width number of columns of the table, more than 0
   * @throws IllegalArgumentException if a group holds a part of a variable, or two hold the same
   */
  public static GradientSupport rows(
      int[] boundaries, List<ParameterGroup> groups, int table, int width) {
    Require.positive("width", width);
    return new GradientSupport(boundaries, table, width, groups);
  }

  /**
   * Says which rows of the table the gradient of this step touches; without a table, nothing.
   *
   * @param touched distinct row numbers. Not modified, and kept until the next call.
   * @param touchedCount how many of them count
   */
  public void setRows(int[] touched, int touchedCount) {
    if (!listsRows()) {
      return;
    }
    grow(fixed + touchedCount);
    count = fixed;
    for (int i = 0; i < touchedCount; i++) {
      starts[count] = tableStart + touched[i] * width;
      ends[count] = starts[count] + width;
      count++;
    }
    rows = touched;
    rowCount = touchedCount;
  }

  private void grow(int size) {
    if (starts.length < size) {
      starts = Arrays.copyOf(starts, size + size / 4);
      ends = Arrays.copyOf(ends, starts.length);
      int known = decays.length;
      decays = Arrays.copyOf(decays, starts.length);
      Arrays.fill(decays, known, decays.length, 1f);
    }
  }

  /** Returns how many entries the ranges have together: what a step costs. */
  public long entries() {
    long entries = 0;
    for (int range = 0; range < count; range++) {
      entries += ends[range] - starts[range];
    }
    return entries;
  }

  /** Returns whether there is a table whose rows are listed. */
  boolean listsRows() {
    return table != NO_TABLE;
  }

  int variables() {
    return firsts.length - 1;
  }

  /** Returns the first range of a variable. */
  int first(int variable) {
    return variable == table ? fixed : firsts[variable];
  }

  /** Returns the end of the ranges of a variable, exclusive. */
  int last(int variable) {
    return variable == table ? count : firsts[variable + 1];
  }

  /** Returns the number of ranges; those of the table are the last. */
  int count() {
    return count;
  }

  int start(int range) {
    return starts[range];
  }

  int end(int range) {
    return ends[range];
  }

  /** Returns the learning rate of a range in a step at {@code learningRate}. */
  double rate(int range, double learningRate) {
    return learningRate * (range < fixed ? rateFactors[range] : tableRateFactor);
  }

  /** Returns the end of the ranges from one on that have its rate. */
  int rateEnd(int range) {
    int end = range + 1;
    while (end < fixed && rateFactors[end] == rateFactors[range]) {
      end++;
    }
    return range < fixed ? end : count;
  }

  /** Returns what a range's second moments have missed since its last step, 1 for nothing. */
  float decay(int range) {
    return decays[range];
  }

  /** Sets what the second moments of touched row {@code i} have missed. */
  void setDecay(int i, float decay) {
    decays[fixed + i] = decay;
  }

  /** Returns V, the number of rows of the table, 0 without one. */
  int tableRows() {
    return tableRows;
  }

  int tableStart() {
    return tableStart;
  }

  int width() {
    return width;
  }

  int rowCount() {
    return rowCount;
  }

  int row(int i) {
    return rows[i];
  }
}
