package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.ROUNDS;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Rounds: how shards train side by side and are averaged.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface RoundsParams<S extends RoundsParams<S>> extends FluentParams<S> {
  /**
   * Logical shards trained side by side, or auto to choose by rows, steps and weights; part of the
   * result, unlike executors and cores.
   */
  default IntParam shards() { return ROUNDS.param(this, "shards"); }
  /** Returns {@link #shards}. */
  default int getShards() { return (int) getOrDefault(shards()); }
  /** Sets {@link #shards}. */
  default S setShards(int value) { return with(shards(), value); }

  /** Local steps between two averagings, 0 for one averaging per epoch. */
  default IntParam batchesPerRound() { return ROUNDS.param(this, "batchesPerRound"); }
  /** Returns {@link #batchesPerRound}. */
  default int getBatchesPerRound() { return (int) getOrDefault(batchesPerRound()); }
  /** Sets {@link #batchesPerRound}. */
  default S setBatchesPerRound(int value) { return with(batchesPerRound(), value); }

  /** What is done with the mean of the shards: mean (taken as it is) or nesterov (momentum). */
  default Param<String> outerUpdate() { return ROUNDS.param(this, "outerUpdate"); }
  /** Returns {@link #outerUpdate}. */
  default String getOuterUpdate() { return getOrDefault(outerUpdate()); }
  /** Sets {@link #outerUpdate}. */
  default S setOuterUpdate(String value) { return with(outerUpdate(), value); }

  /** Momentum of outerUpdate nesterov. */
  default DoubleParam outerMomentum() { return ROUNDS.param(this, "outerMomentum"); }
  /** Returns {@link #outerMomentum}. */
  default double getOuterMomentum() { return (double) getOrDefault(outerMomentum()); }
  /** Sets {@link #outerMomentum}. */
  default S setOuterMomentum(double value) { return with(outerMomentum(), value); }

  /** 1: the driver sums the shards itself; 2 or more: executors first sum groups of shards. */
  default IntParam aggregationDepth() { return ROUNDS.param(this, "aggregationDepth"); }
  /** Returns {@link #aggregationDepth}. */
  default int getAggregationDepth() { return (int) getOrDefault(aggregationDepth()); }
  /** Sets {@link #aggregationDepth}. */
  default S setAggregationDepth(int value) { return with(aggregationDepth(), value); }
}
// spotless:on
