package io.sparkrnn.spark.rows;

import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.StableKey;
import java.util.Arrays;
import org.apache.spark.sql.Row;

/**
 * Reads a cell that holds a text and its translation, or their numbers; not for several threads.
 *
 * <p>Of texts that are cut, the cell may have the texts themselves behind the numbers.
 */
public final class PairReader implements CellReader {
  private final TokenCellReader texts;
  private final TokenCellReader translations;
  private int[] source = new int[0];
  private int[] target = new int[0];

  /** Creates a reader of the two parts of a cell. */
  public PairReader(TextCellReader texts, TextCellReader translations) {
    this((TokenCellReader) texts, translations);
  }

  PairReader(TokenCellReader texts, TokenCellReader translations) {
    this.texts = texts;
    this.translations = translations;
  }

  /** Returns the text of a cell and, after it, its translation. */
  public static String[] texts(Object cell) {
    Row pair = (Row) cell;
    int first = pair.size() - 2;
    return new String[] {pair.getString(first), pair.getString(first + 1)};
  }

  @Override
  public Refusal read(Object cell) {
    Row pair = (Row) cell;
    Refusal refusal = texts.read(pair.get(0));
    if (refusal != null) {
      return refusal;
    }
    source = Arrays.copyOf(texts.ids(), texts.size());
    refusal = translations.read(pair.get(1));
    target = Arrays.copyOf(translations.ids(), translations.size());
    return refusal == Refusal.NULL_TEXT
        ? Refusal.NULL_TRANSLATION
        : refusal == Refusal.EMPTY_TEXT ? Refusal.EMPTY_TRANSLATION : refusal;
  }

  @Override
  public void addTo(PackedShardBuilder rows, float label, float weight) {
    rows.addPair(source, target, weight);
  }

  @Override
  public long key(float label, float weight) {
    return StableKey.of(source, target, weight);
  }

  /** A pair has no column of weights beside it. */
  @Override
  public float[] align(Object cell, PackedShard rows, int row, float[] weights) {
    throw new UnsupportedOperationException("pairs have no column of weights");
  }
}
