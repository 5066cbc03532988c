package io.sparkrnn.nn.recurrent;

import java.util.Arrays;

/**
 * The distinct ids of a batch in order of first occurrence, and for each step the place of its id
 * among them.
 *
 * <p>A batch of 128 reviews has some 28,000 tokens and 4,000 distinct ones; whatever is linear in
 * the token is done once for each distinct one.
 */
public final class DistinctIds {
  private int count;
  private int[] ids = new int[0];
  private int[] index = new int[0];

  /** A sparse set: id x is known when slot[x] < count and ids[slot[x]] == x; needs no clearing. */
  private int[] slot = new int[0];

  /** Creates an empty set. */
  public DistinctIds() {}

  /** Finds those of the first n of some ids. */
  public void find(int[] tokens, int n) {
    count = 0;
    if (index.length < n) {
      index = new int[n + n / 4];
      ids = Arrays.copyOf(ids, index.length);
    }
    for (int i = 0; i < n; i++) {
      int id = tokens[i];
      if (id >= slot.length) {
        slot = Arrays.copyOf(slot, Math.max(id + 1, 2 * slot.length));
      }
      int place = slot[id];
      if (place >= count || ids[place] != id) {
        place = count++;
        slot[id] = place;
        ids[place] = id;
      }
      index[i] = place;
    }
  }

  /** Returns the number of distinct ids. */
  public int count() {
    return count;
  }

  /** Returns the distinct id at a place. */
  public int id(int place) {
    return ids[place];
  }

  /** Returns the distinct ids, the first {@link #count()}. Not to be modified. */
  public int[] ids() {
    return ids;
  }

  /** Returns for each step the place of its id. Not to be modified. */
  public int[] index() {
    return index;
  }
}
