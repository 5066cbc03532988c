package io.sparkrnn.optim;

import io.sparkrnn.kernel.Require;
import java.io.Serializable;
import java.util.List;

/**
 * Clipping of the gradient before the optimizer's step; 0 switches a kind off, at most one is on.
 *
 * <pre>
 *   value:       g = min(max(g, -value), value)                        each entry
 *   norm:        g = g norm / max(|g|, norm)                           each variable
 *   globalNorm:  g = g globalNorm min(1 / |all|, 1 / globalNorm)       all variables together
 * </pre>
 *
 * <p>Keras: {@code clipvalue}, {@code clipnorm}, {@code global_clipnorm}.
 *
 * @param value largest absolute entry, or 0
 * @param norm largest norm of one variable's gradient, or 0
 * @param globalNorm largest norm of the whole gradient, or 0
 */
public record Clipping(double value, double norm, double globalNorm) implements Serializable {
  public Clipping {
    Require.notNegative("clipvalue", value);
    Require.notNegative("clipnorm", norm);
    Require.notNegative("globalClipnorm", globalNorm);
    if ((value > 0 ? 1 : 0) + (norm > 0 ? 1 : 0) + (globalNorm > 0 ? 1 : 0) > 1) {
      throw new IllegalArgumentException(
          "at most one of clipvalue, clipnorm and globalClipnorm may be > 0, got %s, %s and %s"
              .formatted(value, norm, globalNorm));
    }
  }

  /** Returns the clipping that leaves every gradient as it is. */
  public static Clipping none() {
    return new Clipping(0, 0, 0);
  }

  /** Returns the name of the kind that is on, empty without one. */
  public String kind() {
    if (value > 0) {
      return "clipvalue";
    }
    return norm > 0 ? "clipnorm" : globalNorm > 0 ? "globalClipnorm" : "";
  }

  /**
   * Clips a gradient and returns its global norm before clipping.
   *
   * <p>Norms are summed in double in an order that depends on nothing but the sizes. A norm that is
   * infinite or NaN is returned as it is; with globalNorm on, the gradient becomes NaN then, as in
   * Keras.
   *
   * @param gradient the gradients of all variables. Modified.
   * @param boundaries start offset of each variable, then the end of the last. Not modified.
   */
  public double apply(float[] gradient, int[] boundaries) {
    return apply(gradient, GradientSupport.dense(boundaries, List.of()));
  }

  /**
   * Clips a gradient that is zero outside its support; nothing else is read or written.
   *
   * <p>The squares of rows are summed in the order in which the support lists them.
   *
   * @param gradient the gradients of all variables. Modified.
   * @param support where they can be other than zero. Not modified.
   * @return the global norm before clipping
   */
  public double apply(float[] gradient, GradientSupport support) {
    double total = 0;
    for (int variable = 0; variable < support.variables(); variable++) {
      double squares = sumOfSquares(gradient, support, variable);
      total += squares;
      if (norm > 0) {
        scale(gradient, support, variable, norm / Math.max(Math.sqrt(squares), norm));
      } else if (value > 0) {
        clamp(gradient, support, variable);
      }
    }
    double before = Math.sqrt(total);
    if (globalNorm > 0) {
      double factor = Double.isFinite(before) ? globalFactor(before) : Double.NaN;
      for (int variable = 0; variable < support.variables(); variable++) {
        scale(gradient, support, variable, factor);
      }
    }
    return before;
  }

  private double globalFactor(double before) {
    return globalNorm * Math.min(1 / before, 1 / globalNorm);
  }

  private void clamp(float[] gradient, GradientSupport support, int variable) {
    float bound = (float) value;
    for (int range = support.first(variable); range < support.last(variable); range++) {
      for (int i = support.start(range), end = support.end(range); i < end; i++) {
        gradient[i] = Math.min(Math.max(gradient[i], -bound), bound);
      }
    }
  }

  private static void scale(float[] gradient, GradientSupport support, int variable, double by) {
    float factor = (float) by;
    if (factor == 1) {
      return;
    }
    for (int range = support.first(variable); range < support.last(variable); range++) {
      for (int i = support.start(range), end = support.end(range); i < end; i++) {
        gradient[i] *= factor;
      }
    }
  }

  private static double sumOfSquares(float[] gradient, GradientSupport support, int variable) {
    double sum = 0;
    for (int range = support.first(variable); range < support.last(variable); range++) {
      sum += sumOfSquares(gradient, support.start(range), support.end(range));
    }
    return sum;
  }

  /** Four sums, every fourth entry each: a single one would wait for each addition. */
  private static double sumOfSquares(float[] g, int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      a += (double) g[i] * g[i];
      b += (double) g[i + 1] * g[i + 1];
      c += (double) g[i + 2] * g[i + 2];
      d += (double) g[i + 3] * g[i + 3];
    }
    for (; i < to; i++) {
      a += (double) g[i] * g[i];
    }
    return (a + b) + (c + d);
  }
}
