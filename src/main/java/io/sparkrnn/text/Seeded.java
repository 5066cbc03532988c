package io.sparkrnn.text;

/** Seeds of generated texts. */
final class Seeded {
  private Seeded() {}

  /** Stafford's mix 13, so that neighbouring indices begin unrelated streams. */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
