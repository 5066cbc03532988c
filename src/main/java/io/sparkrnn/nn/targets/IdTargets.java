package io.sparkrnn.nn.targets;

import java.util.Arrays;
import java.util.Objects;

/** A sequence of ids for each sequence, of a length of its own. */
public final class IdTargets extends Targets {
  private static final long serialVersionUID = 1L;

  private final int[] ids;
  private final int[] offsets;

  /**
   * Wraps ids.
   *
   * @param ids those of all rows, one row after another. Not copied, not modified.
   * @param offsets rows + 1 starts, ascending from 0 to {@code ids.length}. Not copied, not
   *     modified.
   * @throws IllegalArgumentException if the arrays do not fit each other
   */
  public IdTargets(int[] ids, int[] offsets) {
    this.ids = Objects.requireNonNull(ids, "ids");
    this.offsets = Objects.requireNonNull(offsets, "offsets");
    int end = offsets[offsets.length - 1];
    if (offsets[0] != 0 || end != ids.length) {
      throw new IllegalArgumentException(
          "offsets of targets must run from 0 to %d, got %d to %d"
              .formatted(ids.length, offsets[0], end));
    }
  }

  @Override
  public TargetKind kind() {
    return TargetKind.IDS;
  }

  @Override
  public int rows() {
    return offsets.length - 1;
  }

  @Override
  public int start(int row) {
    return offsets[row];
  }

  @Override
  public int[] ids() {
    return ids;
  }

  @Override
  public void check(int[] sequences) {
    if (offsets.length != sequences.length) {
      throw new IllegalArgumentException(
          "targets must have " + (sequences.length - 1) + " rows, got " + rows());
    }
  }

  @Override
  public int compareRows(int row, Targets other, int otherRow) {
    return Arrays.compare(
        ids,
        offsets[row],
        offsets[row + 1],
        other.ids(),
        other.start(otherRow),
        other.start(otherRow + 1));
  }

  @Override
  void addTo(TargetsBuilder builder, int row) {
    builder.addIds(ids, offsets[row], offsets[row + 1]);
  }

  @Override
  void gather(PackedOrder batch, BatchTargets to) {
    to.resize(batch.size());
    for (int b = 0; b < batch.size(); b++) {
      int row = batch.row(b);
      to.setIds(b, ids, offsets[row], offsets[row + 1], to.rowWeight(row));
    }
  }
}
