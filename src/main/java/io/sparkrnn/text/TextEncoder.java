package io.sparkrnn.text;

import java.util.Arrays;
import java.util.List;

/**
 * The one way from a text to the ids that a network reads: words, their ids, truncating and, where
 * the network reads padding, padding.
 *
 * <pre>
 *   sequence(text) = padding(vocabulary(tokenizer(text)))
 * </pre>
 *
 * <p>Immutable; one instance may serve many threads.
 */
public final class TextEncoder {
  private static final int CHARACTERS_PER_WORD = 6;

  private final Tokenizer tokenizer = new Tokenizer();
  private final Vocabulary vocabulary;
  private final Padding padding;
  private final boolean maskZero;

  /**
   * Creates an encoder.
   *
   * @param vocabulary the ids of words
   * @param padding how sequences are brought to one length
   * @param maskZero whether the network skips padding, so that none is added
   */
  public TextEncoder(Vocabulary vocabulary, Padding padding, boolean maskZero) {
    this.vocabulary = vocabulary;
    this.padding = padding;
    this.maskZero = maskZero;
  }

  /** Returns the ids of all words of a text, in their order; none when it has no words. */
  public int[] ids(String text) {
    Ids ids = new Ids(text.length() / CHARACTERS_PER_WORD + 4);
    tokenizer.tokenize(text, ids);
    return Arrays.copyOf(ids.values, ids.size);
  }

  /** Returns the ids that a network reads; none when padding is masked and there are no words. */
  public int[] sequence(String text) {
    return padding.sequence(ids(text), maskZero);
  }

  /** Returns the words whose ids {@link #sequence} keeps, in their order. */
  public List<String> keptWords(String text) {
    return padding.truncate(tokenizer.tokenize(text));
  }

  /** Collects the ids of one text. */
  private final class Ids implements WordSink {
    private int[] values;
    private int size;

    Ids(int capacity) {
      values = new int[capacity];
    }

    @Override
    public void add(char[] characters, int length) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = vocabulary.id(characters, length);
    }
  }
}
