package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.RUN;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;

// spotless:off
/**
 * The run as a whole.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface RunParams<S extends RunParams<S>> extends FluentParams<S> {
  /** Batches between two samples of the gradient norm by time step, 0 for none. */
  default IntParam monitorEvery() { return RUN.param(this, "monitorEvery"); }
  /** Returns {@link #monitorEvery}. */
  default int getMonitorEvery() { return (int) getOrDefault(monitorEvery()); }
  /** Sets {@link #monitorEvery}. */
  default S setMonitorEvery(int value) { return with(monitorEvery(), value); }

  /** Seed of everything random. */
  default LongParam seed() { return RUN.param(this, "seed"); }
  /** Returns {@link #seed}. */
  default long getSeed() { return (long) getOrDefault(seed()); }
  /** Sets {@link #seed}. */
  default S setSeed(long value) { return with(seed(), value); }
}
// spotless:on
