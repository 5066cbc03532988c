package io.sparkrnn.cli.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Some of the partitions of a table, which are scored and written together, whole or not at all.
 *
 * @param number of the portion, from 0
 * @param from its first partition
 * @param to the partition after its last
 */
record Portion(int number, int from, int to) implements Serializable {
  /**
   * Divides partitions into portions in their order.
   *
   * @param size partitions of a portion
   */
  static List<Portion> of(int partitions, int size) {
    List<Portion> portions = new ArrayList<>();
    for (int from = 0; from < partitions; from += size) {
      portions.add(new Portion(portions.size(), from, Math.min(from + size, partitions)));
    }
    return portions;
  }

  /** Whether a partition is of this portion. */
  boolean holds(int partition) {
    return partition >= from && partition < to;
  }
}
