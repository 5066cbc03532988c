package io.sparkrnn.spark.rows;

import io.sparkrnn.text.CountedTexts;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;

/** Reads a cell that holds the number of a text among texts that are cut already; one thread. */
final class TextNumberReader implements TokenCellReader {
  private final CountedTexts texts;
  private final int[] numbersToIds;
  private final Padding padding;
  private final boolean maskZero;
  private final Ngrams ngrams;
  private final long[] numbersToHashes;
  private int[] ids = new int[0];
  private int[] buckets = new int[0];

  TextNumberReader(
      CountedTexts texts, Vocabulary vocabulary, Padding padding, boolean maskZero, Ngrams ngrams) {
    this.texts = texts;
    this.padding = padding;
    this.maskZero = maskZero;
    this.ngrams = ngrams;
    numbersToIds = texts.numbersToIds(vocabulary);
    numbersToHashes = ngrams.any() ? texts.numbersToHashes() : new long[0];
  }

  @Override
  public Refusal read(Object cell) {
    if (cell == null) {
      return Refusal.NULL_TEXT;
    }
    ids = padding.sequence(texts.ids((int) cell, numbersToIds), maskZero);
    if (ngrams.any()) {
      buckets = texts.ngrams((int) cell, numbersToHashes, ngrams);
    }
    return ids.length == 0 ? Refusal.EMPTY_TEXT : null;
  }

  /** Nobody sees a column beside numbers of texts. */
  @Override
  public float[] align(Object cell, PackedShard rows, int row, float[] weights) {
    throw new UnsupportedOperationException("numbers of texts have no column of weights");
  }

  @Override
  public void addTo(PackedShardBuilder rows, float label, float weight) {
    TokenCellReader.super.addTo(rows, label, weight);
    if (ngrams.any()) {
      rows.addNgrams(buckets);
    }
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
