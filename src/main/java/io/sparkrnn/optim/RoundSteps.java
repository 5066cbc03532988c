package io.sparkrnn.optim;

/**
 * The steps of one round on one shard: an optimizer, and a moving average if one is kept, that look
 * at nothing but the support of each gradient.
 *
 * <p>Rows that are left out keep their parameters. RMSprop's second moment and the moving average
 * of such rows are brought up to date later, all at once; after {@link #finish} they are what
 * stepping every row every time gives, but for rounding. Adam's moments of such rows stay as they
 * are, as in TensorFlow Addons' LazyAdam: a rule of its own.
 *
 * <p>Owned by one thread.
 */
public final class RoundSteps {
  private final OptimizerSpec optimizer;
  private final MovingAverage ema;
  private final OptimizerState state;
  private final GradientSupport support;
  private final RowLag lag;
  private final RowDecay decay;
  private final RowAverage average;

  /**
   * Creates the steps of a round that begins.
   *
   * @param optimizer the update rule; if it does not rest without gradient, leaving out rows makes
   *     another rule of it
   * @param ema the moving average
   * @param state the optimizer's state, all rows up to date. Modified by the steps.
   * @param support the caller sets its rows before each step
   */
  public RoundSteps(
      OptimizerSpec optimizer, MovingAverage ema, OptimizerState state, GradientSupport support) {
    this.optimizer = optimizer;
    this.ema = ema;
    this.state = state;
    this.support = support;
    lag = support.listsRows() ? new RowLag(support) : null;
    decay =
        lag != null && optimizer instanceof OptimizerSpec.RmsProp rmsProp
            ? new RowDecay(rmsProp.rho(), lag)
            : null;
    average = lag != null && ema.isKept() ? new RowAverage(ema, lag) : null;
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
    if (average != null) {
      average.beforeStep(parameters, state.average());
    }
    if (lag != null) {
      lag.step();
    }
    optimizer.step(parameters, gradient, support, state, learningRate);
    if (ema.isKept()) {
      ema.step(parameters, support, state);
    }
  }

  /**
   * Brings the state of all rows up to date; call it before the state is handed out.
   *
   * @param parameters all parameters. Not modified.
   */
  public void finish(float[] parameters) {
    if (decay != null) {
      decay.finish(state.slot(0));
    }
    if (average != null) {
      average.finish(parameters, state.average());
    }
    if (lag != null) {
      lag.finish();
    }
  }
}
