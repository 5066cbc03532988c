package io.sparkrnn.kernel;

import static io.sparkrnn.kernel.Floats.assertSameBits;
import static io.sparkrnn.kernel.Floats.random;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The operations element by element, at every size from 1 to 70, at an offset, in both
 * implementations.
 */
class ElementsTest {
  private static final int SIZES = 70;

  @Test
  void additionLeavesTheRestAlone() {
    for (Kernels kernels : kernels()) {
      for (int n = 1; n <= SIZES; n++) {
        SplittableRandom random = new SplittableRandom(n);
        float[] x = random(n + 5, random);
        float[] y = random(n + 40, random);
        float[] expected = y.clone();
        for (int i = 0; i < n; i++) {
          expected[3 + i] += x[2 + i];
        }
        kernels.add(n, x, 2, y, 3);
        assertSameBits(expected, y, kernels.name() + " n " + n);
      }
    }
  }

  @Test
  void multiplicationMayWriteOverItsInput() {
    for (Kernels kernels : kernels()) {
      for (int n = 1; n <= SIZES; n++) {
        SplittableRandom random = new SplittableRandom(n);
        float[] x = random(n + 40, random);
        float[] z = random(n + 5, random);
        float[] expected = x.clone();
        for (int i = 0; i < n; i++) {
          expected[3 + i] = x[3 + i] * z[1 + i];
        }
        kernels.multiplyElements(n, x, 3, z, 1, x, 3);
        assertSameBits(expected, x, kernels.name() + " n " + n);
      }
    }
  }

  @Test
  void rowsAreAddedWhereTheIndexSays() {
    for (Kernels kernels : kernels()) {
      for (int width = 1; width <= SIZES; width++) {
        SplittableRandom random = new SplittableRandom(width);
        int[] index = {9, 1, 2, 0, 2, 2};
        float[] source = random(1 + 5 * width, random);
        float[] target = random(3 * width, random);
        float[] expected = target.clone();
        for (int r = 0; r < 5; r++) {
          for (int j = 0; j < width; j++) {
            expected[index[1 + r] * width + j] += source[1 + r * width + j];
          }
        }
        kernels.scatterAdd(5, width, source, 1, index, 1, target);
        assertSameBits(expected, target, kernels.name() + " width " + width);
      }
    }
  }

  @Test
  void columnSumsAreAddedInTheOrderOfRows() {
    for (Kernels kernels : kernels()) {
      for (int width = 1; width <= SIZES; width++) {
        SplittableRandom random = new SplittableRandom(width);
        float[] source = random(2 + 6 * width, random);
        float[] target = random(width + 30, random);
        float[] expected = target.clone();
        for (int r = 0; r < 6; r++) {
          for (int j = 0; j < width; j++) {
            expected[1 + j] += source[2 + r * width + j];
          }
        }
        kernels.addColumnSums(6, width, source, 2, target, 1);
        assertSameBits(expected, target, kernels.name() + " width " + width);
      }
    }
  }

  @Test
  void aMaximumIsTakenWithItsPlaceAndANaNStays() {
    for (Kernels kernels : kernels()) {
      for (int n = 1; n <= SIZES; n++) {
        SplittableRandom random = new SplittableRandom(n);
        float[] x = random(n + 40, random);
        float[] y = random(n + 40, random);
        x[2] = n % 3 == 0 ? Float.NaN : y[3];
        y[3 + n - 1] = n % 5 == 1 ? Float.NaN : y[3 + n - 1];
        float[] place = random(n + 40, random);
        float[] most = y.clone();
        float[] found = place.clone();
        for (int i = 0; i < n; i++) {
          if (x[2 + i] > y[3 + i] || Float.isNaN(x[2 + i])) {
            most[3 + i] = x[2 + i];
            found[1 + i] = 77;
          }
        }
        kernels.takeMax(n, x, 2, 77, y, 3, place, 1);
        assertSameBits(most, y, kernels.name() + " n " + n);
        assertSameBits(found, place, kernels.name() + " places, n " + n);
      }
    }
  }

  @Test
  void activationsOfAnyLengthAreThoseOfTheScalar() {
    for (Kernels kernels : kernels()) {
      for (int n = 1; n <= SIZES; n++) {
        float[] x = random(n + 40, new SplittableRandom(n));
        float[] tanh = x.clone();
        float[] sigmoid = x.clone();
        for (int i = 3; i < 3 + n; i++) {
          tanh[i] = Activations.tanh(x[i]);
          sigmoid[i] = Activations.sigmoid(x[i]);
        }
        float[] actual = x.clone();
        kernels.tanh(n, actual, 3);
        assertSameBits(tanh, actual, kernels.name() + " n " + n);
        actual = x.clone();
        kernels.sigmoid(n, actual, 3);
        assertSameBits(sigmoid, actual, kernels.name() + " n " + n);
      }
    }
  }

  @Test
  void aTinyGradientIsFlushedAndAnUnknownOneIsNot() {
    for (Kernels kernels : kernels()) {
      float[] d = new float[37];
      float[] h = new float[37];
      d[0] = 1e-40f;
      d[1] = Float.NaN;
      d[2] = -1e-35f;
      d[3] = 1e-20f;
      d[36] = 1e-41f;
      kernels.tanhBackward(37, h, 0, d, 0);
      assertEquals(0f, d[0], kernels.name());
      assertEquals(Float.NaN, d[1], kernels.name());
      assertEquals(0f, Math.abs(d[2]), kernels.name());
      assertEquals(1e-20f, d[3], kernels.name());
      assertEquals(0f, d[36], kernels.name());
    }
  }

  @Test
  void rmsPropFollowsItsFormulaAndLeavesTheRestAlone() {
    RmsPropStep step = new RmsPropStep(0.01f, 0.9f, 0.1f, 1e-7f);
    for (Kernels kernels : kernels()) {
      for (int n = 1; n <= SIZES; n++) {
        SplittableRandom random = new SplittableRandom(n);
        float[] g = random(n + 40, random);
        float[] v = squares(random(n + 40, random));
        float[] p = random(n + 40, random);
        float[] expectedV = v.clone();
        float[] expectedP = p.clone();
        for (int i = 3; i < 3 + n; i++) {
          expectedV[i] = Math.fma(0.1f * g[i], g[i], 0.9f * (0.7f * v[i]));
          expectedP[i] = p[i] - 0.01f * g[i] / (float) Math.sqrt(expectedV[i] + 1e-7f);
        }
        kernels.rmsProp(n, 3, 0.7f, step, g, v, p);
        assertSameBits(expectedV, v, kernels.name() + " n " + n);
        assertSameBits(expectedP, p, kernels.name() + " n " + n);
      }
    }
  }

  private static float[] squares(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= values[i];
    }
    return values;
  }

  private static Kernels[] kernels() {
    return new Kernels[] {Kernels.portable(), Kernels.best()};
  }
}
