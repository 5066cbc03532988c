/**
 * Optimizers, gradient clipping and learning-rate schedules over flat arrays, with the formulas and
 * defaults of Keras 3.
 *
 * <p>Second in the order of packages: it knows nothing of networks, text or Spark. Specifications
 * are immutable and serializable; what changes from step to step stands in {@link
 * io.sparkrnn.optim.OptimizerState}. Every loop is element by element in one order, so that a run
 * gives the same bits interpreted and compiled.
 */
package io.sparkrnn.optim;
