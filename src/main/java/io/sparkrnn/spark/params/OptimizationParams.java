package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.OPTIMIZATION;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Optimization: how a gradient moves the parameters.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface OptimizationParams<S extends OptimizationParams<S>> extends FluentParams<S> {
  /** Sgd, rmsprop, adam or adamw. */
  default Param<String> optimizer() { return OPTIMIZATION.param(this, "optimizer"); }
  /** Returns {@link #optimizer}. */
  default String getOptimizer() { return getOrDefault(optimizer()); }
  /** Sets {@link #optimizer}. */
  default S setOptimizer(String value) { return with(optimizer(), value); }

  /** Learning rate; unless set, 0.01 for sgd. */
  default DoubleParam stepSize() { return OPTIMIZATION.param(this, "stepSize"); }
  /** Returns {@link #stepSize}. */
  default double getStepSize() { return (double) getOrDefault(stepSize()); }
  /** Sets {@link #stepSize}. */
  default S setStepSize(double value) { return with(stepSize(), value); }

  /** Momentum of sgd and rmsprop. */
  default DoubleParam momentum() { return OPTIMIZATION.param(this, "momentum"); }
  /** Returns {@link #momentum}. */
  default double getMomentum() { return (double) getOrDefault(momentum()); }
  /** Sets {@link #momentum}. */
  default S setMomentum(double value) { return with(momentum(), value); }

  /** Sgd only: Nesterov momentum. */
  default BooleanParam nesterov() { return OPTIMIZATION.param(this, "nesterov"); }
  /** Returns {@link #nesterov}. */
  default boolean getNesterov() { return (boolean) getOrDefault(nesterov()); }
  /** Sets {@link #nesterov}. */
  default S setNesterov(boolean value) { return with(nesterov(), value); }

  /** Rmsprop: decay of the mean square. */
  default DoubleParam rho() { return OPTIMIZATION.param(this, "rho"); }
  /** Returns {@link #rho}. */
  default double getRho() { return (double) getOrDefault(rho()); }
  /** Sets {@link #rho}. */
  default S setRho(double value) { return with(rho(), value); }

  /** Adam and adamw: decay of the first moment. */
  default DoubleParam beta1() { return OPTIMIZATION.param(this, "beta1"); }
  /** Returns {@link #beta1}. */
  default double getBeta1() { return (double) getOrDefault(beta1()); }
  /** Sets {@link #beta1}. */
  default S setBeta1(double value) { return with(beta1(), value); }

  /** Adam and adamw: decay of the second moment. */
  default DoubleParam beta2() { return OPTIMIZATION.param(this, "beta2"); }
  /** Returns {@link #beta2}. */
  default double getBeta2() { return (double) getOrDefault(beta2()); }
  /** Sets {@link #beta2}. */
  default S setBeta2(double value) { return with(beta2(), value); }

  /** Rmsprop, adam and adamw: keeps the division finite. */
  default DoubleParam epsilon() { return OPTIMIZATION.param(this, "epsilon"); }
  /** Returns {@link #epsilon}. */
  default double getEpsilon() { return (double) getOrDefault(epsilon()); }
  /** Sets {@link #epsilon}. */
  default S setEpsilon(double value) { return with(epsilon(), value); }

  /** Adamw only: decay of the parameters per step and learning rate. */
  default DoubleParam weightDecay() { return OPTIMIZATION.param(this, "weightDecay"); }
  /** Returns {@link #weightDecay}. */
  default double getWeightDecay() { return (double) getOrDefault(weightDecay()); }
  /** Sets {@link #weightDecay}. */
  default S setWeightDecay(double value) { return with(weightDecay(), value); }

  /** Learning rate over time: constant, exponential or cosine. */
  default Param<String> schedule() { return OPTIMIZATION.param(this, "schedule"); }
  /** Returns {@link #schedule}. */
  default String getSchedule() { return getOrDefault(schedule()); }
  /** Sets {@link #schedule}. */
  default S setSchedule(String value) { return with(schedule(), value); }

  /** Exponential: factor reached after decayEpochs. */
  default DoubleParam decayRate() { return OPTIMIZATION.param(this, "decayRate"); }
  /** Returns {@link #decayRate}. */
  default double getDecayRate() { return (double) getOrDefault(decayRate()); }
  /** Sets {@link #decayRate}. */
  default S setDecayRate(double value) { return with(decayRate(), value); }

  /** Cosine: factor reached after decayEpochs. */
  default DoubleParam alpha() { return OPTIMIZATION.param(this, "alpha"); }
  /** Returns {@link #alpha}. */
  default double getAlpha() { return (double) getOrDefault(alpha()); }
  /** Sets {@link #alpha}. */
  default S setAlpha(double value) { return with(alpha(), value); }

  /** Epochs the schedule takes to decay, 0 for all after the warm-up. */
  default DoubleParam decayEpochs() { return OPTIMIZATION.param(this, "decayEpochs"); }
  /** Returns {@link #decayEpochs}. */
  default double getDecayEpochs() { return (double) getOrDefault(decayEpochs()); }
  /** Sets {@link #decayEpochs}. */
  default S setDecayEpochs(double value) { return with(decayEpochs(), value); }

  /** Epochs over which the learning rate rises from 0. */
  default DoubleParam warmUpEpochs() { return OPTIMIZATION.param(this, "warmUpEpochs"); }
  /** Returns {@link #warmUpEpochs}. */
  default double getWarmUpEpochs() { return (double) getOrDefault(warmUpEpochs()); }
  /** Sets {@link #warmUpEpochs}. */
  default S setWarmUpEpochs(double value) { return with(warmUpEpochs(), value); }

  /** Epochs without a better loss before the learning rate is reduced, 0 for never. */
  default IntParam plateauPatience() { return OPTIMIZATION.param(this, "plateauPatience"); }
  /** Returns {@link #plateauPatience}. */
  default int getPlateauPatience() { return (int) getOrDefault(plateauPatience()); }
  /** Sets {@link #plateauPatience}. */
  default S setPlateauPatience(int value) { return with(plateauPatience(), value); }

  /** What a plateau of the loss multiplies the learning rate by. */
  default DoubleParam plateauFactor() { return OPTIMIZATION.param(this, "plateauFactor"); }
  /** Returns {@link #plateauFactor}. */
  default double getPlateauFactor() { return (double) getOrDefault(plateauFactor()); }
  /** Sets {@link #plateauFactor}. */
  default S setPlateauFactor(double value) { return with(plateauFactor(), value); }

  /** What the loss has to fall by, at least, to be better. */
  default DoubleParam plateauMinDelta() { return OPTIMIZATION.param(this, "plateauMinDelta"); }
  /** Returns {@link #plateauMinDelta}. */
  default double getPlateauMinDelta() { return (double) getOrDefault(plateauMinDelta()); }
  /** Sets {@link #plateauMinDelta}. */
  default S setPlateauMinDelta(double value) { return with(plateauMinDelta(), value); }

  /** Epochs after a reduction of the learning rate that are not watched. */
  default IntParam plateauCooldown() { return OPTIMIZATION.param(this, "plateauCooldown"); }
  /** Returns {@link #plateauCooldown}. */
  default int getPlateauCooldown() { return (int) getOrDefault(plateauCooldown()); }
  /** Sets {@link #plateauCooldown}. */
  default S setPlateauCooldown(int value) { return with(plateauCooldown(), value); }

  /** Plateaus do not reduce the learning rate below this. */
  default DoubleParam minLearningRate() { return OPTIMIZATION.param(this, "minLearningRate"); }
  /** Returns {@link #minLearningRate}. */
  default double getMinLearningRate() { return (double) getOrDefault(minLearningRate()); }
  /** Sets {@link #minLearningRate}. */
  default S setMinLearningRate(double value) { return with(minLearningRate(), value); }

  /** Largest absolute entry of the gradient, 0 for no limit. */
  default DoubleParam clipvalue() { return OPTIMIZATION.param(this, "clipvalue"); }
  /** Returns {@link #clipvalue}. */
  default double getClipvalue() { return (double) getOrDefault(clipvalue()); }
  /** Sets {@link #clipvalue}. */
  default S setClipvalue(double value) { return with(clipvalue(), value); }

  /** Largest norm of one variable's gradient, 0 for no limit. */
  default DoubleParam clipnorm() { return OPTIMIZATION.param(this, "clipnorm"); }
  /** Returns {@link #clipnorm}. */
  default double getClipnorm() { return (double) getOrDefault(clipnorm()); }
  /** Sets {@link #clipnorm}. */
  default S setClipnorm(double value) { return with(clipnorm(), value); }

  /** Largest norm of the whole gradient, 0 for no limit. */
  default DoubleParam globalClipnorm() { return OPTIMIZATION.param(this, "globalClipnorm"); }
  /** Returns {@link #globalClipnorm}. */
  default double getGlobalClipnorm() { return (double) getOrDefault(globalClipnorm()); }
  /** Sets {@link #globalClipnorm}. */
  default S setGlobalClipnorm(double value) { return with(globalClipnorm(), value); }

  /**
   * Momentum of the moving average of the weights, which is evaluated and becomes the model; 0 for
   * none.
   */
  default DoubleParam emaMomentum() { return OPTIMIZATION.param(this, "emaMomentum"); }
  /** Returns {@link #emaMomentum}. */
  default double getEmaMomentum() { return (double) getOrDefault(emaMomentum()); }
  /** Sets {@link #emaMomentum}. */
  default S setEmaMomentum(double value) { return with(emaMomentum(), value); }

  /**
   * Examples that the moving average remembers, whatever batches and shards: sets emaMomentum; 0 to
   * leave it.
   */
  default IntParam emaExamples() { return OPTIMIZATION.param(this, "emaExamples"); }
  /** Returns {@link #emaExamples}. */
  default int getEmaExamples() { return (int) getOrDefault(emaExamples()); }
  /** Sets {@link #emaExamples}. */
  default S setEmaExamples(int value) { return with(emaExamples(), value); }

  /**
   * Steps that a gradient goes back in time at most, in segments counted from each sequence's end;
   * 0 for all.
   */
  default IntParam truncatedSteps() { return OPTIMIZATION.param(this, "truncatedSteps"); }
  /** Returns {@link #truncatedSteps}. */
  default int getTruncatedSteps() { return (int) getOrDefault(truncatedSteps()); }
  /** Sets {@link #truncatedSteps}. */
  default S setTruncatedSteps(int value) { return with(truncatedSteps(), value); }
}
// spotless:on
