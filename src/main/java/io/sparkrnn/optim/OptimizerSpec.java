package io.sparkrnn.optim;

import io.sparkrnn.kernel.Require;
import java.io.Serializable;

/**
 * An optimizer and its constants; immutable, so one instance may serve many threads.
 *
 * <p>The learning rate is not part of it: the caller multiplies the base rate by its {@link
 * LearningRateSchedule} and passes the product to each step. Formulas and defaults are those of
 * Keras 3. Constants are computed in double and narrowed once; storage and arithmetic are float.
 */
public sealed interface OptimizerSpec extends Serializable
    permits OptimizerSpec.Sgd, OptimizerSpec.RmsProp, OptimizerSpec.Adam, OptimizerSpec.AdamW {

  /** Returns how many arrays of the size of the parameters the state of this optimizer holds. */
  int slots();

  /**
   * Counts the step in the state and applies the gradient to the parameters.
   *
   * @param parameters n values. Modified.
   * @param gradient n values. Not modified.
   * @param state the state of this optimizer for n parameters. Modified.
   * @param learningRate the rate of this step
   * @throws IllegalArgumentException if the sizes differ or the state has the wrong number of slots
   */
  default void step(
      float[] parameters, float[] gradient, OptimizerState state, double learningRate) {
    step(parameters, gradient, GradientSupport.all(parameters.length), state, learningRate);
  }

  /**
   * The same step on a part of the parameters; all others, and their moments, are neither read nor
   * written. {@link RoundSteps} makes of it a training that leaves out rows.
   *
   * @param parameters n values. Modified.
   * @param gradient n values, read within the support. Not modified.
   * @param support the entries to step, and factors of their rates. Not modified.
   * @param state the state of this optimizer for n parameters. Modified.
   * @param learningRate the rate of this step
   * @throws IllegalArgumentException if the sizes differ or the state has the wrong number of slots
   */
  void step(
      float[] parameters,
      float[] gradient,
      GradientSupport support,
      OptimizerState state,
      double learningRate);

  /**
   * Returns whether a parameter whose gradient is zero stays where it is, so that leaving it out is
   * the same rule.
   */
  boolean restsWithoutGradient();

  /**
   * Gradient descent.
   *
   * <pre>
   *   momentum 0:  p = p - lr g
   *   momentum:    m = momentum m - lr g,  p = p + m
   *   nesterov:    m = momentum m - lr g,  p = p + momentum m - lr g
   * </pre>
   *
   * <p>Slot 0: m, present when momentum is not 0. Keras: {@code SGD}.
   *
   * @param momentum in [0, 1]
   * @param nesterov whether the momentum looks ahead
   */
  record Sgd(double momentum, boolean nesterov) implements OptimizerSpec {
    public Sgd {
      Require.fraction("momentum", momentum);
    }

    /** Returns plain gradient descent, Keras's default. */
    public static Sgd defaults() {
      return new Sgd(0, false);
    }

    @Override
    public int slots() {
      return momentum == 0 ? 0 : 1;
    }

    @Override
    public boolean restsWithoutGradient() {
      return momentum == 0;
    }

    @Override
    public void step(
        float[] parameters,
        float[] gradient,
        GradientSupport support,
        OptimizerState state,
        double learningRate) {
      state.begin(this, parameters, gradient, support);
      if (momentum == 0) {
        SgdLoops.plain(parameters, gradient, support, learningRate);
      } else if (nesterov) {
        SgdLoops.nesterov(parameters, gradient, support, state.slot(0), learningRate, momentum);
      } else {
        SgdLoops.momentum(parameters, gradient, support, state.slot(0), learningRate, momentum);
      }
    }
  }

  /**
   * RMSprop, not centred.
   *
   * <pre>
   *   v = rho v + (1 - rho) g^2
   *   momentum 0:  p = p - lr g / sqrt(v + epsilon)
   *   momentum:    m = momentum m + lr g / sqrt(v + epsilon),  p = p - m
   * </pre>
   *
   * <p>Slot 0: v; slot 1: m, present when momentum is not 0. Keras: {@code RMSprop}.
   *
   * @param rho decay of the second moment, in [0, 1)
   * @param momentum in [0, 1]
   * @param epsilon added under the root, more than 0
   */
  record RmsProp(double rho, double momentum, double epsilon) implements OptimizerSpec {
    public RmsProp {
      Require.rate("rho", rho);
      Require.fraction("momentum", momentum);
      Require.positive("epsilon", epsilon);
    }

    /** Returns Keras's defaults: rho 0.9, no momentum, epsilon 1e-7. */
    public static RmsProp defaults() {
      return new RmsProp(0.9, 0, 1e-7);
    }

    @Override
    public int slots() {
      return momentum == 0 ? 1 : 2;
    }

    @Override
    public boolean restsWithoutGradient() {
      return momentum == 0;
    }

    @Override
    public void step(
        float[] parameters,
        float[] gradient,
        GradientSupport support,
        OptimizerState state,
        double learningRate) {
      state.begin(this, parameters, gradient, support);
      if (momentum == 0) {
        RmsPropLoops.plain(this, parameters, gradient, support, state.slot(0), learningRate);
      } else {
        RmsPropLoops.momentum(this, parameters, gradient, support, state, learningRate);
      }
    }
  }

  /**
   * Adam, with the bias correction in the rate.
   *
   * <pre>
   *   alpha = lr sqrt(1 - beta2^t) / (1 - beta1^t)       t = 1 for the first step
   *   m = m + (g - m) (1 - beta1)
   *   v = v + (g^2 - v) (1 - beta2)
   *   p = p - alpha m / (sqrt(v) + epsilon)
   * </pre>
   *
   * <p>Slot 0: m; slot 1: v. Keras: {@code Adam}.
   *
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in [0, 1)
   * @param epsilon added to the root, more than 0
   * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, 2015</a>
   */
  record Adam(double beta1, double beta2, double epsilon) implements OptimizerSpec {
    public Adam {
      Require.rate("beta1", beta1);
      Require.rate("beta2", beta2);
      Require.positive("epsilon", epsilon);
    }

    /** Returns Keras's defaults: beta1 0.9, beta2 0.999, epsilon 1e-7. */
    public static Adam defaults() {
      return new Adam(0.9, 0.999, 1e-7);
    }

    @Override
    public int slots() {
      return 2;
    }

    @Override
    public boolean restsWithoutGradient() {
      return false;
    }

    @Override
    public void step(
        float[] parameters,
        float[] gradient,
        GradientSupport support,
        OptimizerState state,
        double learningRate) {
      state.begin(this, parameters, gradient, support);
      AdamLoops.step(this, parameters, gradient, support, state, learningRate);
    }
  }

  /**
   * Adam with decoupled weight decay: {@code p = p - lr weightDecay p}, then Adam's step.
   *
   * <p>Every parameter decays, biases and embeddings included, as in Keras. Slots as {@link Adam}.
   * Keras: {@code AdamW}.
   *
   * @param beta1 decay of the first moment, in [0, 1)
   * @param beta2 decay of the second moment, in [0, 1)
   * @param epsilon added to the root, more than 0
   * @param weightDecay decay per step and unit of learning rate, 0 or more
   * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, 2019</a>
   */
  record AdamW(double beta1, double beta2, double epsilon, double weightDecay)
      implements OptimizerSpec {
    public AdamW {
      Require.rate("beta1", beta1);
      Require.rate("beta2", beta2);
      Require.positive("epsilon", epsilon);
      Require.notNegative("weightDecay", weightDecay);
    }

    /** Returns Keras's defaults: beta1 0.9, beta2 0.999, epsilon 1e-7, weight decay 0.004. */
    public static AdamW defaults() {
      return new AdamW(0.9, 0.999, 1e-7, 0.004);
    }

    @Override
    public int slots() {
      return 2;
    }

    @Override
    public boolean restsWithoutGradient() {
      return false;
    }

    @Override
    public void step(
        float[] parameters,
        float[] gradient,
        GradientSupport support,
        OptimizerState state,
        double learningRate) {
      state.begin(this, parameters, gradient, support);
      AdamLoops.decay(parameters, support, learningRate, weightDecay);
      AdamLoops.step(
          new Adam(beta1, beta2, epsilon), parameters, gradient, support, state, learningRate);
    }
  }
}
