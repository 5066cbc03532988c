package io.sparkrnn.text;

import java.util.Arrays;
import java.util.List;

/**
 * The one way from a text to the ids that a network reads: words, their ids, truncating and, where
 * the network reads padding, padding.
 *
 * <pre>
 *   sequence(text) = padding(vocabulary(tokenizer(text)))
 *   ngrams(text)   = distinct(buckets(tokenizer(text)))      for models that read them too
 * </pre>
 *
 * <p>Immutable; one instance may serve many threads.
 */
public final class TextEncoder {
  private static final int CHARACTERS_PER_WORD = 6;

  private final Tokenizer tokenizer;
  private final Vocabulary vocabulary;
  private final Padding padding;
  private final boolean maskZero;
  private final Ngrams ngrams;

  /**
   * Creates an encoder that finds no n-grams.
   *
   * @param vocabulary the ids of words
   * @param padding how sequences are brought to one length
   * @param maskZero whether the network skips padding, so that none is added
   */
  public TextEncoder(Vocabulary vocabulary, Padding padding, boolean maskZero) {
    this(vocabulary, padding, maskZero, Ngrams.none());
  }

  /**
   * Creates an encoder.
   *
   * @param vocabulary the ids of words
   * @param padding how sequences are brought to one length
   * @param maskZero whether the network skips padding, so that none is added
   * @param ngrams which n-grams it finds
   */
  public TextEncoder(Vocabulary vocabulary, Padding padding, boolean maskZero, Ngrams ngrams) {
    this(TextUnit.WORD, vocabulary, padding, maskZero, ngrams);
  }

  /**
   * Creates an encoder.
   *
   * @param unit what a text is cut into
   * @param vocabulary the ids of words
   * @param padding how sequences are brought to one length
   * @param maskZero whether the network skips padding, so that none is added
   * @param ngrams which n-grams it finds
   */
  public TextEncoder(
      TextUnit unit, Vocabulary vocabulary, Padding padding, boolean maskZero, Ngrams ngrams) {
    tokenizer = new Tokenizer(unit);
    this.vocabulary = vocabulary;
    this.padding = padding;
    this.maskZero = maskZero;
    this.ngrams = ngrams;
  }

  /** Returns all that a model reads of a text; no ids when {@link #sequence} has none. */
  public EncodedText read(String text) {
    Ids ids = new Ids(text.length() / CHARACTERS_PER_WORD + 4, ngrams);
    tokenizer.tokenize(text, ids);
    return new EncodedText(padding.sequence(ids.all(), maskZero), ids.grams.sorted());
  }

  /** Returns the n-grams of a text, each once, in the order of the text. */
  public List<Ngram> ngrams(String text) {
    return Ngram.of(tokenizer.tokenize(text), ngrams);
  }

  /** Returns the ids of all words of a text, in their order; none when it has no words. */
  public int[] ids(String text) {
    Ids ids = new Ids(text.length() / CHARACTERS_PER_WORD + 4, Ngrams.none());
    tokenizer.tokenize(text, ids);
    return ids.all();
  }

  /** Returns the ids that a network reads; none when padding is masked and there are no words. */
  public int[] sequence(String text) {
    return padding.sequence(ids(text), maskZero);
  }

  /** Returns the words whose ids {@link #sequence} keeps, in their order. */
  public List<String> keptWords(String text) {
    return padding.truncate(tokenizer.tokenize(text));
  }

  /** Collects the ids and the n-grams of one text. */
  private final class Ids implements WordSink {
    private final boolean findsNgrams;
    private final NgramSet grams;
    private int[] values;
    private int size;

    Ids(int capacity, Ngrams ngrams) {
      values = new int[capacity];
      findsNgrams = ngrams.any();
      grams = new NgramSet(ngrams, capacity);
    }

    int[] all() {
      return Arrays.copyOf(values, size);
    }

    @Override
    public void add(char[] characters, int length) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = vocabulary.id(characters, length);
      if (findsNgrams) {
        grams.add(NgramHash.word(characters, length));
      }
    }
  }
}
