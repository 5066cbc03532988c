package io.sparkrnn.nn.chain;

/** What a {@link Chain} computes of one sequence of T steps and K labels, in double. */
public final class ChainSequence {
  private final int labels;

  /** z, T x K. */
  double[] values = new double[0];

  /** log of the sum over all paths that end with a label at a step, that step included; T x K. */
  double[] before = new double[0];

  /** log of the sum over all paths on from a label at a step, that step left out; T x K. */
  double[] after = new double[0];

  /** Probability of each label at each step, T x K. */
  double[] marginals = new double[0];

  /** Of each label at a step, the label before it on the best path to it; T x K. */
  int[] from = new int[0];

  /** log of the sum over all paths. */
  double all;

  /** Two rows of K. */
  final double[] row;

  final double[] other;

  /** Creates scratch for sequences of so many labels, K. */
  public ChainSequence(int labels) {
    this.labels = labels;
    row = new double[labels];
    other = new double[labels];
  }

  /** Makes room for a sequence of so many steps. */
  public void resize(int steps) {
    int size = steps * labels;
    if (values.length < size) {
      values = new double[size];
      before = new double[size];
      after = new double[size];
      marginals = new double[size];
      from = new int[size];
    }
  }

  /** Sets z of a label at a step. */
  public void setValue(int step, int label, double value) {
    values[step * labels + label] = value;
  }

  /** Returns the probability of a label at a step. */
  public double marginal(int step, int label) {
    return marginals[step * labels + label];
  }
}
