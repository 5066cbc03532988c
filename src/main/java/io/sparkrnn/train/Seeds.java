package io.sparkrnn.train;

/**
 * Seeds derived from a seed and a path of numbers, so that every use of randomness has a stream of
 * its own.
 */
public final class Seeds {
  private Seeds() {}

  /** Returns a seed that depends on {@code seed} and on every number of {@code path}, in order. */
  public static long derive(long seed, long... path) {
    long state = mix(seed + 0x9E3779B97F4A7C15L);
    for (long step : path) {
      state = mix(state * 0x9E3779B97F4A7C15L + step + 1);
    }
    return state;
  }

  /** Returns the 64-bit finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  public static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
