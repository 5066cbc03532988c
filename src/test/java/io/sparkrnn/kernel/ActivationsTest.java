package io.sparkrnn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The rational activations against StrictMath over the whole float range. */
class ActivationsTest {
  /** A prime distance of bit patterns: every exponent gets some 8,000 values of either sign. */
  private static final int STRIDE = 1021;

  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e-30f,
    1e-4f,
    0.5f,
    1f,
    -1f,
    7.8f,
    7.9f,
    -7.9f,
    Math.nextUp(7.9f),
    9f,
    15.8f,
    16f,
    -16f,
    88f,
    -104f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY
  };

  private interface Check {
    void check(float x);
  }

  private static void everywhere(Check check) {
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      if (!Float.isNaN(x)) {
        check.check(x);
      }
    }
    for (int i = -2_000_000; i <= 2_000_000; i++) {
      check.check(i * 1e-5f);
    }
    for (float x : SPECIAL) {
      check.check(x);
    }
  }

  @Test
  void tanhIsWithinFiveUlp() {
    everywhere(
        x -> {
          double exact = StrictMath.tanh(x);
          double error = Math.abs(Activations.tanh(x) - exact) / Math.ulp((float) exact);
          if (!(error <= 5)) {
            fail("tanh(%s) must be %s, got %s".formatted(x, exact, Activations.tanh(x)));
          }
        });
  }

  @Test
  void sigmoidIsWithinTwoUlpOfOne() {
    everywhere(
        x -> {
          double exact = 1 / (1 + StrictMath.exp(-x));
          if (!(Math.abs(Activations.sigmoid(x) - exact) <= 0x1p-22)) {
            fail("sigmoid(%s) must be %s, got %s".formatted(x, exact, Activations.sigmoid(x)));
          }
        });
  }

  @Test
  void expIsWithinTwoUlp() {
    everywhere(
        x -> {
          float value = -Math.abs(x);
          double exact = StrictMath.exp(Math.max(-87, value));
          double error = Math.abs(Activations.exp(value) - exact) / Math.ulp((float) exact);
          if (!(error <= 2)) {
            fail("exp(%s) must be %s, got %s".formatted(value, exact, Activations.exp(value)));
          }
        });
  }

  @Test
  void theVectorsComputeTheBitsOfExp() {
    int count = (int) ((1L << 32) / STRIDE) + SPECIAL.length;
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = -Math.abs(i < SPECIAL.length ? SPECIAL[i] : Float.intBitsToFloat(i * STRIDE));
    }
    float[] exp = x.clone();
    Kernels.best().exp(count, exp, 0, 0f);
    float[] portable = x.clone();
    Kernels.portable().exp(count, portable, 0, 0f);
    for (int i = 0; i < count; i++) {
      same(Activations.exp(x[i]), exp[i], "exp", x[i]);
      same(exp[i], portable[i], "exp", x[i]);
    }
  }

  @Test
  void tanhIsOddAndStaysInsideMinusOneToOne() {
    everywhere(
        x -> {
          float y = Activations.tanh(x);
          assertTrue(Math.abs(y) <= 1, () -> "tanh(" + x + ") = " + y);
          assertTrue(y == -Activations.tanh(-x), () -> "tanh(" + x + ") = " + y);
        });
  }

  @Test
  void sigmoidStaysInsideZeroToOne() {
    everywhere(
        x -> {
          float y = Activations.sigmoid(x);
          assertTrue(y >= 0 && y <= 1, () -> "sigmoid(" + x + ") = " + y);
        });
  }

  @Test
  void notANumberStaysNotANumber() {
    for (Kernels kernels : new Kernels[] {Kernels.best(), Kernels.portable()}) {
      float[] tanh = new float[70];
      Arrays.fill(tanh, Float.NaN);
      float[] sigmoid = tanh.clone();
      kernels.tanh(70, tanh, 0);
      kernels.sigmoid(70, sigmoid, 0);
      for (int i = 0; i < 70; i++) {
        assertEquals(Float.NaN, tanh[i], kernels.name());
        assertEquals(Float.NaN, sigmoid[i], kernels.name());
      }
    }
  }

  @Test
  void theVectorsComputeTheScalarsBitsOverTheWholeRange() {
    int count = (int) ((1L << 32) / STRIDE);
    float[] x = new float[count + SPECIAL.length];
    for (int i = 0; i < count; i++) {
      x[i] = Float.intBitsToFloat(i * STRIDE);
    }
    System.arraycopy(SPECIAL, 0, x, count, SPECIAL.length);
    float[] tanh = x.clone();
    float[] sigmoid = x.clone();
    Kernels.best().tanh(x.length, tanh, 0);
    Kernels.best().sigmoid(x.length, sigmoid, 0);
    for (int i = 0; i < x.length; i++) {
      same(Activations.tanh(x[i]), tanh[i], "tanh", x[i]);
      same(Activations.sigmoid(x[i]), sigmoid[i], "sigmoid", x[i]);
    }
  }

  @Test
  void oneValueBeyondTheLimitChangesNoOther() {
    for (float special : SPECIAL) {
      for (int at = 0; at < 70; at++) {
        float[] x = new float[70];
        Arrays.fill(x, 0.7f);
        x[at] = special;
        Kernels.best().tanh(70, x, 0);
        for (int i = 0; i < 70; i++) {
          float value = i == at ? special : 0.7f;
          same(Activations.tanh(value), x[i], "tanh", value);
        }
      }
    }
  }

  private static void same(float expected, float actual, String name, float x) {
    if (Float.floatToIntBits(expected) != Float.floatToIntBits(actual)) {
      fail("%s(%s) must be %s, got %s".formatted(name, x, expected, actual));
    }
  }
}
