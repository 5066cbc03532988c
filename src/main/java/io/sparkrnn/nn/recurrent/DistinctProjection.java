package io.sparkrnn.nn.recurrent;

import io.sparkrnn.kernel.Addend;
import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.PackedBatch;

/**
 * For token ids: the rows of the distinct tokens are projected once, and a step gathers its own.
 * Backward, the gate derivatives are first summed per distinct token.
 */
final class DistinctProjection extends SeparateProjection {
  private static final int NOT_PROJECTED = -1;

  private final Rows dProjected;
  private Rows projected;
  private int projectedVersion = NOT_PROJECTED;
  private int[] reversed = new int[0];
  private Addend gathered;

  DistinctProjection(RecurrentVariables variables, RecurrentTape tape) {
    super(variables, tape);
    projected = new Rows(variables.cell().gateColumns());
    dProjected = new Rows(variables.cell().gateColumns());
  }

  /** Returns the projected rows, D x G. */
  Rows projected() {
    return projected;
  }

  /** Reads from now on what another tape has projected of a table that stays. */
  void share(DistinctProjection other) {
    projectedVersion = NOT_PROJECTED;
    if (other.tape.input().isFixed()) {
      projectedVersion = other.projectedVersion;
      projected = other.projected;
    }
  }

  @Override
  void pack(float[] parameters, boolean training) {
    super.pack(parameters, training);
    projectedVersion = NOT_PROJECTED;
  }

  @Override
  void begin(PackedBatch batch, boolean training) {
    Features input = tape.input();
    if (projectedVersion != input.version()) {
      projected.reserve(input.count());
      project(0, input.count(), input.all(), bias(input.count()), projected);
      projectedVersion = input.version();
      if (training) {
        dProjected.reserve(input.count());
        dProjected.clear(0, input.count());
      }
    }
    if (variables.goBackwards()) {
      reverse(batch);
    }
    gathered = Addend.gather(projected.data(), projected.width(), index());
  }

  /** Brings the index into the order in which this direction reads. */
  private void reverse(PackedBatch batch) {
    reversed = Scratch.grown(reversed, batch.tokens());
    for (int step = 0; step < batch.tokens(); step++) {
      reversed[step] = source(batch, step);
    }
  }

  private int[] index() {
    return variables.goBackwards() ? reversed : tape.input().index();
  }

  @Override
  Addend addend(int first) {
    return gathered.at(first);
  }

  @Override
  void addGradient(int first, int count, float[] gradient) {
    super.addGradient(first, count, gradient);
    Rows dGates = tape.dGates;
    tape.kernels.scatterAdd(
        count, dGates.width(), dGates.data(), dGates.at(first), index(), first, dProjected.data());
  }

  @Override
  void finish(float[] gradient) {
    Features input = tape.input();
    addInputGradient(0, input.count(), input.all(), dProjected, gradient);
    backwardToInput(0, input.count(), dProjected, Addend.target(), input.dAll());
  }
}
