package io.sparkrnn.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;

/**
 * Parameters of the reduction of the learning rate when the loss stops falling.
 *
 * @param <S> the class that has the parameters
 */
public interface PlateauParams<S extends PlateauParams<S>> extends FluentParams<S> {
  /** Epochs without a better loss before the learning rate is reduced, 0 for never. */
  default IntParam plateauPatience() {
    return new IntParam(
        this,
        "plateauPatience",
        "epochs without a better loss before the learning rate is reduced, 0 for never",
        ParamRules.atLeast("plateauPatience", 0));
  }

  /** Returns {@link #plateauPatience}. */
  default int getPlateauPatience() {
    return (int) getOrDefault(plateauPatience());
  }

  /** Sets {@link #plateauPatience}. */
  default S setPlateauPatience(int value) {
    return with(plateauPatience(), value);
  }

  /** What a plateau of the loss multiplies the learning rate by. */
  default DoubleParam plateauFactor() {
    return new DoubleParam(
        this,
        "plateauFactor",
        "what a plateau of the loss multiplies the learning rate by",
        ParamRules.between("plateauFactor", 0, 1));
  }

  /** Returns {@link #plateauFactor}. */
  default double getPlateauFactor() {
    return (double) getOrDefault(plateauFactor());
  }

  /** Sets {@link #plateauFactor}. */
  default S setPlateauFactor(double value) {
    return with(plateauFactor(), value);
  }

  /** What the loss has to fall by, at least, to be better. */
  default DoubleParam plateauMinDelta() {
    return new DoubleParam(
        this,
        "plateauMinDelta",
        "what the loss has to fall by, at least, to be better",
        ParamRules.atLeast("plateauMinDelta", 0.0));
  }

  /** Returns {@link #plateauMinDelta}. */
  default double getPlateauMinDelta() {
    return (double) getOrDefault(plateauMinDelta());
  }

  /** Sets {@link #plateauMinDelta}. */
  default S setPlateauMinDelta(double value) {
    return with(plateauMinDelta(), value);
  }

  /** Epochs after a reduction of the learning rate that are not watched. */
  default IntParam plateauCooldown() {
    return new IntParam(
        this,
        "plateauCooldown",
        "epochs after a reduction of the learning rate that are not watched",
        ParamRules.atLeast("plateauCooldown", 0));
  }

  /** Returns {@link #plateauCooldown}. */
  default int getPlateauCooldown() {
    return (int) getOrDefault(plateauCooldown());
  }

  /** Sets {@link #plateauCooldown}. */
  default S setPlateauCooldown(int value) {
    return with(plateauCooldown(), value);
  }

  /** Plateaus do not reduce the learning rate below this. */
  default DoubleParam minLearningRate() {
    return new DoubleParam(
        this,
        "minLearningRate",
        "plateaus do not reduce the learning rate below this",
        ParamRules.atLeast("minLearningRate", 0.0));
  }

  /** Returns {@link #minLearningRate}. */
  default double getMinLearningRate() {
    return (double) getOrDefault(minLearningRate());
  }

  /** Sets {@link #minLearningRate}. */
  default S setMinLearningRate(double value) {
    return with(minLearningRate(), value);
  }
}
