package io.sparkrnn.kernel;

/** One unit of one cell: the formulas that the vector cells repeat operation by operation. */
final class PortableCells {
  /** Below this a gradient is taken for zero: far from where its products would be subnormal. */
  static final float TINY = Float.MIN_NORMAL * 0x1p30f;

  private PortableCells() {}

  /** From the gates' tanh to c, tanh(c) and h, which may take the place of tanh(c). */
  static void lstmState(
      int units,
      float[] gates,
      int g,
      float[] before,
      int b,
      float[] cell,
      int c,
      float[] cellTanh,
      int t,
      float[] output,
      int o) {
    float fresh = half(gates[g]) * gates[g + 2 * units];
    float state = Math.fma(half(gates[g + units]), before[b], fresh);
    float squashed = Activations.tanh(state);
    cell[c] = state;
    cellTanh[t] = squashed;
    output[o] = half(gates[g + 3 * units]) * squashed;
  }

  static void lstmBackward(
      int units,
      float[] gates,
      int g,
      float[] before,
      int b,
      float[] cellTanh,
      int t,
      float[] dOutput,
      int o,
      float[] dCell,
      int c,
      float[] dGates,
      int d) {
    float in = half(gates[g]);
    float forget = half(gates[g + units]);
    float candidate = gates[g + 2 * units];
    float out = half(gates[g + 3 * units]);
    float squashed = cellTanh[t];
    float dh = flush(dOutput[o]);
    float dState = flush(Math.fma(dh * out, Math.fma(-squashed, squashed, 1f), dCell[c]));
    dGates[d] = dState * candidate * Math.fma(-in, in, in);
    dGates[d + units] = dState * before[b] * Math.fma(-forget, forget, forget);
    dGates[d + 2 * units] = dState * in * Math.fma(-candidate, candidate, 1f);
    dGates[d + 3 * units] = dh * squashed * Math.fma(-out, out, out);
    dCell[c] = dState * forget;
  }

  static void gruForward(
      int units,
      boolean resetAfter,
      float[] gates,
      int g,
      float[] before,
      int b,
      float[] output,
      int o) {
    float update = Activations.sigmoid(gates[g]);
    float candidate = gates[g + 2 * units];
    if (resetAfter) {
      float reset = Activations.sigmoid(gates[g + units]);
      candidate = Math.fma(reset, gates[g + 3 * units], candidate);
      gates[g + units] = reset;
    }
    candidate = Activations.tanh(candidate);
    gates[g] = update;
    gates[g + 2 * units] = candidate;
    output[o] = Math.fma(update, before[b] - candidate, candidate);
  }

  static void gruBackward(
      int units,
      float[] gates,
      int g,
      float[] before,
      int b,
      float[] dOutput,
      int o,
      float[] dGates,
      int d) {
    float update = gates[g];
    float candidate = gates[g + 2 * units];
    float dh = flush(dOutput[o]);
    float dCandidate = Math.fma(-dh, update, dh) * Math.fma(-candidate, candidate, 1f);
    dGates[d] = dh * (before[b] - candidate) * Math.fma(-update, update, update);
    dGates[d + 2 * units] = dCandidate;
    dOutput[o] = dh * update;
  }

  /** Through the product of reset gate and recurrent candidate, when resetting after it. */
  static void gruReset(int units, float[] gates, int g, float[] dGates, int d) {
    float reset = gates[g + units];
    float dCandidate = dGates[d + 2 * units];
    dGates[d + units] = dCandidate * gates[g + 3 * units] * Math.fma(-reset, reset, reset);
    dGates[d + 3 * units] = dCandidate * reset;
  }

  static void gruResetBackward(
      int units,
      float[] gates,
      int g,
      float[] before,
      int b,
      float[] dReset,
      int r,
      float[] dGates,
      int d) {
    float reset = gates[g + units];
    dGates[d + units] = dReset[r] * before[b] * Math.fma(-reset, reset, reset);
    dReset[r] *= reset;
  }

  /** (1 + y) / 2: sigmoid(x) from y = tanh(x / 2). */
  static float half(float y) {
    return Math.fma(0.5f, y, 0.5f);
  }

  static float tanhBackward(float h, float d) {
    return flush(d) * Math.fma(-h, h, 1f);
  }

  /**
   * Gives zero for what is too small to matter. A gradient that vanishes over hundreds of steps
   * would otherwise become subnormal, and arithmetic on subnormals takes a hundred cycles and more.
   */
  static float flush(float value) {
    return Math.abs(value) < TINY ? 0f : value;
  }
}
