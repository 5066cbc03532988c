package io.sparkrnn.kernel;

import static io.sparkrnn.kernel.Floats.assertNear;
import static io.sparkrnn.kernel.Floats.assertSameBits;
import static io.sparkrnn.kernel.Floats.widened;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fused cells, at every number of units from 1 to 40, against double formulas and each other.
 */
class CellsTest {
  private static final int UNITS = 40;
  private static final int ROWS = 3;
  private static final double TOLERANCE = 2e-6;

  private final Kernels best = Kernels.best();
  private final Kernels portable = Kernels.portable();

  /** The arrays of one cell, each starting at 1 and with room behind that must not change. */
  private record Arrays(int units, float[] gates, float[] before, float[] c, float[] t, float[] h) {
    static Arrays random(int units) {
      SplittableRandom random = new SplittableRandom(units);
      int size = 1 + ROWS * units + 20;
      float[] gates = Floats.random(1 + ROWS * 4 * units + 20, random);
      for (int i = 0; i < gates.length; i++) {
        gates[i] *= 4;
      }
      return new Arrays(
          units,
          gates,
          Floats.random(size, random),
          Floats.random(size, random),
          Floats.random(size, random),
          Floats.random(size, random));
    }

    Arrays copy() {
      return new Arrays(units, gates.clone(), before.clone(), c.clone(), t.clone(), h.clone());
    }

    void assertSame(Arrays other, String what) {
      String place = what + ", units " + units + ", ";
      assertSameBits(gates, other.gates, place + "gates");
      assertSameBits(before, other.before, place + "before");
      assertSameBits(c, other.c, place + "c");
      assertSameBits(t, other.t, place + "tanh c");
      assertSameBits(h, other.h, place + "h");
    }

    /** Index of a gate of a unit of a row. */
    int gate(int row, int gate, int unit) {
      return 1 + (row * 4 + gate) * units + unit;
    }

    int at(int row, int unit) {
      return 1 + row * units + unit;
    }
  }

  private interface Operation {
    void run(Kernels kernels, Arrays arrays);
  }

  /** Runs both implementations, demands the same bits, and returns the result. */
  private Arrays both(Arrays arrays, Operation operation, String what) {
    Arrays plain = arrays.copy();
    Arrays fast = arrays.copy();
    operation.run(portable, plain);
    operation.run(best, fast);
    plain.assertSame(fast, what);
    return plain;
  }

  /** The step takes the sums of sigmoid gates halved. */
  private static void lstmForward(Kernels kernels, Arrays a, boolean backwardFollows) {
    halve(a);
    kernels.lstmForward(
        ROWS, a.units, a.gates, 1, a.before, 1, a.c, 1, backwardFollows ? a.t : null, 1, a.h, 1);
  }

  private static void halve(Arrays a) {
    for (int row = 0; row < ROWS; row++) {
      for (int u = 0; u < a.units; u++) {
        for (int gate : new int[] {0, 1, 3}) {
          a.gates[a.gate(row, gate, u)] *= 0.5f;
        }
      }
    }
  }

  @Test
  void anLstmStepIsThatOfTheEquations() {
    for (int units = 1; units <= UNITS; units++) {
      Arrays in = Arrays.random(units);
      Arrays out = both(in, (kernels, a) -> lstmForward(kernels, a, true), "lstm forward");
      double[] c = widened(in.c);
      double[] h = widened(in.h);
      for (int row = 0; row < ROWS; row++) {
        for (int u = 0; u < units; u++) {
          int at = in.at(row, u);
          c[at] =
              sigmoid(in.gates[in.gate(row, 1, u)]) * in.before[at]
                  + sigmoid(in.gates[in.gate(row, 0, u)]) * Math.tanh(in.gates[in.gate(row, 2, u)]);
          h[at] = sigmoid(in.gates[in.gate(row, 3, u)]) * Math.tanh(c[at]);
        }
      }
      assertNear(c, out.c, TOLERANCE, "c, units " + units);
      assertNear(h, out.h, TOLERANCE, "h, units " + units);
    }
  }

  @Test
  void anLstmStepWithoutABackwardPassHasTheSameOutput() {
    for (int units = 1; units <= UNITS; units++) {
      Arrays in = Arrays.random(units);
      Arrays train = both(in, (kernels, a) -> lstmForward(kernels, a, true), "training");
      Arrays score = both(in, (kernels, a) -> lstmForward(kernels, a, false), "scoring");
      assertSameBits(train.h, score.h, "h, units " + units);
      assertSameBits(train.c, score.c, "c, units " + units);
    }
  }

  @Test
  void anLstmStepMayReplaceItsCellState() {
    for (int units = 1; units <= UNITS; units++) {
      Arrays in = Arrays.random(units);
      Arrays apart = both(in, (kernels, a) -> lstmForward(kernels, a, true), "apart");
      Arrays inPlace =
          both(
              in,
              (kernels, a) -> {
                halve(a);
                kernels.lstmForward(
                    ROWS, a.units, a.gates, 1, a.before, 1, a.before, 1, a.t, 1, a.h, 1);
              },
              "in place");
      assertSameBits(apart.h, inPlace.h, "h, units " + units);
      for (int i = 1; i < 1 + ROWS * units; i++) {
        assertSameBits(
            new float[] {apart.c[i]}, new float[] {inPlace.before[i]}, "c, units " + units);
      }
    }
  }

  @Test
  void anLstmStepsDerivativeIsThatOfTheEquations() {
    for (int units = 1; units <= UNITS; units++) {
      Arrays in = Arrays.random(units);
      Arrays forward = both(in, (kernels, a) -> lstmForward(kernels, a, true), "lstm forward");
      Arrays start = forward.copy();
      System.arraycopy(in.h, 0, start.h, 0, in.h.length);
      System.arraycopy(in.c, 0, start.c, 0, in.c.length);
      Arrays out =
          both(
              start,
              (kernels, a) ->
                  kernels.lstmBackward(
                      ROWS, a.units, a.gates, 1, a.before, 1, a.t, 1, a.h, 1, a.c, 1, a.gates, 1),
              "lstm backward");
      double[] d = widened(forward.gates);
      double[] dc = widened(in.c);
      for (int row = 0; row < ROWS; row++) {
        for (int u = 0; u < units; u++) {
          int at = in.at(row, u);
          double i = sigmoid(in.gates[in.gate(row, 0, u)]);
          double f = sigmoid(in.gates[in.gate(row, 1, u)]);
          double g = Math.tanh(in.gates[in.gate(row, 2, u)]);
          double o = sigmoid(in.gates[in.gate(row, 3, u)]);
          double t = Math.tanh(f * in.before[at] + i * g);
          double ds = in.c[at] + in.h[at] * o * (1 - t * t);
          d[in.gate(row, 0, u)] = ds * g * i * (1 - i);
          d[in.gate(row, 1, u)] = ds * in.before[at] * f * (1 - f);
          d[in.gate(row, 2, u)] = ds * i * (1 - g * g);
          d[in.gate(row, 3, u)] = in.h[at] * t * o * (1 - o);
          dc[at] = ds * f;
        }
      }
      assertNear(d, out.gates, TOLERANCE, "dGates, units " + units);
      assertNear(dc, out.c, TOLERANCE, "dc, units " + units);
    }
  }

  @Test
  void aSimpleStepsDerivativeIsThatOfTheEquations() {
    for (int n = 1; n <= UNITS; n++) {
      Arrays in = Arrays.random(n);
      int size = n;
      Arrays out =
          both(in, (kernels, a) -> kernels.tanhBackward(size, a.h, 1, a.c, 1), "tanh backward");
      double[] d = widened(in.c);
      for (int i = 1; i <= n; i++) {
        d[i] = in.c[i] * (1 - (double) in.h[i] * in.h[i]);
      }
      assertNear(d, out.c, TOLERANCE, "d, n " + n);
    }
  }

  private static void gruForward(Kernels kernels, Arrays a, boolean resetAfter) {
    if (!resetAfter) {
      kernels.gruReset(ROWS, a.units, a.gates, 1, a.before, 1);
    }
    kernels.gruForward(ROWS, a.units, resetAfter, a.gates, 1, a.before, 1, a.h, 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGruStepIsThatOfTheEquations(boolean resetAfter) {
    for (int units = 1; units <= UNITS; units++) {
      Arrays in = Arrays.random(units);
      Arrays out = both(in, (kernels, a) -> gruForward(kernels, a, resetAfter), "gru forward");
      double[] h = widened(in.h);
      double[] gates = widened(out.gates);
      for (int row = 0; row < ROWS; row++) {
        for (int u = 0; u < units; u++) {
          int at = in.at(row, u);
          double z = sigmoid(in.gates[in.gate(row, 0, u)]);
          double r = sigmoid(in.gates[in.gate(row, 1, u)]);
          double inner = resetAfter ? r * in.gates[in.gate(row, 3, u)] : 0;
          double n = Math.tanh(in.gates[in.gate(row, 2, u)] + inner);
          h[at] = z * in.before[at] + (1 - z) * n;
          gates[in.gate(row, 0, u)] = z;
          gates[in.gate(row, 1, u)] = r;
          gates[in.gate(row, 2, u)] = n;
          if (!resetAfter) {
            gates[in.gate(row, 3, u)] = r * in.before[at];
          }
        }
      }
      assertNear(h, out.h, TOLERANCE, "h, units " + units);
      assertNear(gates, out.gates, TOLERANCE, "gates, units " + units);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGruStepsDerivativeIsThatOfTheEquations(boolean resetAfter) {
    for (int units = 1; units <= UNITS; units++) {
      Arrays in = Arrays.random(units);
      Arrays forward = both(in, (kernels, a) -> gruForward(kernels, a, resetAfter), "forward");
      Arrays start = forward.copy();
      System.arraycopy(in.h, 0, start.h, 0, in.h.length);
      Arrays out = both(start, (kernels, a) -> gruBackward(kernels, a, resetAfter), "backward");
      double[] d = widened(forward.gates);
      double[] dh = widened(in.h);
      for (int row = 0; row < ROWS; row++) {
        for (int u = 0; u < units; u++) {
          int at = in.at(row, u);
          double z = sigmoid(in.gates[in.gate(row, 0, u)]);
          double r = sigmoid(in.gates[in.gate(row, 1, u)]);
          double product = in.gates[in.gate(row, 3, u)];
          double n = Math.tanh(in.gates[in.gate(row, 2, u)] + (resetAfter ? r * product : 0));
          double before = in.before[at];
          double dn = in.h[at] * (1 - z) * (1 - n * n);
          double dReset = resetAfter ? dn * product : in.t[at] * before;
          d[in.gate(row, 0, u)] = in.h[at] * (before - n) * z * (1 - z);
          d[in.gate(row, 1, u)] = dReset * r * (1 - r);
          d[in.gate(row, 2, u)] = dn;
          if (resetAfter) {
            d[in.gate(row, 3, u)] = dn * r;
          }
          dh[at] = in.h[at] * z + (resetAfter ? 0 : in.t[at] * r);
        }
      }
      assertNear(d, out.gates, 2 * TOLERANCE, "dGates, units " + units);
      assertNear(dh, out.h, TOLERANCE, "dh, units " + units);
    }
  }

  /** For the variant that resets first, t stands for the derivative by r * h(t-1). */
  private static void gruBackward(Kernels kernels, Arrays a, boolean resetAfter) {
    kernels.gruBackward(ROWS, a.units, resetAfter, a.gates, 1, a.before, 1, a.h, 1, a.gates, 1);
    if (!resetAfter) {
      kernels.gruResetBackward(ROWS, a.units, a.gates, 1, a.before, 1, a.t, 1, a.gates, 1);
      kernels.add(ROWS * a.units, a.t, 1, a.h, 1);
    }
  }

  @Test
  void saturatedAndUnknownValuesGiveTheSameBits() {
    float[] hard = {
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      100f,
      -100f,
      7.9f,
      -7.9f,
      1e-40f,
      -1e-40f,
      1e-30f,
      Float.MAX_VALUE,
      0f,
      -0f
    };
    SplittableRandom random = new SplittableRandom(5);
    for (int units = 1; units <= UNITS; units++) {
      Arrays in = Arrays.random(units);
      for (float[] array : new float[][] {in.gates, in.before, in.c, in.t, in.h}) {
        for (int i = 0; i < array.length; i++) {
          array[i] = random.nextInt(3) == 0 ? hard[random.nextInt(hard.length)] : array[i];
        }
      }
      both(in, (kernels, a) -> lstmForward(kernels, a, true), "lstm forward");
      both(
          in,
          (kernels, a) ->
              kernels.lstmBackward(
                  ROWS, a.units, a.gates, 1, a.before, 1, a.t, 1, a.h, 1, a.c, 1, a.gates, 1),
          "lstm backward");
      for (boolean resetAfter : new boolean[] {true, false}) {
        both(in, (kernels, a) -> gruForward(kernels, a, resetAfter), "gru forward");
        both(in, (kernels, a) -> gruBackward(kernels, a, resetAfter), "gru backward");
      }
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
