package io.sparkrnn.nn.head;

import io.sparkrnn.nn.CtcHead;
import java.util.Arrays;

/**
 * The paths of connectionist temporal classification, all at once: forward and backward through
 * time, in logarithms and in double.
 *
 * <pre>
 *   l = blank l1 blank l2 .. blank, S = 2 L + 1 states
 *   a(t, s) = (a(t-1, s) + a(t-1, s-1) + a(t-1, s-2) where l(s) is no blank and not l(s-2)) y(t, l(s))
 *   b(t, s) = likewise from the end, without y(t)
 *   p(labels) = a(T, S) + a(T, S - 1)
 *   d(-log p)/dz(t, k) = y(t, k) - sum over s with l(s) = k of a(t, s) b(t, s) / p(labels)
 * </pre>
 *
 * <p>Scratch that is reused from row to row; owned by one thread. Logarithms and exponentials are
 * of {@link StrictMath}: the same bits everywhere.
 *
 * @see <a href="https://doi.org/10.1145/1143844.1143891">Graves et al., 2006</a>
 */
public final class CtcLattice {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  private double[] logs = new double[0];
  private double[] forward = new double[0];
  private double[] backward = new double[0];
  private double[] posterior = new double[0];
  private int[] states = new int[0];
  private int steps;
  private int outputs;
  private int size;

  /** Begins a row of so many steps and outputs K, whose logarithms {@link #setLog} gives. */
  public void begin(int steps, int outputs) {
    this.steps = steps;
    this.outputs = outputs;
    if (logs.length < steps * outputs) {
      logs = new double[steps * outputs + steps * outputs / 4];
    }
  }

  /** Says log y of output {@code k} at step {@code t}. */
  public void setLog(int t, int k, double value) {
    logs[t * outputs + k] = value;
  }

  /** Returns log y of output {@code k} at step {@code t}. */
  double log(int t, int k) {
    return logs[t * outputs + k];
  }

  /** Says z of a step: log y is z less the logarithm of the sum of exp z. */
  void setLogits(int t, float[] z, int at) {
    double largest = Softmax.largest(z, at, outputs);
    double sum = 0;
    for (int k = 0; k < outputs; k++) {
      sum += StrictMath.exp(z[at + k] - largest);
    }
    double logSum = largest + StrictMath.log(sum);
    for (int k = 0; k < outputs; k++) {
      logs[t * outputs + k] = z[at + k] - logSum;
    }
  }

  /**
   * Returns log p of labels, minus infinity where they need more steps.
   *
   * @param labels those at {@code from .. to}, 1 .. K - 1. Not modified.
   */
  public double logProbability(int[] labels, int from, int to) {
    size = 2 * (to - from) + 1;
    if (states.length < size) {
      states = new int[2 * size];
    }
    for (int s = 0; s < size; s++) {
      states[s] = s % 2 == 0 ? CtcHead.BLANK : labels[from + s / 2];
    }
    forward = room(forward);
    if (steps == 0) {
      return size == 1 ? 0 : NEVER;
    }
    Arrays.fill(forward, 0, size, NEVER);
    for (int s = 0; s < Math.min(2, size); s++) {
      forward[s] = log(0, states[s]);
    }
    for (int t = 1; t < steps; t++) {
      int before = (t - 1) * size;
      for (int s = 0; s < size; s++) {
        double sum = forward[before + s];
        sum = s >= 1 ? logSum(sum, forward[before + s - 1]) : sum;
        sum = skips(s) ? logSum(sum, forward[before + s - 2]) : sum;
        forward[t * size + s] = sum + log(t, states[s]);
      }
    }
    int end = steps * size - 1;
    return size == 1 ? forward[end] : logSum(forward[end], forward[end - 1]);
  }

  private double[] room(double[] states) {
    int needed = steps * size;
    return states.length < needed ? new double[needed + needed / 4] : states;
  }

  /** Whether a path may come to a state from the one before the last: over a blank. */
  private boolean skips(int s) {
    return s >= 2 && states[s] != CtcHead.BLANK && states[s] != states[s - 2];
  }

  /** Fills b, after {@link #logProbability}. */
  private void sweepBack() {
    backward = room(backward);
    int last = (steps - 1) * size;
    Arrays.fill(backward, last, last + size, NEVER);
    for (int s = Math.max(0, size - 2); s < size; s++) {
      backward[last + s] = 0;
    }
    for (int t = steps - 2; t >= 0; t--) {
      int after = (t + 1) * size;
      for (int s = 0; s < size; s++) {
        double sum = backward[after + s] + log(t + 1, states[s]);
        if (s + 1 < size) {
          sum = logSum(sum, backward[after + s + 1] + log(t + 1, states[s + 1]));
        }
        if (s + 2 < size && skips(s + 2)) {
          sum = logSum(sum, backward[after + s + 2] + log(t + 1, states[s + 2]));
        }
        backward[t * size + s] = sum;
      }
    }
  }

  /**
   * Prepares derivatives, after {@link #logProbability} of the same labels; {@link #gradient} gives
   * them.
   */
  void differentiate() {
    sweepBack();
    posterior = posterior.length < outputs ? new double[outputs] : posterior;
  }

  /**
   * Writes d(-log p)/dz of a step, times a factor.
   *
   * @param logProbability of the labels, finite
   * @param dz K numbers from {@code at} on. Modified.
   */
  void gradient(int t, double logProbability, double factor, float[] dz, int at) {
    Arrays.fill(posterior, 0, outputs, 0);
    for (int s = 0; s < size; s++) {
      double both = forward[t * size + s] + backward[t * size + s] - logProbability;
      posterior[states[s]] += StrictMath.exp(both);
    }
    for (int k = 0; k < outputs; k++) {
      dz[at + k] = (float) (factor * (StrictMath.exp(log(t, k)) - posterior[k]));
    }
  }

  /** Returns log(exp a + exp b). */
  static double logSum(double a, double b) {
    double larger = Math.max(a, b);
    double smaller = Math.min(a, b);
    return smaller == NEVER ? larger : larger + StrictMath.log1p(StrictMath.exp(smaller - larger));
  }
}
