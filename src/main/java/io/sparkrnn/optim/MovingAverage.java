package io.sparkrnn.optim;

import io.sparkrnn.kernel.Require;
import java.io.Serializable;

/**
 * Exponential moving average of the parameters, updated after each step of the optimizer.
 *
 * <pre>
 *   first step:  average = p
 *   then:        average = momentum average + (1 - momentum) p
 * </pre>
 *
 * <p>The steps go on from p; the average is what is evaluated and kept as the model. Keras: {@code
 * use_ema}, {@code ema_momentum}.
 *
 * @param momentum weight of the past, in [0, 1); 0 for no average
 * @see <a href="https://doi.org/10.1137/0330046">Polyak and Juditsky, 1992</a>
 */
public record MovingAverage(double momentum) implements Serializable {
  public MovingAverage {
    Require.rate("emaMomentum", momentum);
  }

  /**
   * Returns the average that remembers so many examples, however many a step takes.
   *
   * <pre>
   *   momentum = exp(-step / examples)
   * </pre>
   *
   * @param examples examples after which what was has the weight 1 / e, above 0
   * @param step examples of a step, of all shards together, above 0
   */
  public static MovingAverage ofExamples(double examples, double step) {
    return new MovingAverage(StrictMath.exp(-step / examples));
  }

  /** Returns whether an average is kept. */
  public boolean isKept() {
    return momentum > 0;
  }

  /**
   * Returns a state with the average's place, if one is kept.
   *
   * @param state the state before the first step. Not modified.
   * @param parameters n values, the average before the first step. Not modified.
   */
  public OptimizerState begin(OptimizerState state, float[] parameters) {
    return isKept() ? state.withAverage(parameters.clone()) : state;
  }

  /**
   * Takes the parameters into the average.
   *
   * @param parameters n values after the optimizer's step. Not modified.
   * @param state the optimizer's state, the step counted. Its average is modified.
   */
  public void step(float[] parameters, OptimizerState state) {
    if (!isKept()) {
      return;
    }
    step(parameters, GradientSupport.all(parameters.length), state);
  }

  /** The same for the parameters within a support. */
  void step(float[] parameters, GradientSupport support, OptimizerState state) {
    float[] average = state.average();
    float rest = state.steps() > 1 ? (float) (1 - momentum) : 1;
    for (int range = 0; range < support.count(); range++) {
      for (int i = support.start(range), end = support.end(range); i < end; i++) {
        average[i] = Math.fma(parameters[i] - average[i], rest, average[i]);
      }
    }
  }
}
