package io.sparkrnn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TrustRegionNewtonTest {
  /** The sum of log cosh(a(i) (x(i) - c(i))) + (x(0) - x(1))^2 / 2, far from a parabola. */
  private static final class LogCosh implements ConvexObjective {
    private static final double[] A = {1, 20, 0.1};
    private static final double[] C = {3, 3, -50};

    @Override
    public int size() {
      return 3;
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
      double value = 0;
      for (int i = 0; i < 3; i++) {
        double t = Math.abs(A[i] * (x[i] - C[i]));
        value += t + Math.log1p(Math.exp(-2 * t)) - Math.log(2);
        gradient[i] = A[i] * Math.tanh(A[i] * (x[i] - C[i]));
      }
      double away = x[0] - x[1];
      gradient[0] += away;
      gradient[1] -= away;
      return value + 0.5 * away * away;
    }

    @Override
    public void curvature(double[] x, double[] direction, double[] product) {
      for (int i = 0; i < 3; i++) {
        double t = Math.tanh(A[i] * (x[i] - C[i]));
        product[i] = A[i] * A[i] * (1 - t * t) * direction[i];
      }
      double away = direction[0] - direction[1];
      product[0] += away;
      product[1] -= away;
    }
  }

  @Test
  void findsTheMinimumFromFarAway() {
    double[] x = {-100, 40, 7};
    TrustRegionNewton newton = new TrustRegionNewton(new LogCosh(), 1e-10, 1000);
    double value = newton.minimize(x);
    assertArrayEquals(LogCosh.C, x, 1e-6);
    assertEquals(0, value, 1e-12);
    assertTrue(newton.steps() < 100, () -> newton.steps() + " steps");
    assertTrue(newton.passes() > newton.steps());
  }

  @Test
  void theValueNeverRisesAndStepsAreLimited() {
    double before = Double.POSITIVE_INFINITY;
    for (int steps = 0; steps < 12; steps++) {
      double[] x = {-100, 40, 7};
      double value = new TrustRegionNewton(new LogCosh(), 1e-10, steps).minimize(x);
      assertTrue(value <= before);
      assertEquals(value, new LogCosh().valueAndGradient(x, new double[3]));
      before = value;
    }
  }

  @Test
  void whereNothingIsLeftToGainItStays() {
    double[] x = LogCosh.C.clone();
    TrustRegionNewton newton = new TrustRegionNewton(new LogCosh(), 1e-4, 10);
    newton.minimize(x);
    assertArrayEquals(LogCosh.C, x);
    assertEquals(0, newton.steps());
  }
}
