package io.sparkrnn.optim;

import io.sparkrnn.kernel.Require;

/**
 * Some variables that are trained at a rate of their own, or not at all. What is in no group is
 * trained at the rate of the step.
 *
 * <p>A frozen group rests: no update, no decay, no part in the gradient's norm. Rates by layer are
 * those of discriminative fine-tuning, and layers that are frozen for fewer and fewer epochs its
 * gradual unfreezing.
 *
 * @param from first parameter in the flat array, where a variable starts
 * @param to end of the parameters, exclusive, where a variable ends
 * @param rateFactor factor of the learning rate, more than 0
 * @param frozen whether the parameters stay as they are
 * @see <a href="https://arxiv.org/abs/1801.06146">Howard and Ruder, 2018</a>
 */
public record ParameterGroup(int from, int to, double rateFactor, boolean frozen) {
  public ParameterGroup {
    Require.atLeast(0, "from", from);
    Require.atLeast(from, "to", to);
    Require.positive("rateFactor", rateFactor);
  }

  /** Returns a group at a rate of its own. */
  public static ParameterGroup scaled(int from, int to, double rateFactor) {
    return new ParameterGroup(from, to, rateFactor, false);
  }

  /** Returns a group that is not trained. */
  public static ParameterGroup frozen(int from, int to) {
    return new ParameterGroup(from, to, 1, true);
  }

  /** Whether a variable is in the group. */
  boolean holds(int start, int end) {
    return from <= start && end <= to;
  }

  /** Whether a border of the group is inside a variable. */
  boolean cuts(int start, int end) {
    return (from > start && from < end) || (to > start && to < end);
  }
}
