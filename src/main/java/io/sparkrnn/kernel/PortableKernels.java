package io.sparkrnn.kernel;

import java.util.Arrays;

/**
 * Plain loops of {@link Math#fma} in the order of the vector kernels; the compiler may vectorize
 * them, the bits stay.
 */
final class PortableKernels implements Kernels {
  private static final int PANEL = 64;

  @Override
  public String name() {
    return "portable";
  }

  @Override
  public int panelWidth() {
    return PANEL;
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
    int k = b.rows();
    int n = b.columns();
    float[] data = b.data();
    for (int r = 0; r < m; r++) {
      int row = cOffset + r * ldc;
      begin(n, addend, r, c, row);
      for (int j = 0; j < n; j += PANEL) {
        int width = Math.min(PANEL, n - j);
        for (int p = 0; p < k; p++) {
          addScaled(width, a[aOffset + r * lda + p], data, j * k + p * PANEL, c, row + j);
        }
      }
    }
  }

  private static void begin(int n, Addend addend, int r, float[] c, int row) {
    if (addend.isTarget()) {
      return;
    }
    if (addend.table() == null) {
      Arrays.fill(c, row, row + n, 0f);
    } else {
      int from = addend.index()[addend.indexOffset() + r] * addend.width() + addend.column();
      System.arraycopy(addend.table(), from, c, row, n);
    }
  }

  private static void addScaled(int n, float x, float[] b, int bi, float[] c, int ci) {
    for (int j = 0; j < n; j++) {
      c[ci + j] = Math.fma(x, b[bi + j], c[ci + j]);
    }
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
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < k; i++) {
        addScaled(n, a[aOffset + r * lda + i], b, bOffset + r * ldb, c, cOffset + i * ldc);
      }
    }
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
    for (int i = 0; i < n; i++) {
      y[yOffset + i] += x[xOffset + i];
    }
  }

  @Override
  public void multiplyElements(
      int n, float[] x, int xOffset, float[] z, int zOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = x[xOffset + i] * z[zOffset + i];
    }
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
    for (int i = 0; i < n; i++) {
      float value = x[xOffset + i];
      if (value > y[yOffset + i] || value != value) {
        y[yOffset + i] = value;
        place[placeOffset + i] = step;
      }
    }
  }

  @Override
  public void rmsProp(
      int n, int offset, float decay, RmsPropStep step, float[] g, float[] v, float[] p) {
    float rate = step.rate();
    float rho = step.rho();
    float rest = step.rest();
    float epsilon = step.epsilon();
    for (int i = offset; i < offset + n; i++) {
      float second = Math.fma(rest * g[i], g[i], rho * (decay * v[i]));
      v[i] = second;
      p[i] = p[i] - rate * g[i] / (float) Math.sqrt(second + epsilon);
    }
  }

  @Override
  public void exp(int n, float[] x, int offset, float largest) {
    for (int i = offset; i < offset + n; i++) {
      x[i] = Activations.exp(x[i] - largest);
    }
  }

  @Override
  public void tanh(int n, float[] x, int offset) {
    for (int i = offset; i < offset + n; i++) {
      x[i] = Activations.tanh(x[i]);
    }
  }

  @Override
  public void sigmoid(int n, float[] x, int offset) {
    for (int i = offset; i < offset + n; i++) {
      x[i] = Activations.sigmoid(x[i]);
    }
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
    for (int r = 0; r < rows; r++) {
      for (int u = 0; u < units; u++) {
        int at = r * units + u;
        PortableCells.lstmState(
            units,
            gates,
            gatesOffset + r * 4 * units + u,
            before,
            beforeOffset + at,
            cell,
            cellOffset + at,
            kept ? cellTanh : output,
            (kept ? cellTanhOffset : outputOffset) + at,
            output,
            outputOffset + at);
      }
    }
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
    for (int r = 0; r < rows; r++) {
      for (int u = 0; u < units; u++) {
        PortableCells.lstmBackward(
            units,
            gates,
            gatesOffset + r * 4 * units + u,
            before,
            beforeOffset + r * units + u,
            cellTanh,
            cellTanhOffset + r * units + u,
            dOutput,
            dOutputOffset + r * units + u,
            dCell,
            dCellOffset + r * units + u,
            dGates,
            dGatesOffset + r * 4 * units + u);
      }
    }
  }

  @Override
  public void tanhBackward(int n, float[] h, int hOffset, float[] d, int dOffset) {
    for (int i = 0; i < n; i++) {
      d[dOffset + i] = PortableCells.tanhBackward(h[hOffset + i], d[dOffset + i]);
    }
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
    for (int r = 0; r < rows; r++) {
      for (int u = 0; u < units; u++) {
        PortableCells.gruForward(
            units,
            resetAfter,
            gates,
            gatesOffset + r * 4 * units + u,
            before,
            beforeOffset + r * units + u,
            output,
            outputOffset + r * units + u);
      }
    }
  }

  @Override
  public void gruReset(
      int rows, int units, float[] gates, int gatesOffset, float[] before, int beforeOffset) {
    for (int r = 0; r < rows; r++) {
      for (int u = 0; u < units; u++) {
        int g = gatesOffset + r * 4 * units + u;
        gates[g + units] = Activations.sigmoid(gates[g + units]);
        gates[g + 3 * units] = gates[g + units] * before[beforeOffset + r * units + u];
      }
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
    for (int r = 0; r < rows; r++) {
      for (int u = 0; u < units; u++) {
        PortableCells.gruBackward(
            units,
            gates,
            gatesOffset + r * 4 * units + u,
            before,
            beforeOffset + r * units + u,
            dOutput,
            dOutputOffset + r * units + u,
            dGates,
            dGatesOffset + r * 4 * units + u);
        if (resetAfter) {
          PortableCells.gruReset(
              units,
              gates,
              gatesOffset + r * 4 * units + u,
              dGates,
              dGatesOffset + r * 4 * units + u);
        }
      }
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
    for (int r = 0; r < rows; r++) {
      for (int u = 0; u < units; u++) {
        PortableCells.gruResetBackward(
            units,
            gates,
            gatesOffset + r * 4 * units + u,
            before,
            beforeOffset + r * units + u,
            dReset,
            dResetOffset + r * units + u,
            dGates,
            dGatesOffset + r * 4 * units + u);
      }
    }
  }
}
