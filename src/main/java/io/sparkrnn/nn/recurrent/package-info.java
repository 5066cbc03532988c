/**
 * The inside of a recurrent layer: cells, how the input reaches them, the sweeps through time and
 * their scratch.
 *
 * <p>A room of {@code nn}, which alone uses it, through {@link
 * io.sparkrnn.nn.recurrent.SequenceLayer}, {@link io.sparkrnn.nn.recurrent.LayerTape} and {@link
 * io.sparkrnn.nn.recurrent.Features}. It knows specifications, batches and states of {@code nn},
 * and neither networks nor heads.
 *
 * <p>How to read it: {@link io.sparkrnn.nn.recurrent.Cell} has the equations of a step; {@link
 * io.sparkrnn.nn.recurrent.ForwardSweep} and {@link io.sparkrnn.nn.recurrent.BackwardSweep} take it
 * through time; an {@link io.sparkrnn.nn.recurrent.InputProjection} brings x(t) and h(t-1) to it
 * and the derivatives back; {@link io.sparkrnn.nn.recurrent.RecurrentTape} says what is kept
 * between the two and who writes it.
 *
 * <pre>
 *   forward    a(t) = x(t) Wx + h(t-1) Wh + b     InputProjection.forward, Cell.multiply
 *              h(t), c(t) from a(t), c(t-1)       Cell.forward
 *   backward   da(t) from dh(t), dc(t)            Cell.backward
 *              dh(t-1) = da(t) Wh', dx(t)         InputProjection.backward
 *              dWh += h' da, dWx += x' da         InputProjection.addGradient
 * </pre>
 */
package io.sparkrnn.nn.recurrent;
