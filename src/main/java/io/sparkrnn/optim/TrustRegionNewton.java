package io.sparkrnn.optim;

import java.util.Arrays;

/**
 * Minimizes a convex function by Newton steps within a trust region:
 *
 * <pre>
 *   s = argmin of g s + s H s / 2 over |s| <= radius       by conjugate gradients
 *   x = x + s if f fell by at least a little of what the model of it said; the radius follows
 *   until |g| <= tolerance |g at the start|
 * </pre>
 *
 * <p>Sums run in the order of the numbers: the same function gives the same bits on every machine.
 * Holds eight arrays of the function's size while it works.
 *
 * @see <a href="https://www.jmlr.org/papers/v9/lin08b.html">Lin, Weng and Keerthi, 2008</a>
 */
public final class TrustRegionNewton {
  private static final double ACCEPTED = 1e-4;
  private static final double POOR = 0.25;
  private static final double GOOD = 0.75;
  private static final double FORCING = 0.1;
  private static final int MOST_PRODUCTS = 200;

  private final ConvexObjective objective;
  private final double tolerance;
  private final int mostSteps;
  private int steps;
  private int passes;

  /**
   * Prepares to minimize a function.
   *
   * @param objective the function
   * @param tolerance the gradient's norm at the end as a fraction of that at the start
   * @param mostSteps steps after which it ends anyway
   */
  public TrustRegionNewton(ConvexObjective objective, double tolerance, int mostSteps) {
    this.objective = objective;
    this.tolerance = tolerance;
    this.mostSteps = mostSteps;
  }

  /** Returns how many steps were tried so far. */
  public int steps() {
    return steps;
  }

  /** Returns how often the function or its curvature was computed so far. */
  public int passes() {
    return passes;
  }

  /**
   * Minimizes the function.
   *
   * @param x where to begin. Modified: where it ends.
   * @return the value there
   */
  public double minimize(double[] x) {
    int n = objective.size();
    double[] gradient = new double[n];
    double value = value(x, gradient);
    double first = norm(gradient);
    double radius = first;
    double[] trial = new double[n];
    double[] trialGradient = new double[n];
    Region region = new Region(n);
    while (steps < mostSteps && norm(gradient) > tolerance * first) {
      steps++;
      double[] step = region.solve(x, gradient, radius);
      double foretold = -region.change(gradient);
      for (int i = 0; i < n; i++) {
        trial[i] = x[i] + step[i];
      }
      double trialValue = value(trial, trialGradient);
      double ratio = (value - trialValue) / foretold;
      double length = norm(step);
      radius = radius(steps == 1 ? Math.min(radius, length) : radius, ratio, length);
      if (ratio > ACCEPTED) {
        System.arraycopy(trial, 0, x, 0, n);
        System.arraycopy(trialGradient, 0, gradient, 0, n);
        value = trialValue;
      } else if (!(foretold > 1e-15 * Math.abs(value)) || radius == 0) {
        break; // nothing is left but rounding
      }
    }
    return value;
  }

  private static double radius(double radius, double ratio, double length) {
    if (!(ratio >= POOR)) {
      return POOR * Math.min(radius, length);
    }
    return ratio > GOOD ? Math.max(radius, 4 * length) : radius;
  }

  private double value(double[] x, double[] gradient) {
    passes++;
    return objective.valueAndGradient(x, gradient);
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Adds {@code factor b} to a. Modified: a. */
  private static void add(double[] a, double factor, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += factor * b[i];
    }
  }

  /** The step within a region: conjugate gradients up to its edge (Steihaug, 1983). */
  private final class Region {
    private final double[] step;
    private final double[] residual;
    private final double[] direction;
    private final double[] product;

    Region(int n) {
      step = new double[n];
      residual = new double[n];
      direction = new double[n];
      product = new double[n];
    }

    double[] solve(double[] x, double[] gradient, double radius) {
      Arrays.fill(step, 0);
      for (int i = 0; i < step.length; i++) {
        residual[i] = -gradient[i];
        direction[i] = residual[i];
      }
      double squared = dot(residual, residual);
      double enough = FORCING * FORCING * squared;
      for (int k = 0; k < MOST_PRODUCTS && squared > enough; k++) {
        passes++;
        objective.curvature(x, direction, product);
        double bend = dot(direction, product);
        if (!(bend > 0)) {
          break; // flat, or rounding
        }
        double alpha = squared / bend;
        add(step, alpha, direction);
        if (norm(step) > radius) {
          add(step, -alpha, direction);
          toTheEdge(radius);
          break;
        }
        add(residual, -alpha, product);
        double next = dot(residual, residual);
        double beta = next / squared;
        for (int i = 0; i < direction.length; i++) {
          direction[i] = residual[i] + beta * direction[i];
        }
        squared = next;
      }
      return step;
    }

    private void toTheEdge(double radius) {
      double sd = dot(step, direction);
      double dd = dot(direction, direction);
      double room = Math.max(0, radius * radius - dot(step, step));
      double root = Math.sqrt(sd * sd + dd * room);
      double alpha = sd >= 0 ? room / (sd + root) : (root - sd) / dd;
      add(step, alpha, direction);
      add(residual, -alpha, product);
    }

    /** Returns how much the model of the function changes by the step: g s + s H s / 2. */
    double change(double[] gradient) {
      return 0.5 * (dot(gradient, step) - dot(step, residual));
    }
  }
}
