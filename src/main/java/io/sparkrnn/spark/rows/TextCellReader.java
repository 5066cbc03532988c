package io.sparkrnn.spark.rows;

import io.sparkrnn.text.TextEncoder;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.shards.PackedShard;
import java.util.Arrays;

/** Reads a cell that holds a text; not for several threads. */
public final class TextCellReader implements TokenCellReader {
  private final TextEncoder encoder;
  private int[] ids = new int[0];

  /** Creates a reader that encodes texts as {@code encoder} does. */
  public TextCellReader(TextEncoder encoder) {
    this.encoder = encoder;
  }

  /** Reads a cell of type string. */
  @Override
  public Refusal read(Object cell) {
    ids = cell == null ? new int[0] : encoder.sequence((String) cell);
    if (cell == null) {
      return Refusal.NULL_TEXT;
    }
    return ids.length == 0 ? Refusal.EMPTY_TEXT : null;
  }

  /** Lines the weights up with the words that are kept; padding that is read has none of them. */
  @Override
  public float[] align(Object cell, PackedShard rows, int row, float[] weights) {
    float[] aligned = new float[rows.length(row)];
    int words = 0;
    for (int i = rows.offsets()[row]; i < rows.offsets()[row + 1]; i++) {
      if (rows.tokens()[i] != Vocabulary.PADDING_ID) {
        aligned[words++] = weights[i];
      }
    }
    return Arrays.copyOf(aligned, words);
  }

  @Override
  public int[] ids() {
    return ids;
  }

  @Override
  public int size() {
    return ids.length;
  }
}
