package io.sparkrnn.spark;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/**
 * Parameters of the training as a whole: epochs, batches, shards, validation.
 *
 * @param <S> the class that has the parameters
 */
public interface TrainingParams<S extends TrainingParams<S>> extends FluentParams<S> {
  /** Number of epochs. */
  default IntParam maxIter() {
    return new IntParam(this, "maxIter", "number of epochs", ParamRules.atLeast("maxIter", 1));
  }

  /** Returns {@link #maxIter}. */
  default int getMaxIter() {
    return (int) getOrDefault(maxIter());
  }

  /** Sets {@link #maxIter}. */
  default S setMaxIter(int value) {
    return with(maxIter(), value);
  }

  /**
   * Examples that are computed together, per shard; one local step, unless accumulateBatches is
   * more than 1.
   */
  default IntParam batchSize() {
    return new IntParam(
        this,
        "batchSize",
        "examples that are computed together, per shard; one local step, unless accumulateBatches is more than 1",
        ParamRules.atLeast("batchSize", 1));
  }

  /** Returns {@link #batchSize}. */
  default int getBatchSize() {
    return (int) getOrDefault(batchSize());
  }

  /** Sets {@link #batchSize}. */
  default S setBatchSize(int value) {
    return with(batchSize(), value);
  }

  /** Local steps between two averagings, 0 for one averaging per epoch. */
  default IntParam batchesPerRound() {
    return new IntParam(
        this,
        "batchesPerRound",
        "local steps between two averagings, 0 for one averaging per epoch",
        ParamRules.atLeast("batchesPerRound", 0));
  }

  /** Returns {@link #batchesPerRound}. */
  default int getBatchesPerRound() {
    return (int) getOrDefault(batchesPerRound());
  }

  /** Sets {@link #batchesPerRound}. */
  default S setBatchesPerRound(int value) {
    return with(batchesPerRound(), value);
  }

  /** Logical shards trained side by side; part of the result, unlike executors and cores. */
  default IntParam shards() {
    return new IntParam(
        this,
        "shards",
        "logical shards trained side by side; part of the result, unlike executors and cores",
        ParamRules.atLeast("shards", 1));
  }

  /** Returns {@link #shards}. */
  default int getShards() {
    return (int) getOrDefault(shards());
  }

  /** Sets {@link #shards}. */
  default S setShards(int value) {
    return with(shards(), value);
  }

  /** Steps whose rows are sorted by length together, 0 for no sorting. */
  default IntParam poolBatches() {
    return new IntParam(
        this,
        "poolBatches",
        "steps whose rows are sorted by length together, 0 for no sorting",
        ParamRules.atLeast("poolBatches", 0));
  }

  /** Returns {@link #poolBatches}. */
  default int getPoolBatches() {
    return (int) getOrDefault(poolBatches());
  }

  /** Sets {@link #poolBatches}. */
  default S setPoolBatches(int value) {
    return with(poolBatches(), value);
  }

  /** What is done with the mean of the shards: mean (taken as it is) or nesterov (momentum). */
  default Param<String> outerUpdate() {
    return new Param<>(
        this,
        "outerUpdate",
        "what is done with the mean of the shards: mean (taken as it is) or nesterov (momentum)",
        ParamRules.oneOf("outerUpdate", "mean", "nesterov"));
  }

  /** Returns {@link #outerUpdate}. */
  default String getOuterUpdate() {
    return getOrDefault(outerUpdate());
  }

  /** Sets {@link #outerUpdate}. */
  default S setOuterUpdate(String value) {
    return with(outerUpdate(), value);
  }

  /** Momentum of outerUpdate nesterov; 1 - 1/shards is a good first try. */
  default DoubleParam outerMomentum() {
    return new DoubleParam(
        this,
        "outerMomentum",
        "momentum of outerUpdate nesterov; 1 - 1/shards is a good first try",
        ParamRules.rate("outerMomentum"));
  }

  /** Returns {@link #outerMomentum}. */
  default double getOuterMomentum() {
    return (double) getOrDefault(outerMomentum());
  }

  /** Sets {@link #outerMomentum}. */
  default S setOuterMomentum(double value) {
    return with(outerMomentum(), value);
  }

  /** Boolean column that marks validation rows; none when empty. */
  default Param<String> validationIndicatorCol() {
    return new Param<>(
        this,
        "validationIndicatorCol",
        "boolean column that marks validation rows; none when empty");
  }

  /** Returns {@link #validationIndicatorCol}. */
  default String getValidationIndicatorCol() {
    return getOrDefault(validationIndicatorCol());
  }

  /** Sets {@link #validationIndicatorCol}. */
  default S setValidationIndicatorCol(String value) {
    return with(validationIndicatorCol(), value);
  }

  /**
   * Fraction of the rows held out for validation, by a seeded hash of ids and label; equal rows
   * stay together.
   */
  default DoubleParam validationSplit() {
    return new DoubleParam(
        this,
        "validationSplit",
        "fraction of the rows held out for validation, by a seeded hash of ids and label; equal rows stay together",
        ParamRules.rate("validationSplit"));
  }

  /** Returns {@link #validationSplit}. */
  default double getValidationSplit() {
    return (double) getOrDefault(validationSplit());
  }

  /** Sets {@link #validationSplit}. */
  default S setValidationSplit(double value) {
    return with(validationSplit(), value);
  }

  /**
   * Epochs without a better validation loss before training stops and the best weights return, 0
   * for never.
   */
  default IntParam patience() {
    return new IntParam(
        this,
        "patience",
        "epochs without a better validation loss before training stops and the best weights return, 0 for never",
        ParamRules.atLeast("patience", 0));
  }

  /** Returns {@link #patience}. */
  default int getPatience() {
    return (int) getOrDefault(patience());
  }

  /** Sets {@link #patience}. */
  default S setPatience(int value) {
    return with(patience(), value);
  }

  /** Batches between two samples of the gradient norm by time step, 0 for none. */
  default IntParam monitorEvery() {
    return new IntParam(
        this,
        "monitorEvery",
        "batches between two samples of the gradient norm by time step, 0 for none",
        ParamRules.atLeast("monitorEvery", 0));
  }

  /** Returns {@link #monitorEvery}. */
  default int getMonitorEvery() {
    return (int) getOrDefault(monitorEvery());
  }

  /** Sets {@link #monitorEvery}. */
  default S setMonitorEvery(int value) {
    return with(monitorEvery(), value);
  }

  /** Largest fraction of refused rows that training accepts. */
  default DoubleParam maxRefusedFraction() {
    return new DoubleParam(
        this,
        "maxRefusedFraction",
        "largest fraction of refused rows that training accepts",
        ParamRules.fraction("maxRefusedFraction"));
  }

  /** Returns {@link #maxRefusedFraction}. */
  default double getMaxRefusedFraction() {
    return (double) getOrDefault(maxRefusedFraction());
  }

  /** Sets {@link #maxRefusedFraction}. */
  default S setMaxRefusedFraction(double value) {
    return with(maxRefusedFraction(), value);
  }

  /** Epochs between two checkpoints, -1 for none. */
  default IntParam checkpointInterval() {
    return new IntParam(
        this,
        "checkpointInterval",
        "epochs between two checkpoints, -1 for none",
        ParamRules.checkpointInterval("checkpointInterval"));
  }

  /** Returns {@link #checkpointInterval}. */
  default int getCheckpointInterval() {
    return (int) getOrDefault(checkpointInterval());
  }

  /** Sets {@link #checkpointInterval}. */
  default S setCheckpointInterval(int value) {
    return with(checkpointInterval(), value);
  }

  /** Directory of the checkpoint, on any Hadoop file system; none when empty. */
  default Param<String> checkpointDir() {
    return new Param<>(
        this,
        "checkpointDir",
        "directory of the checkpoint, on any Hadoop file system; none when empty");
  }

  /** Returns {@link #checkpointDir}. */
  default String getCheckpointDir() {
    return getOrDefault(checkpointDir());
  }

  /** Sets {@link #checkpointDir}. */
  default S setCheckpointDir(String value) {
    return with(checkpointDir(), value);
  }

  /** Whether to go on from the checkpoint in {@link #checkpointDir}, if there is one. */
  default BooleanParam resume() {
    return new BooleanParam(
        this,
        "resume",
        "whether to go on from the checkpoint that an unfinished training left, if there is one");
  }

  /** Returns {@link #resume}. */
  default boolean getResume() {
    return (boolean) getOrDefault(resume());
  }

  /** Sets {@link #resume}. */
  default S setResume(boolean value) {
    return with(resume(), value);
  }

  /** 1: the driver sums the shards itself; 2 or more: executors first sum groups of shards. */
  default IntParam aggregationDepth() {
    return new IntParam(
        this,
        "aggregationDepth",
        "1: the driver sums the shards itself; 2 or more: executors first sum groups of shards",
        ParamRules.atLeast("aggregationDepth", 1));
  }

  /** Returns {@link #aggregationDepth}. */
  default int getAggregationDepth() {
    return (int) getOrDefault(aggregationDepth());
  }

  /** Sets {@link #aggregationDepth}. */
  default S setAggregationDepth(int value) {
    return with(aggregationDepth(), value);
  }

  /** Seed of everything random. */
  default LongParam seed() {
    return new LongParam(this, "seed", "seed of everything random");
  }

  /** Returns {@link #seed}. */
  default long getSeed() {
    return (long) getOrDefault(seed());
  }

  /** Sets {@link #seed}. */
  default S setSeed(long value) {
    return with(seed(), value);
  }
}
