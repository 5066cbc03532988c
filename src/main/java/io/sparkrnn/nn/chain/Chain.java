package io.sparkrnn.nn.chain;

/**
 * The labels of a sequence as a linear chain: sums over all paths by the forward-backward
 * algorithm, the best path by Viterbi's, all in logarithms and in double.
 *
 * <pre>
 *   before(1, k) = start(k) + z(1, k)
 *   before(t, k) = z(t, k) + log sum over j of exp(before(t-1, j) + transitions(j, k))
 *   all          = log sum over k of exp(before(T, k) + end(k))
 *   after(T, k)  = end(k)
 *   after(t, j)  = log sum over k of exp(transitions(j, k) + z(t+1, k) + after(t+1, k))
 *   p(t, k)      = exp(before(t, k) + after(t, k) - all)
 * </pre>
 *
 * <p>Immutable: what the parameters alone give. Sums are taken in one order, of {@code
 * StrictMath}'s functions, so that results are the same everywhere.
 *
 * @see <a href="https://repository.upenn.edu/cis_papers/159">Lafferty, McCallum and Pereira,
 *     2001</a>
 */
public final class Chain {
  /** Logarithm of what no float can tell from 0 beside other probabilities. */
  private static final double NOTHING = -60;

  private final int labels;
  private final double[] transitions;
  private final double[] start;
  private final double[] end;

  /** exp(transitions - largest), so that a step needs no exponential for each pair of labels. */
  private final double[] factors;

  private final double largest;

  /**
   * Reads the parameters of a chain.
   *
   * @param parameters transitions (K x K, from row to column), start and end from {@code offset}
   *     on. Not modified.
   */
  public Chain(float[] parameters, int offset, int labels) {
    this.labels = labels;
    transitions = widened(parameters, offset, labels * labels);
    start = widened(parameters, offset + labels * labels, labels);
    end = widened(parameters, offset + labels * labels + labels, labels);
    double most = Double.NEGATIVE_INFINITY;
    for (double value : transitions) {
      most = Math.max(most, value);
    }
    largest = most;
    factors = new double[transitions.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = StrictMath.exp(transitions[i] - largest);
    }
  }

  /** Returns how many parameters a chain of so many labels has. */
  public static int parameters(int labels) {
    return labels * labels + 2 * labels;
  }

  private static double[] widened(float[] values, int from, int size) {
    double[] wide = new double[size];
    for (int i = 0; i < size; i++) {
      wide[i] = values[from + i];
    }
    return wide;
  }

  /** Computes the sums before each step, and returns log of the sum over all paths. */
  public double sum(int steps, ChainSequence of) {
    for (int k = 0; k < labels; k++) {
      of.before[k] = start[k] + of.values[k];
    }
    for (int t = 1; t < steps; t++) {
      int last = (t - 1) * labels;
      double shift = exponentials(of.before, last, of.row);
      for (int k = 0; k < labels; k++) {
        double sum = 0;
        for (int j = 0; j < labels; j++) {
          sum += of.row[j] * factors[j * labels + k];
        }
        of.before[t * labels + k] =
            of.values[t * labels + k]
                + (sum > 0 ? shift + largest + StrictMath.log(sum) : into(k, of.before, last));
      }
    }
    int at = (steps - 1) * labels;
    for (int k = 0; k < labels; k++) {
      of.row[k] = of.before[at + k] + end[k];
    }
    of.all = logSum(of.row);
    return of.all;
  }

  /** log sum over j of exp(before(j) + transitions(j, k)), where the factors are too small. */
  private double into(int k, double[] before, int at) {
    double[] terms = new double[labels];
    for (int j = 0; j < labels; j++) {
      terms[j] = before[at + j] + transitions[j * labels + k];
    }
    return logSum(terms);
  }

  /** Puts exp(value - largest value) of K values into a row, and returns the largest. */
  private double exponentials(double[] values, int at, double[] row) {
    double most = values[at];
    for (int k = 1; k < labels; k++) {
      most = Math.max(most, values[at + k]);
    }
    for (int k = 0; k < labels; k++) {
      row[k] = StrictMath.exp(values[at + k] - most);
    }
    return most;
  }

  private static double logSum(double[] terms) {
    double most = terms[0];
    for (double term : terms) {
      most = Math.max(most, term);
    }
    double sum = 0;
    for (double term : terms) {
      sum += StrictMath.exp(term - most);
    }
    return most + StrictMath.log(sum);
  }

  /** Computes the sums after each step and the marginals, after {@link #sum}. */
  public void marginals(int steps, ChainSequence of) {
    System.arraycopy(end, 0, of.after, (steps - 1) * labels, labels);
    for (int t = steps - 2; t >= 0; t--) {
      int next = (t + 1) * labels;
      for (int k = 0; k < labels; k++) {
        of.other[k] = of.values[next + k] + of.after[next + k];
      }
      double shift = exponentials(of.other, 0, of.row);
      for (int j = 0; j < labels; j++) {
        double sum = 0;
        for (int k = 0; k < labels; k++) {
          sum += factors[j * labels + k] * of.row[k];
        }
        of.after[t * labels + j] =
            sum > 0 ? shift + largest + StrictMath.log(sum) : outOf(j, of.other);
      }
    }
    for (int i = 0; i < steps * labels; i++) {
      of.marginals[i] = StrictMath.exp(of.before[i] + of.after[i] - of.all);
    }
  }

  private double outOf(int j, double[] next) {
    double[] terms = new double[labels];
    for (int k = 0; k < labels; k++) {
      terms[k] = transitions[j * labels + k] + next[k];
    }
    return logSum(terms);
  }

  /** Returns the score of a path. */
  public double score(int[] path, ChainSequence of) {
    double score = start[path[0]] + end[path[path.length - 1]];
    for (int t = 0; t < path.length; t++) {
      score += of.values[t * labels + path[t]];
      score += t == 0 ? 0 : transitions[path[t - 1] * labels + path[t]];
    }
    return score;
  }

  /**
   * Adds scale times the derivative of (all - score) by transitions, start and end, after {@link
   * #marginals}.
   *
   * @param d laid out as the parameters. Modified.
   */
  public void addGradient(int[] path, double scale, ChainSequence of, double[] d) {
    int steps = path.length;
    for (int t = 1; t < steps; t++) {
      int last = (t - 1) * labels;
      int here = t * labels;
      for (int k = 0; k < labels; k++) {
        of.other[k] = of.values[here + k] + of.after[here + k];
      }
      for (int j = 0; j < labels; j++) {
        for (int k = 0; k < labels; k++) {
          double pair = of.before[last + j] + transitions[j * labels + k] + of.other[k] - of.all;
          d[j * labels + k] += pair < NOTHING ? 0 : scale * StrictMath.exp(pair);
        }
      }
      d[path[t - 1] * labels + path[t]] -= scale;
    }
    int starts = labels * labels;
    int ends = starts + labels;
    for (int k = 0; k < labels; k++) {
      d[starts + k] += scale * (of.marginal(0, k) - (k == path[0] ? 1 : 0));
      d[ends + k] += scale * (of.marginal(steps - 1, k) - (k == path[steps - 1] ? 1 : 0));
    }
  }

  /** Returns the labels of the best path; of equal ones that of the smallest labels at the end. */
  public int[] bestPath(int steps, ChainSequence of) {
    double[] score = new double[labels];
    double[] next = new double[labels];
    for (int k = 0; k < labels; k++) {
      score[k] = start[k] + of.values[k];
    }
    for (int t = 1; t < steps; t++) {
      for (int k = 0; k < labels; k++) {
        int best = 0;
        for (int j = 1; j < labels; j++) {
          best = into(score, j, k) > into(score, best, k) ? j : best;
        }
        of.from[t * labels + k] = best;
        next[k] = into(score, best, k) + of.values[t * labels + k];
      }
      System.arraycopy(next, 0, score, 0, labels);
    }
    int last = 0;
    for (int k = 1; k < labels; k++) {
      last = score[k] + end[k] > score[last] + end[last] ? k : last;
    }
    int[] path = new int[steps];
    for (int t = steps - 1; t >= 0; t--) {
      path[t] = last;
      last = of.from[t * labels + last];
    }
    return path;
  }

  private double into(double[] score, int from, int to) {
    return score[from] + transitions[from * labels + to];
  }
}
