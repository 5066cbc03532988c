package io.sparkrnn.text;

import java.util.Arrays;

/** Cuts texts into words, counts them and keeps those that a network reads. One thread. */
public final class CountedTextsBuilder {
  private final Tokenizer tokenizer;
  private final Padding padding;
  private final boolean keepsAll;
  private final WordTable words = new WordTable();
  private long[] counts = new long[64];
  private int[] numbers = new int[1024];
  private int[] offsets = new int[16];
  private int texts;
  private int size;
  private int counted;
  private long truncated;
  private long cutWords;

  /** Creates a builder of words. */
  public CountedTextsBuilder(Padding padding, boolean keepsAll) {
    this(TextUnit.WORD, padding, keepsAll);
  }

  /**
   * Creates a builder.
   *
   * @param unit what words are
   * @param padding which words of a long text a network reads
   * @param keepsAll whether the others are kept too, for n-grams
   */
  public CountedTextsBuilder(TextUnit unit, Padding padding, boolean keepsAll) {
    tokenizer = new Tokenizer(unit);
    this.padding = padding;
    this.keepsAll = keepsAll;
  }

  /** Returns the number of texts so far. */
  public int texts() {
    return texts;
  }

  /** Returns the number of kept words so far. */
  public int keptWords() {
    return size;
  }

  /**
   * Adds a text.
   *
   * @param counts whether its words count for the vocabulary, all of them, kept or not; and whether
   *     it counts among those that lost words
   */
  public void add(String text, boolean counts) {
    counted = counts ? 1 : 0;
    tokenizer.tokenize(text, this::addWord);
    end();
  }

  /** Adds a text whose words come one by one, likewise. Not modified. */
  public void add(Iterable<String> text, boolean counts) {
    counted = counts ? 1 : 0;
    text.forEach(word -> addWord(word.toCharArray(), word.length()));
    end();
  }

  private void end() {
    truncate();
    if (texts + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * offsets.length);
    }
    offsets[++texts] = size;
  }

  private void addWord(char[] characters, int length) {
    int number = words.add(characters, length);
    if (number >= counts.length) {
      counts = Arrays.copyOf(counts, 2 * counts.length);
    }
    counts[number] += counted;
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  /** Drops the last text's words that padding does not keep, unless all are kept. */
  private void truncate() {
    int start = offsets[texts];
    int length = size - start;
    int kept = Math.min(length, padding.maxLength());
    truncated += kept < length ? counted : 0;
    cutWords += (long) counted * (length - kept);
    if (keepsAll) {
      return;
    }
    System.arraycopy(numbers, start + padding.firstKept(length), numbers, start, kept);
    size = start + kept;
  }

  /** Returns the texts added so far. */
  public CountedTexts build() {
    return new CountedTexts(
        words.words(),
        Arrays.copyOf(counts, words.size()),
        Arrays.copyOf(numbers, size),
        Arrays.copyOf(offsets, texts + 1),
        new long[] {truncated, cutWords});
  }
}
