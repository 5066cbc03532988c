package io.sparkrnn.spark.rows;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.train.shards.PackedShard;
import java.util.Arrays;
import scala.collection.Iterator;
import scala.collection.Seq;

/** Reads a cell that holds token ids; not for several threads. */
final class IdReader implements TokenCellReader {
  private final int vocabularySize;
  private final boolean dropZeros;
  private final boolean ofTexts;
  private int[] ids = new int[512];
  private int size;

  /**
   * Creates a reader for networks with this input; with maskZero, padding is dropped.
   *
   * @param ofTexts whether the ids were made of texts, which refusals then speak of
   */
  IdReader(InputSpec.Tokens input, boolean ofTexts) {
    this.ofTexts = ofTexts;
    vocabularySize = input.vocabularySize();
    dropZeros = input.maskZero();
  }

  /** Reads a cell of type array. */
  @Override
  public Refusal read(Object cell) {
    size = 0;
    if (cell == null) {
      return ofTexts ? Refusal.NULL_TEXT : Refusal.NULL_FEATURES;
    }
    Iterator<?> values = ((Seq<?>) cell).iterator();
    while (values.hasNext()) {
      Object value = values.next();
      if (value == null) {
        return Refusal.NULL_VALUE;
      }
      long id = ((Number) value).longValue();
      if (id < 0 || id >= vocabularySize) {
        return Refusal.ID_OUT_OF_RANGE;
      }
      if (id != 0 || !dropZeros) {
        add((int) id);
      }
    }
    if (size > 0) {
      return null;
    }
    return ofTexts ? Refusal.EMPTY_TEXT : Refusal.EMPTY_FEATURES;
  }

  /** Lines the weights up with the ids of the cell: 0 where padding was dropped. */
  @Override
  public float[] align(Object cell, PackedShard rows, int row, float[] weights) {
    Seq<?> values = (Seq<?>) cell;
    float[] aligned = new float[values.length()];
    int next = rows.offsets()[row];
    Iterator<?> iterator = values.iterator();
    for (int i = 0; i < aligned.length; i++) {
      if (((Number) iterator.next()).longValue() != 0 || !dropZeros) {
        aligned[i] = weights[next++];
      }
    }
    return aligned;
  }

  @Override
  public int[] ids() {
    return ids;
  }

  @Override
  public int size() {
    return size;
  }

  private void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }
}
