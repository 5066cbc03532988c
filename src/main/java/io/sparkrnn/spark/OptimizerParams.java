package io.sparkrnn.spark;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;

/**
 * Parameters of the local steps: optimizer, clipping, learning-rate schedule.
 *
 * @param <S> the class that has the parameters
 */
public interface OptimizerParams<S extends OptimizerParams<S>> extends FluentParams<S> {
  /** Sgd, rmsprop, adam or adamw. */
  default Param<String> optimizer() {
    return new Param<>(
        this,
        "optimizer",
        "sgd, rmsprop, adam or adamw",
        ParamRules.oneOf("optimizer", "sgd", "rmsprop", "adam", "adamw"));
  }

  /** Returns {@link #optimizer}. */
  default String getOptimizer() {
    return getOrDefault(optimizer());
  }

  /** Sets {@link #optimizer}. */
  default S setOptimizer(String value) {
    return with(optimizer(), value);
  }

  /** Learning rate; unless set, Keras's default for the optimizer, which is 0.01 for sgd. */
  default DoubleParam stepSize() {
    return new DoubleParam(
        this,
        "stepSize",
        "learning rate; unless set, 0.01 for sgd",
        ParamRules.above("stepSize", 0));
  }

  /** Returns {@link #stepSize}, or the optimizer's default when it is not set. */
  default double getStepSize() {
    return isSet(stepSize())
        ? (double) getOrDefault(stepSize())
        : TrainingSetup.learningRate(getOptimizer());
  }

  /** Sets {@link #stepSize}. */
  default S setStepSize(double value) {
    return with(stepSize(), value);
  }

  /** Momentum of sgd and rmsprop. */
  default DoubleParam momentum() {
    return new DoubleParam(
        this, "momentum", "momentum of sgd and rmsprop", ParamRules.rate("momentum"));
  }

  /** Returns {@link #momentum}. */
  default double getMomentum() {
    return (double) getOrDefault(momentum());
  }

  /** Sets {@link #momentum}. */
  default S setMomentum(double value) {
    return with(momentum(), value);
  }

  /** Sgd only: Nesterov momentum. */
  default BooleanParam nesterov() {
    return new BooleanParam(this, "nesterov", "sgd only: Nesterov momentum");
  }

  /** Returns {@link #nesterov}. */
  default boolean getNesterov() {
    return (boolean) getOrDefault(nesterov());
  }

  /** Sets {@link #nesterov}. */
  default S setNesterov(boolean value) {
    return with(nesterov(), value);
  }

  /** Rmsprop: decay of the mean square. */
  default DoubleParam rho() {
    return new DoubleParam(
        this, "rho", "rmsprop: decay of the mean square", ParamRules.rate("rho"));
  }

  /** Returns {@link #rho}. */
  default double getRho() {
    return (double) getOrDefault(rho());
  }

  /** Sets {@link #rho}. */
  default S setRho(double value) {
    return with(rho(), value);
  }

  /** Adam and adamw: decay of the first moment. */
  default DoubleParam beta1() {
    return new DoubleParam(
        this, "beta1", "adam and adamw: decay of the first moment", ParamRules.rate("beta1"));
  }

  /** Returns {@link #beta1}. */
  default double getBeta1() {
    return (double) getOrDefault(beta1());
  }

  /** Sets {@link #beta1}. */
  default S setBeta1(double value) {
    return with(beta1(), value);
  }

  /** Adam and adamw: decay of the second moment. */
  default DoubleParam beta2() {
    return new DoubleParam(
        this, "beta2", "adam and adamw: decay of the second moment", ParamRules.rate("beta2"));
  }

  /** Returns {@link #beta2}. */
  default double getBeta2() {
    return (double) getOrDefault(beta2());
  }

  /** Sets {@link #beta2}. */
  default S setBeta2(double value) {
    return with(beta2(), value);
  }

  /** Rmsprop, adam and adamw: keeps the division finite. */
  default DoubleParam epsilon() {
    return new DoubleParam(
        this,
        "epsilon",
        "rmsprop, adam and adamw: keeps the division finite",
        ParamRules.above("epsilon", 0));
  }

  /** Returns {@link #epsilon}. */
  default double getEpsilon() {
    return (double) getOrDefault(epsilon());
  }

  /** Sets {@link #epsilon}. */
  default S setEpsilon(double value) {
    return with(epsilon(), value);
  }

  /** Adamw only: decay of the parameters per step and learning rate. */
  default DoubleParam weightDecay() {
    return new DoubleParam(
        this,
        "weightDecay",
        "adamw only: decay of the parameters per step and learning rate",
        ParamRules.atLeast("weightDecay", 0.0));
  }

  /** Returns {@link #weightDecay}. */
  default double getWeightDecay() {
    return (double) getOrDefault(weightDecay());
  }

  /** Sets {@link #weightDecay}. */
  default S setWeightDecay(double value) {
    return with(weightDecay(), value);
  }

  /** Largest absolute entry of the gradient, 0 for no limit. */
  default DoubleParam clipvalue() {
    return new DoubleParam(
        this,
        "clipvalue",
        "largest absolute entry of the gradient, 0 for no limit",
        ParamRules.atLeast("clipvalue", 0.0));
  }

  /** Returns {@link #clipvalue}. */
  default double getClipvalue() {
    return (double) getOrDefault(clipvalue());
  }

  /** Sets {@link #clipvalue}. */
  default S setClipvalue(double value) {
    return with(clipvalue(), value);
  }

  /** Largest norm of one variable's gradient, 0 for no limit. */
  default DoubleParam clipnorm() {
    return new DoubleParam(
        this,
        "clipnorm",
        "largest norm of one variable's gradient, 0 for no limit",
        ParamRules.atLeast("clipnorm", 0.0));
  }

  /** Returns {@link #clipnorm}. */
  default double getClipnorm() {
    return (double) getOrDefault(clipnorm());
  }

  /** Sets {@link #clipnorm}. */
  default S setClipnorm(double value) {
    return with(clipnorm(), value);
  }

  /** Largest norm of the whole gradient, 0 for no limit. */
  default DoubleParam globalClipnorm() {
    return new DoubleParam(
        this,
        "globalClipnorm",
        "largest norm of the whole gradient, 0 for no limit",
        ParamRules.atLeast("globalClipnorm", 0.0));
  }

  /** Returns {@link #globalClipnorm}. */
  default double getGlobalClipnorm() {
    return (double) getOrDefault(globalClipnorm());
  }

  /** Sets {@link #globalClipnorm}. */
  default S setGlobalClipnorm(double value) {
    return with(globalClipnorm(), value);
  }

  /** Learning rate over time: constant, exponential or cosine. */
  default Param<String> schedule() {
    return new Param<>(
        this,
        "schedule",
        "learning rate over time: constant, exponential or cosine",
        ParamRules.oneOf("schedule", "constant", "exponential", "cosine"));
  }

  /** Returns {@link #schedule}. */
  default String getSchedule() {
    return getOrDefault(schedule());
  }

  /** Sets {@link #schedule}. */
  default S setSchedule(String value) {
    return with(schedule(), value);
  }

  /** Exponential: factor reached after decayEpochs. */
  default DoubleParam decayRate() {
    return new DoubleParam(
        this,
        "decayRate",
        "exponential: factor reached after decayEpochs",
        ParamRules.above("decayRate", 0));
  }

  /** Returns {@link #decayRate}. */
  default double getDecayRate() {
    return (double) getOrDefault(decayRate());
  }

  /** Sets {@link #decayRate}. */
  default S setDecayRate(double value) {
    return with(decayRate(), value);
  }

  /** Cosine: factor reached after decayEpochs. */
  default DoubleParam alpha() {
    return new DoubleParam(
        this, "alpha", "cosine: factor reached after decayEpochs", ParamRules.fraction("alpha"));
  }

  /** Returns {@link #alpha}. */
  default double getAlpha() {
    return (double) getOrDefault(alpha());
  }

  /** Sets {@link #alpha}. */
  default S setAlpha(double value) {
    return with(alpha(), value);
  }

  /** Epochs the schedule takes to decay, 0 for all after the warm-up. */
  default DoubleParam decayEpochs() {
    return new DoubleParam(
        this,
        "decayEpochs",
        "epochs the schedule takes to decay, 0 for all after the warm-up",
        ParamRules.atLeast("decayEpochs", 0.0));
  }

  /** Returns {@link #decayEpochs}. */
  default double getDecayEpochs() {
    return (double) getOrDefault(decayEpochs());
  }

  /** Sets {@link #decayEpochs}. */
  default S setDecayEpochs(double value) {
    return with(decayEpochs(), value);
  }

  /** Epochs over which the learning rate rises from 0. */
  default DoubleParam warmUpEpochs() {
    return new DoubleParam(
        this,
        "warmUpEpochs",
        "epochs over which the learning rate rises from 0",
        ParamRules.atLeast("warmUpEpochs", 0.0));
  }

  /** Returns {@link #warmUpEpochs}. */
  default double getWarmUpEpochs() {
    return (double) getOrDefault(warmUpEpochs());
  }

  /** Sets {@link #warmUpEpochs}. */
  default S setWarmUpEpochs(double value) {
    return with(warmUpEpochs(), value);
  }
}
