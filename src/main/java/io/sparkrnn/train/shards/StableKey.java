package io.sparkrnn.train.shards;

import io.sparkrnn.nn.targets.TargetKind;
import io.sparkrnn.nn.targets.Targets;
import io.sparkrnn.nn.targets.WindowTargets;
import io.sparkrnn.train.Seeds;
import java.util.Arrays;

/**
 * A 64-bit key of an example's content: ids or vectors, targets and weight.
 *
 * <p>It assigns rows to shards and to the validation part, so that neither depends on where a row
 * was read, in which order or by how many machines.
 */
public final class StableKey {
  /** The offset and the prime of FNV-1a. */
  private static final long START = 0xCBF29CE484222325L;

  private static final long FACTOR = 0x100000001B3L;

  private StableKey() {}

  /** Returns the key of row {@code row} of {@code shard}. */
  public static long of(PackedShard shard, int row) {
    if (shard.targets() instanceof WindowTargets windows) {
      int first = windows.start(row) * windows.width();
      int steps = windows.origin(row) - windows.start(row) + windows.horizon();
      return of(floats(windows.steps(), first, first + steps * windows.width()), steps, 0, 1);
    }
    int from = shard.offsets()[row];
    int to = shard.offsets()[row + 1];
    long steps =
        shard.vectorSize() == 0
            ? ids(shard.tokens(), from, to)
            : floats(shard.vectors(), from * shard.vectorSize(), to * shard.vectorSize());
    float weight = shard.weights()[row];
    Targets targets = shard.targets();
    if (targets.kind() == TargetKind.SEQUENCE) {
      return of(steps, to - from, targets.values()[row], weight);
    }
    int first = targets.start(row);
    int end = targets.start(row + 1);
    boolean ids = targets.kind() == TargetKind.IDS;
    long run = ids ? ids(targets.ids(), first, end) : floats(targets.values(), first, end);
    return of(Seeds.mix(steps ^ run), to - from, 0, weight);
  }

  /** Returns the key of the example with the ids {@code ids[from .. to)}. Not modified. */
  public static long of(int[] ids, int from, int to, float label, float weight) {
    return of(ids(ids, from, to), to - from, label, weight);
  }

  /** Returns the key of a sequence of ids with another for its target. Not modified. */
  public static long of(int[] ids, int[] target, float weight) {
    long run = ids(target, 0, target.length);
    return of(Seeds.mix(ids(ids, 0, ids.length) ^ run), ids.length, 0, weight);
  }

  /** Returns the key of the example with the first {@code steps} vectors. Not modified. */
  public static long of(float[] vectors, int vectorSize, int steps, float label, float weight) {
    return of(floats(vectors, 0, steps * vectorSize), steps, label, weight);
  }

  /**
   * Returns the key of the example with the first {@code steps} vectors and a sequence of ids for
   * its target. Not modified.
   */
  public static long of(float[] vectors, int vectorSize, int steps, int[] target, float weight) {
    long run = ids(target, 0, target.length);
    return of(Seeds.mix(floats(vectors, 0, steps * vectorSize) ^ run), steps, 0, weight);
  }

  /** Returns the key of the example with the first {@code steps} ids and as many labels. */
  public static long of(int[] ids, int steps, float[] labels, float weight) {
    return ofSteps(ids(ids, 0, steps), labels, weight);
  }

  /** Returns the key of the example with the first {@code steps} vectors and as many labels. */
  public static long of(float[] vectors, int vectorSize, int steps, float[] labels, float weight) {
    return ofSteps(floats(vectors, 0, steps * vectorSize), labels, weight);
  }

  private static long ofSteps(long content, float[] labels, float weight) {
    long run = floats(labels, 0, labels.length);
    return of(Seeds.mix(content ^ run), labels.length, 0, weight);
  }

  private static long of(long content, int steps, float label, float weight) {
    long hash = Seeds.mix(content ^ steps);
    hash = Seeds.mix(hash ^ Float.floatToIntBits(label));
    return Seeds.mix(hash ^ ((long) Float.floatToIntBits(weight) << 32));
  }

  private static long ids(int[] ids, int from, int to) {
    long hash = START;
    for (int i = from; i < to; i++) {
      hash = (hash ^ ids[i]) * FACTOR;
    }
    return hash;
  }

  private static long floats(float[] values, int from, int to) {
    long hash = START;
    for (int i = from; i < to; i++) {
      hash = (hash ^ Float.floatToIntBits(values[i])) * FACTOR;
    }
    return hash;
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
