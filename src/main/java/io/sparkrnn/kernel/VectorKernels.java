package io.sparkrnn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The Vector API implementation; loaded by name, since the incubating module may be absent. */
final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> S = VectorGemm.S;
  private static final int L = S.length();

  private final PortableKernels rest = new PortableKernels();

  VectorKernels() {
    VectorProfile.warmUp();
  }

  @Override
  public String name() {
    return "vector (" + L + " lanes)";
  }

  @Override
  public int panelWidth() {
    return VectorGemm.W;
  }

  @Override
  public void multiply(
      int m,
      float[] a,
      int aOffset,
      int lda,
      PackedMatrix b,
      Addend addend,
      float[] c,
      int cOffset,
      int ldc,
      Scratch scratch) {
    VectorGemm.multiply(m, a, aOffset, lda, b, addend, c, cOffset, ldc, scratch);
  }

  @Override
  public void addTransposedProduct(
      int rows,
      int k,
      int n,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc,
      Scratch scratch) {
    VectorTransposedGemm.add(
        rows, k, n, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc, scratch);
  }

  @Override
  public void scatterAdd(
      int rows,
      int width,
      float[] source,
      int sourceOffset,
      int[] index,
      int indexOffset,
      float[] target) {
    for (int r = 0; r < rows; r++) {
      add(width, source, sourceOffset + r * width, target, index[indexOffset + r] * width);
    }
  }

  @Override
  public void addColumnSums(
      int rows, int width, float[] source, int sourceOffset, float[] target, int targetOffset) {
    for (int r = 0; r < rows; r++) {
      add(width, source, sourceOffset + r * width, target, targetOffset);
    }
  }

  @Override
  public void add(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector.fromArray(S, y, yOffset + i)
          .add(FloatVector.fromArray(S, x, xOffset + i))
          .intoArray(y, yOffset + i);
    }
    rest.add(n - i, x, xOffset + i, y, yOffset + i);
  }

  @Override
  public void multiplyElements(
      int n, float[] x, int xOffset, float[] z, int zOffset, float[] y, int yOffset) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector.fromArray(S, x, xOffset + i)
          .mul(FloatVector.fromArray(S, z, zOffset + i))
          .intoArray(y, yOffset + i);
    }
    rest.multiplyElements(n - i, x, xOffset + i, z, zOffset + i, y, yOffset + i);
  }

  @Override
  public void takeMax(
      int n,
      float[] x,
      int xOffset,
      int step,
      float[] y,
      int yOffset,
      float[] place,
      int placeOffset) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector value = FloatVector.fromArray(S, x, xOffset + i);
      FloatVector most = FloatVector.fromArray(S, y, yOffset + i);
      FloatVector at = FloatVector.fromArray(S, place, placeOffset + i);
      VectorMask<Float> larger =
          value.compare(VectorOperators.GT, most).or(value.compare(VectorOperators.NE, value));
      most.blend(value, larger).intoArray(y, yOffset + i);
      at.blend(FloatVector.broadcast(S, (float) step), larger).intoArray(place, placeOffset + i);
    }
    rest.takeMax(n - i, x, xOffset + i, step, y, yOffset + i, place, placeOffset + i);
  }

  @Override
  public void rmsProp(
      int n, int offset, float decay, RmsPropStep step, float[] g, float[] v, float[] p) {
    int i = offset;
    for (; i <= offset + n - L; i += L) {
      FloatVector gradient = FloatVector.fromArray(S, g, i);
      FloatVector second =
          gradient
              .mul(step.rest())
              .fma(gradient, FloatVector.fromArray(S, v, i).mul(decay).mul(step.rho()));
      second.intoArray(v, i);
      FloatVector move = gradient.mul(step.rate()).div(second.add(step.epsilon()).sqrt());
      FloatVector.fromArray(S, p, i).sub(move).intoArray(p, i);
    }
    rest.rmsProp(offset + n - i, i, decay, step, g, v, p);
  }

  @Override
  public void exp(int n, float[] x, int offset, float largest) {
    int i = 0;
    for (; i <= n - L; i += L) {
      FloatVector value = FloatVector.fromArray(S, x, offset + i).sub(largest);
      VectorActivations.exp(value).intoArray(x, offset + i);
    }
    rest.exp(n - i, x, offset + i, largest);
  }

  @Override
  public void tanh(int n, float[] x, int offset) {
    int i = VectorActivations.tanhInPairs(n, x, offset);
    i += VectorActivations.clamped(n - i, x, offset + i);
    rest.tanh(n - i, x, offset + i);
  }

  @Override
  public void sigmoid(int n, float[] x, int offset) {
    int i = 0;
    for (; i <= n - L; i += L) {
      VectorActivations.sigmoid(FloatVector.fromArray(S, x, offset + i)).intoArray(x, offset + i);
    }
    rest.sigmoid(n - i, x, offset + i);
  }

  @Override
  public void lstmForward(
      int rows,
      int units,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] cell,
      int cellOffset,
      float[] cellTanh,
      int cellTanhOffset,
      float[] output,
      int outputOffset) {
    tanh(rows * 4 * units, gates, gatesOffset);
    boolean kept = cellTanh != null;
    VectorCells.lstmState(
        rows,
        units,
        gates,
        gatesOffset,
        before,
        beforeOffset,
        cell,
        cellOffset,
        kept ? cellTanh : output,
        kept ? cellTanhOffset : outputOffset,
        output,
        outputOffset);
  }

  @Override
  public void lstmBackward(
      int rows,
      int units,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] cellTanh,
      int cellTanhOffset,
      float[] dOutput,
      int dOutputOffset,
      float[] dCell,
      int dCellOffset,
      float[] dGates,
      int dGatesOffset) {
    VectorCells.lstmBackward(
        rows,
        units,
        gates,
        gatesOffset,
        before,
        beforeOffset,
        cellTanh,
        cellTanhOffset,
        dOutput,
        dOutputOffset,
        dCell,
        dCellOffset,
        dGates,
        dGatesOffset);
  }

  @Override
  public void tanhBackward(int n, float[] h, int hOffset, float[] d, int dOffset) {
    int i = VectorCells.tanhBackward(n, h, hOffset, d, dOffset);
    rest.tanhBackward(n - i, h, hOffset + i, d, dOffset + i);
  }

  @Override
  public void gruForward(
      int rows,
      int units,
      boolean resetAfter,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] output,
      int outputOffset) {
    VectorGruCell.sigmoid(rows, resetAfter ? 2 * units : units, gates, gatesOffset, 4 * units);
    if (resetAfter) {
      VectorGruCell.stateAfter(
          rows, units, gates, gatesOffset, before, beforeOffset, output, outputOffset);
    } else {
      VectorGruCell.state(
          rows, units, gates, gatesOffset, before, beforeOffset, output, outputOffset);
    }
  }

  @Override
  public void gruReset(
      int rows, int units, float[] gates, int gatesOffset, float[] before, int beforeOffset) {
    VectorGruCell.sigmoid(rows, units, gates, gatesOffset + units, 4 * units);
    for (int r = 0; r < rows; r++) {
      int g = gatesOffset + r * 4 * units;
      multiplyElements(
          units, gates, g + units, before, beforeOffset + r * units, gates, g + 3 * units);
    }
  }

  @Override
  public void gruBackward(
      int rows,
      int units,
      boolean resetAfter,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] dOutput,
      int dOutputOffset,
      float[] dGates,
      int dGatesOffset) {
    VectorGruCell.backward(
        rows,
        units,
        gates,
        gatesOffset,
        before,
        beforeOffset,
        dOutput,
        dOutputOffset,
        dGates,
        dGatesOffset);
    if (resetAfter) {
      VectorGruCell.reset(rows, units, gates, gatesOffset, dGates, dGatesOffset);
    }
  }

  @Override
  public void gruResetBackward(
      int rows,
      int units,
      float[] gates,
      int gatesOffset,
      float[] before,
      int beforeOffset,
      float[] dReset,
      int dResetOffset,
      float[] dGates,
      int dGatesOffset) {
    rest.gruResetBackward(
        rows,
        units,
        gates,
        gatesOffset,
        before,
        beforeOffset,
        dReset,
        dResetOffset,
        dGates,
        dGatesOffset);
  }
}
