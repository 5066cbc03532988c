package io.sparkrnn.nn.targets;

import java.util.Arrays;

/** Collects {@link Targets} row by row, all of the first one's kind. Not for several threads. */
public final class TargetsBuilder {
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 16;

  private TargetKind kind;
  private float[] values = new float[0];
  private int[] ids = new int[0];
  private int[] starts = new int[1];
  private int rows;
  private int size;

  /** Creates a builder without rows. */
  public TargetsBuilder() {}

  /**
   * Checks that the next row may have targets of a kind.
   *
   * @throws IllegalArgumentException if rows before have others
   */
  public void check(TargetKind next) {
    if (rows > 0) {
      next.checkAfter(kind);
    }
  }

  /** Adds a row with one value. */
  public void add(float value) {
    reserve(TargetKind.SEQUENCE, 1);
    values[size - 1] = value;
  }

  /** Adds a row with the values {@code source[from .. to)}, one per step, copied. Not modified. */
  public void addSteps(float[] source, int from, int to) {
    int start = reserve(TargetKind.STEP, to - from);
    System.arraycopy(source, from, values, start, to - from);
  }

  /** Adds a row with the ids {@code source[from .. to)}, copied. Not modified. */
  public void addIds(int[] source, int from, int to) {
    int start = reserve(TargetKind.IDS, to - from);
    System.arraycopy(source, from, ids, start, to - from);
  }

  /** Adds the targets of row {@code row} of {@code source}. */
  public void addRow(Targets source, int row) {
    source.addTo(this, row);
  }

  /**
   * Returns the targets of the rows added so far; the builder may be used on.
   *
   * @param offsets rows + 1 starts of the sequences. Not copied, not modified.
   */
  public Targets build(int[] offsets) {
    if (kind == TargetKind.IDS) {
      return new IdTargets(Arrays.copyOf(ids, size), Arrays.copyOf(starts, rows + 1));
    }
    float[] copy = Arrays.copyOf(values, size);
    return kind == TargetKind.STEP ? new StepTargets(copy, offsets) : new SequenceTargets(copy);
  }

  /** Makes room for a row of so many targets, and returns where they start. */
  private int reserve(TargetKind next, int count) {
    check(next);
    kind = next;
    int start = size;
    size = Math.addExact(size, count);
    rows++;
    if (kind != TargetKind.IDS) {
      values = values.length < size ? Arrays.copyOf(values, grown(size)) : values;
      return start;
    }
    ids = ids.length < size ? Arrays.copyOf(ids, grown(size)) : ids;
    starts = starts.length <= rows ? Arrays.copyOf(starts, grown(rows + 1)) : starts;
    starts[rows] = size;
    return start;
  }

  private static int grown(int needed) {
    return (int) Math.min(MAX_ARRAY, Math.max(16, 2L * needed));
  }
}
