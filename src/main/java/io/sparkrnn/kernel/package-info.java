/**
 * Primitives on float arrays behind one facade, {@link io.sparkrnn.kernel.Kernels}; first in the
 * order of packages.
 *
 * <p>The vector implementation (JDK Vector API) and the portable one compute the same bits: every
 * output element accumulates over k in ascending order by fused multiply-add, and activations are
 * rational functions of multiplication, fused multiply-add and division.
 */
package io.sparkrnn.kernel;
