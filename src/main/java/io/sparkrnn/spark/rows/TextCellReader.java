package io.sparkrnn.spark.rows;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Tokenizer;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.PackedShard;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a text as tokenizer, vocabulary and padder would one after the other, without their columns
 * in between; not for several threads.
 */
public final class TextCellReader implements TokenCellReader {
  private final Tokenizer tokenizer = new Tokenizer();
  private final Vocabulary vocabulary;
  private final Padding padding;
  private final boolean dropZeros;
  private final int[] ids;
  private int size;

  /** Creates a reader for networks with this input; with maskZero, no padding is added. */
  public TextCellReader(InputSpec.Tokens input, Vocabulary vocabulary, Padding padding) {
    this.vocabulary = vocabulary;
    this.padding = padding;
    dropZeros = input.maskZero();
    ids = new int[padding.maxLength()];
  }

  /** Reads a cell of type string. */
  @Override
  public Refusal read(Object cell) {
    size = 0;
    if (cell == null) {
      return Refusal.NULL_TEXT;
    }
    List<String> tokens = padding.truncate(tokenizer.tokenize((String) cell));
    if (!dropZeros && padding.padding() == Padding.Side.PRE) {
      pad(ids.length - tokens.size());
    }
    for (String token : tokens) {
      ids[size++] = vocabulary.id(token);
    }
    if (!dropZeros) {
      pad(ids.length - size);
    }
    return size == 0 ? Refusal.EMPTY_TEXT : null;
  }

  private void pad(int zeros) {
    Arrays.fill(ids, size, size + zeros, Vocabulary.PADDING_ID);
    size += zeros;
  }

  /** Lines the weights up with the words that are kept; padding that is read has none of them. */
  @Override
  public float[] align(Object cell, PackedShard rows, int row, float[] weights) {
    float[] aligned = new float[ids.length];
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
    return size;
  }
}
