package io.sparkrnn.nn.targets;

import java.util.Arrays;
import java.util.Objects;

/** One value for each step of each sequence. */
public final class StepTargets extends Targets {
  private static final long serialVersionUID = 1L;

  private final float[] values;
  private final int[] offsets;

  /**
   * Wraps values.
   *
   * @param values one per step of all rows, one row after another. Not copied, not modified.
   * @param offsets rows + 1 starts, those of the sequences. Not copied, not modified.
   * @throws IllegalArgumentException if the number of values is not that of the steps
   */
  public StepTargets(float[] values, int[] offsets) {
    this.values = Objects.requireNonNull(values, "stepLabels");
    this.offsets = Objects.requireNonNull(offsets, "offsets");
    int steps = offsets[offsets.length - 1];
    if (values.length != steps) {
      throw new IllegalArgumentException(
          "stepLabels must have " + steps + " steps, got " + values.length);
    }
  }

  @Override
  public TargetKind kind() {
    return TargetKind.STEP;
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
  public float[] values() {
    return values;
  }

  @Override
  public void check(int[] sequences) {
    if (!Arrays.equals(offsets, sequences)) {
      throw new IllegalArgumentException(
          "stepLabels must have a label for each step of every sequence, got other lengths");
    }
  }

  @Override
  public int compareRows(int row, Targets other, int otherRow) {
    return Arrays.compare(
        values,
        offsets[row],
        offsets[row + 1],
        other.values(),
        other.start(otherRow),
        other.start(otherRow + 1));
  }

  @Override
  void addTo(TargetsBuilder builder, int row) {
    builder.addSteps(values, offsets[row], offsets[row + 1]);
  }

  @Override
  void gather(PackedOrder batch, BatchTargets to) {
    to.resize(batch.tokens());
    for (int b = 0; b < batch.size(); b++) {
      int row = batch.row(b);
      int start = offsets[row];
      assert batch.length(b) == offsets[row + 1] - start : "sequence " + row + " lost steps";
      float weight = to.rowWeight(row);
      for (int t = 0; t < batch.length(b); t++) {
        to.set(batch.offset(t) + b, values[start + t], weight * to.stepWeight(start + t));
      }
    }
  }
}
