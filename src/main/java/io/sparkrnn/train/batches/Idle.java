package io.sparkrnn.train.batches;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Scratch that no task of this JVM uses at the moment, so that a round of a few batches need not
 * make it and let it grow anew. Nothing that is left in it is ever read: bits do not depend on who
 * had it before.
 *
 * <p>Only scratch of the kind asked for last is kept, and given up when memory is short.
 *
 * @param <K> says what it fits
 * @param <T> the scratch
 */
final class Idle<K, T> {
  private K kind;
  private SoftReference<Deque<T>> idle = new SoftReference<>(null);

  /** Returns scratch of a kind for the caller alone, a new one when none is idle. */
  T take(K kind, Supplier<T> make) {
    T taken = poll(kind);
    return taken == null ? make.get() : taken;
  }

  private synchronized T poll(K wanted) {
    Deque<T> kept = idle.get();
    return kept == null || !wanted.equals(kind) ? null : kept.poll();
  }

  /** Takes back what the caller does not use any more. */
  synchronized void giveBack(K kind, T scratch) {
    Deque<T> kept = idle.get();
    if (kept == null || !kind.equals(this.kind)) {
      kept = new ArrayDeque<>();
      idle = new SoftReference<>(kept);
      this.kind = kind;
    }
    kept.push(scratch);
  }
}
