package io.sparkrnn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Shows the Vector API's own methods all that they will meet, before they are compiled.
 *
 * <p>They are shared by all operations. Compiled by the profile of products alone, which use one
 * kind of operation, they meet the others as failed class checks. The compiler adds up the failures
 * of all methods that it inlines, once for every place; at a hundred (PerMethodTrapLimit) it trusts
 * no class from a profile, and the vectors of a product's loops are boxed, at ten times the time. A
 * product inlines them 64 times. {@code AllocationTest} looks for boxes.
 */
final class VectorProfile {
  private static final VectorSpecies<Float> S = VectorGemm.S;
  private static final int ROUNDS = 20;
  private static final int CALLS = 500;

  private VectorProfile() {}

  /** Uses all kinds of operations in turn until they are compiled, for about 70 ms. */
  static void warmUp() {
    FloatVector one = FloatVector.broadcast(S, 1f);
    // An operation is looked up the long way the first time.
    FloatVector x = one.add(one).sub(one).div(one).abs().sqrt();
    x.compare(VectorOperators.GT, one).or(x.compare(VectorOperators.NE, one));
    for (int round = 0; round < ROUNDS; round++) {
      for (int call = 0; call < CALLS; call++) {
        x = one.fma(one, x.neg()).mul(one);
        x = x.blend(one, x.compare(VectorOperators.LT, one));
      }
      letCompile();
    }
  }

  /** Leaves the processor to the compiler. */
  private static void letCompile() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
