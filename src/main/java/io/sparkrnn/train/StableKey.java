package io.sparkrnn.train;

import java.util.Arrays;

/**
 * A 64-bit key of an example's content: ids, label and weight.
 *
 * <p>It assigns rows to shards and to the validation part, so that neither depends on where a row
 * was read, in which order or by how many machines.
 */
public final class StableKey {
  private StableKey() {}

  /** Returns the key of row {@code row} of {@code shard}. */
  public static long of(PackedShard shard, int row) {
    int[] offsets = shard.offsets();
    return of(
        shard.tokens(), offsets[row], offsets[row + 1], shard.labels()[row], shard.weights()[row]);
  }

  /** Returns the key of the example with the ids {@code ids[from .. to)}. Not modified. */
  public static long of(int[] ids, int from, int to, float label, float weight) {
    long hash = 0xCBF29CE484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ ids[i]) * 0x100000001B3L;
    }
    hash = Seeds.mix(hash ^ (to - from));
    hash = Seeds.mix(hash ^ Float.floatToIntBits(label));
    return Seeds.mix(hash ^ ((long) Float.floatToIntBits(weight) << 32));
  }

  /** Returns the shard of a key: the key modulo {@code shards}, never negative. */
  public static int shard(long key, int shards) {
    return (int) Math.floorMod(key, (long) shards);
  }

  /**
   * Returns whether the example with this key belongs to a seeded part of the given size; equal
   * rows always land on the same side.
   *
   * @param fraction size of the part in [0, 1]
   */
  public static boolean inFraction(long key, long seed, double fraction) {
    return (Seeds.derive(seed, key) >>> 11) * 0x1.0p-53 < fraction;
  }

  /**
   * Returns the rows of {@code shard} ordered by key and, where keys are equal, by content: the
   * same rows give the same shard in whatever order they arrived.
   */
  public static PackedShard sorted(PackedShard shard) {
    long[] keys = new long[shard.rows()];
    Integer[] order = new Integer[shard.rows()];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = of(shard, row);
      order[row] = row;
    }
    Arrays.sort(
        order,
        (a, b) -> {
          int byKey = Long.compare(keys[a], keys[b]);
          return byKey != 0 ? byKey : shard.compareRows(a, shard, b);
        });
    return shard.select(Arrays.stream(order).mapToInt(Integer::intValue).toArray());
  }
}
