package io.sparkrnn.spark.rows;

import io.sparkrnn.text.EncodedText;
import io.sparkrnn.text.TextEncoder;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.Arrays;

/** Reads a cell that holds a text; not for several threads. */
public final class TextCellReader implements TokenCellReader {
  private static final EncodedText NONE = new EncodedText(new int[0], new int[0]);

  private final TextEncoder encoder;
  private final boolean withNgrams;
  private EncodedText text = NONE;

  /**
   * Creates a reader that encodes texts as {@code encoder} does.
   *
   * @param withNgrams whether rows have n-grams beside their ids
   */
  public TextCellReader(TextEncoder encoder, boolean withNgrams) {
    this.encoder = encoder;
    this.withNgrams = withNgrams;
  }

  /** Reads a cell of type string. */
  @Override
  public Refusal read(Object cell) {
    text = cell == null ? NONE : encoder.read((String) cell);
    if (cell == null) {
      return Refusal.NULL_TEXT;
    }
    return size() == 0 ? Refusal.EMPTY_TEXT : null;
  }

  @Override
  public void addTo(PackedShardBuilder rows, float label, float weight) {
    TokenCellReader.super.addTo(rows, label, weight);
    if (withNgrams) {
      rows.addNgrams(text.ngrams());
    }
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
    return text.ids();
  }

  @Override
  public int size() {
    return text.ids().length;
  }
}
