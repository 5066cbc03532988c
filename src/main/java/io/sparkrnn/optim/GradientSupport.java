package io.sparkrnn.optim;

import io.sparkrnn.kernel.Require;
import java.util.Arrays;

/**
 * Where a gradient can be other than zero, and so the only entries that clipping and optimizer have
 * to look at: ranges, grouped by variable.
 *
 * <p>Every variable is one range, but one of them may be a table of rows of which a batch touches a
 * few: then each touched row is a range. With V rows of width I a step costs by the rows touched
 * and not by V I.
 *
 * <p>Mutable and owned by one thread; {@link #setRows} is called once per step and does not
 * allocate once it has seen its largest batch.
 */
public final class GradientSupport {
  private final int variables;
  private final int table;
  private final int tableStart;
  private final int width;
  private final int tableRows;
  private final boolean trained;
  private final int fixed;
  private int[] starts;
  private int[] ends;
  private float[] decays;
  private int count;
  private int[] rows = new int[0];
  private int rowCount;

  private GradientSupport(int[] boundaries, int table, int width, boolean trained) {
    this.variables = Math.max(0, boundaries.length - 1);
    this.table = table;
    this.tableStart = table < 0 ? 0 : boundaries[table];
    this.width = width;
    this.tableRows = table < 0 ? 0 : (boundaries[table + 1] - tableStart) / width;
    this.trained = trained;
    fixed = table < 0 ? variables : variables - 1;
    starts = new int[fixed];
    ends = new int[fixed];
    decays = new float[fixed];
    Arrays.fill(decays, 1f);
    for (int variable = 0; variable < variables; variable++) {
      if (variable != table) {
        starts[count] = boundaries[variable];
        ends[count++] = boundaries[variable + 1];
      }
    }
  }

  /** Returns the support of a gradient that can be other than zero anywhere. */
  public static GradientSupport all(int size) {
    return dense(new int[] {0, size});
  }

  /**
   * Returns the support of a gradient that can be other than zero anywhere.
   *
   * @param boundaries start offset of each variable, then the end of the last. Not modified.
   */
  public static GradientSupport dense(int[] boundaries) {
    return new GradientSupport(boundaries, -1, 0, true);
  }

  /**
   * Returns the support of a gradient that is zero in most rows of a table; {@link #setRows} says
   * which it is not, none at first.
   *
   * @param boundaries start offset of each variable, then the end of the last. Not modified.
   * @param table which variable is the table
   * @param width number of columns of the table, more than 0
   */
  public static GradientSupport rows(int[] boundaries, int table, int width) {
    Require.positive("width", width);
    return new GradientSupport(boundaries, table, width, true);
  }

  /**
   * Returns the support of a gradient without one variable, which is not trained.
   *
   * @param boundaries start offset of each variable, then the end of the last. Not modified.
   * @param variable which variable is left out
   */
  public static GradientSupport without(int[] boundaries, int variable) {
    return new GradientSupport(boundaries, variable, 1, false);
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
    return table >= 0 && trained;
  }

  int variables() {
    return variables;
  }

  /** Returns the first range of a variable. */
  int first(int variable) {
    return variable == table ? fixed : rangeBefore(variable);
  }

  /** Returns the end of the ranges of a variable, exclusive. */
  int last(int variable) {
    return variable == table ? count : rangeBefore(variable) + 1;
  }

  private int rangeBefore(int variable) {
    return table >= 0 && variable > table ? variable - 1 : variable;
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
