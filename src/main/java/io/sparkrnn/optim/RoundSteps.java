package io.sparkrnn.optim;

/**
 * The steps of one round on one shard: an optimizer that looks at nothing but the support of each
 * gradient.
 *
 * <p>Rows that are left out keep their parameters. RMSprop's second moment of such rows decays
 * later, all at once; after {@link #finish} it is what stepping every row every time gives, but for
 * rounding. Adam's moments of such rows stay as they are, as in TensorFlow Addons' LazyAdam: a rule
 * of its own.
 *
 * <p>Owned by one thread.
 */
public final class RoundSteps {
  private final OptimizerSpec optimizer;
  private final OptimizerState state;
  private final GradientSupport support;
  private final RowDecay decay;

  /**
   * Creates the steps of a round that begins.
   *
   * @param optimizer the update rule; if it does not rest without gradient, leaving out rows makes
   *     another rule of it
   * @param state its state, all rows up to date. Modified by the steps.
   * @param support the caller sets its rows before each step. Not modified.
   */
  public RoundSteps(OptimizerSpec optimizer, OptimizerState state, GradientSupport support) {
    this.optimizer = optimizer;
    this.state = state;
    this.support = support;
    decay =
        optimizer instanceof OptimizerSpec.RmsProp rmsProp && support.listsRows()
            ? new RowDecay(rmsProp.rho(), support)
            : null;
  }

  /**
   * Steps the entries of the support.
   *
   * @param parameters all parameters. Modified within the support.
   * @param gradient read within the support. Not modified.
   * @param learningRate the rate of this step
   */
  public void step(float[] parameters, float[] gradient, double learningRate) {
    if (decay != null) {
      decay.beforeStep();
    }
    optimizer.step(parameters, gradient, support, state, learningRate);
  }

  /** Brings the state of all rows up to date; call it before the state is handed out. */
  public void finish() {
    if (decay != null) {
      decay.finish(state.slot(0));
    }
  }
}
