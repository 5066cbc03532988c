package io.sparkrnn.spark.rows;

import io.sparkrnn.text.TextUnit;
import io.sparkrnn.text.Tokenizer;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.shards.PackedShard;
import java.util.List;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads a cell that holds words which come one by one, an array or a text in which blanks separate
 * them; not for several threads.
 */
public final class TokenReader implements TokenCellReader {
  private static final Tokenizer BLANKS = new Tokenizer(TextUnit.GIVEN);

  private final Vocabulary vocabulary;
  private int[] ids = new int[0];

  /** Creates a reader that finds the ids of words in a vocabulary. */
  public TokenReader(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Returns the words of a cell; of an array some may be null.
   *
   * @param cell of type string or array of strings, or null
   * @return null when the cell is
   */
  @SuppressWarnings("unchecked")
  static List<String> words(Object cell) {
    if (cell == null) {
      return null;
    }
    return cell instanceof String text
        ? BLANKS.tokenize(text)
        : CollectionConverters.asJava((Seq<String>) cell);
  }

  /** Returns why such words can be neither trained on nor scored, or null when they can. */
  static Refusal refusal(List<String> words) {
    if (words == null) {
      return Refusal.NULL_TOKENS;
    } else if (words.isEmpty()) {
      return Refusal.EMPTY_TOKENS;
    }
    for (String word : words) {
      if (word == null) {
        return Refusal.NULL_TOKEN;
      }
    }
    return null;
  }

  @Override
  public Refusal read(Object cell) {
    List<String> words = words(cell);
    Refusal refusal = refusal(words);
    ids = refusal == null ? words.stream().mapToInt(vocabulary::id).toArray() : new int[0];
    return refusal;
  }

  /** Every word of the cell has a weight. */
  @Override
  public float[] align(Object cell, PackedShard rows, int row, float[] weights) {
    throw new UnsupportedOperationException("words that are labelled have no column of weights");
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
