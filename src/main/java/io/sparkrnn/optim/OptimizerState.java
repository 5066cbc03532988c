package io.sparkrnn.optim;

import io.sparkrnn.kernel.Require;
import java.io.Serializable;
import java.util.List;

/**
 * What an optimizer remembers between steps: the number of steps, its slots, each an array as long
 * as the parameters, and the moving average of the parameters if one is kept.
 *
 * <p>Mutable and owned by one thread at a time. Moments decay towards zero but never reach it: they
 * become subnormal floats, which x86 handles a hundred times slower, and stay there, since rounding
 * holds the smallest ones up. So every {@value #SWEEP} steps entries below 2^-100 (8e-31) are set
 * to zero, early enough that they are not subnormal before the next sweep. That is far below what
 * any usual epsilon lets through, and it depends on nothing but the number of steps.
 */
public final class OptimizerState implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int SWEEP = 16;

  /** Moments below this are taken for zero. */
  static final float NEGLIGIBLE = 0x1p-100f;

  private final float[][] slots;
  private final float[] average;
  private final int size;
  private long steps;

  private OptimizerState(float[][] slots, float[] average, int size, long steps) {
    this.slots = slots;
    this.average = average;
    this.size = size;
    this.steps = steps;
  }

  /**
   * Returns the state before the first step.
   *
   * @param spec the optimizer
   * @param size number of parameters, 0 or more
   * @throws IllegalArgumentException if size is negative
   */
  public static OptimizerState zeros(OptimizerSpec spec, int size) {
    Require.notNegative("size", size);
    return new OptimizerState(new float[spec.slots()][size], new float[0], size, 0);
  }

  /**
   * Returns a state made of the given slots, as a checkpoint or an average needs it.
   *
   * @param slots arrays of {@code size} values. Not copied; modified by later steps.
   * @param size number of parameters
   * @param steps number of steps taken, 0 or more
   * @throws IllegalArgumentException if a slot has another size or the steps are negative
   */
  public static OptimizerState of(List<float[]> slots, int size, long steps) {
    Require.notNegative("steps", steps);
    for (float[] slot : slots) {
      if (slot.length != size) {
        throw new IllegalArgumentException(
            "optimizer slot must hold " + size + " values, got " + slot.length);
      }
    }
    return new OptimizerState(slots.toArray(new float[0][]), new float[0], size, steps);
  }

  /**
   * Returns this state with a moving average of the parameters.
   *
   * @param average {@code size()} values, or none for no average. Not copied; modified by later
   *     steps.
   * @throws IllegalArgumentException if it has another size
   */
  public OptimizerState withAverage(float[] average) {
    if (average.length != 0 && average.length != size) {
      throw new IllegalArgumentException(
          "average must hold 0 or " + size + " values, got " + average.length);
    }
    return new OptimizerState(slots, average, size, steps);
  }

  /** Returns how many slots there are. */
  public int slots() {
    return slots.length;
  }

  /** Returns slot {@code i}, size() values, not a copy. */
  public float[] slot(int i) {
    return slots[i];
  }

  /** Returns the moving average of the parameters, not a copy; empty when none is kept. */
  public float[] average() {
    return average;
  }

  /** Returns the number of parameters this state is for. */
  public int size() {
    return size;
  }

  /** Returns the number of steps taken. */
  public long steps() {
    return steps;
  }

  /** Returns a state that shares nothing with this one. */
  public OptimizerState copy() {
    float[][] copies = new float[slots.length][];
    for (int i = 0; i < slots.length; i++) {
      copies[i] = slots[i].clone();
    }
    return new OptimizerState(copies, average.clone(), size, steps);
  }

  /** Checks the shapes, sweeps the support when it is time, and counts the step. */
  void begin(OptimizerSpec spec, float[] parameters, float[] gradient, GradientSupport support) {
    if (parameters.length != size || gradient.length != size || slots.length != spec.slots()) {
      throw new IllegalArgumentException(
          "optimizer state is for %d parameters with %d slots, got %d parameters, %d gradients, %d slots"
              .formatted(size, slots.length, parameters.length, gradient.length, spec.slots()));
    }
    if (steps % SWEEP == 0 && steps > 0) {
      sweep(support);
    }
    steps++;
  }

  private void sweep(GradientSupport support) {
    for (float[] slot : slots) {
      for (int range = 0; range < support.count(); range++) {
        sweep(slot, support.start(range), support.end(range));
      }
    }
  }

  private static void sweep(float[] slot, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Math.abs(slot[i]) < NEGLIGIBLE) {
        slot[i] = 0;
      }
    }
  }
}
