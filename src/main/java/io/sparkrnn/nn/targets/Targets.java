package io.sparkrnn.nn.targets;

import java.io.Serializable;

/**
 * What the rows of a shard are trained on, all of one kind.
 *
 * <p>Each row has a run of targets, {@code start(row) .. start(row + 1)}: numbers in {@link
 * #values}, or ids in {@link #ids}.
 *
 * <p>Immutable by convention: the accessors hand out the arrays themselves, which callers do not
 * modify. Classes and not records, because Spark's Kryo serializer cannot write records.
 */
public abstract sealed class Targets implements Serializable
    permits SequenceTargets, StepTargets, IdTargets, WindowTargets {
  private static final long serialVersionUID = 1L;

  /** Returns the kind, which heads ask for. */
  public abstract TargetKind kind();

  /** Returns the number of rows. */
  public abstract int rows();

  /** Returns where the targets of a row start; for {@code rows()}, the number of all. */
  public abstract int start(int row);

  /** Returns the numbers of all rows, one after another; none when targets are ids. */
  public float[] values() {
    return new float[0];
  }

  /** Returns the ids of all rows, one after another; none when targets are numbers. */
  public int[] ids() {
    return new int[0];
  }

  /**
   * Checks that these are targets of sequences.
   *
   * @param offsets where each sequence starts among all steps, and the number of steps. Not
   *     modified.
   * @throws IllegalArgumentException if they are of others
   */
  public abstract void check(int[] offsets);

  /** Compares the targets of a row here with those of a row there, of the same kind. */
  public abstract int compareRows(int row, Targets other, int otherRow);

  /** Adds the targets of a row. */
  abstract void addTo(TargetsBuilder builder, int row);

  /**
   * Puts the targets of a batch's rows together.
   *
   * @param batch which rows. Not modified.
   * @param to knows their weights. Modified.
   */
  abstract void gather(PackedOrder batch, BatchTargets to);
}
