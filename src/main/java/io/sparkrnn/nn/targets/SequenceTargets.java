package io.sparkrnn.nn.targets;

import java.util.Objects;

/** One value for each sequence. */
public final class SequenceTargets extends Targets {
  private static final long serialVersionUID = 1L;

  private final float[] values;

  /**
   * Wraps values.
   *
   * @param values one per row. Not copied, not modified.
   */
  public SequenceTargets(float[] values) {
    this.values = Objects.requireNonNull(values, "labels");
  }

  @Override
  public TargetKind kind() {
    return TargetKind.SEQUENCE;
  }

  @Override
  public int rows() {
    return values.length;
  }

  @Override
  public int start(int row) {
    return row;
  }

  @Override
  public float[] values() {
    return values;
  }

  @Override
  public void check(int[] offsets) {
    if (values.length != offsets.length - 1) {
      throw new IllegalArgumentException(
          "labels must have " + (offsets.length - 1) + " rows, got " + values.length);
    }
  }

  @Override
  public int compareRows(int row, Targets other, int otherRow) {
    return Float.compare(values[row], other.values()[otherRow]);
  }

  @Override
  void addTo(TargetsBuilder builder, int row) {
    builder.add(values[row]);
  }

  @Override
  void gather(PackedOrder batch, BatchTargets to) {
    to.resize(batch.size());
    for (int b = 0; b < batch.size(); b++) {
      int row = batch.row(b);
      to.set(b, values[row], to.rowWeight(row));
    }
  }
}
