package io.sparkrnn.text;

import java.io.Serializable;

/**
 * Texts cut into words before a vocabulary is known: every word once, how often it came, and each
 * text as the numbers of its words.
 *
 * <p>So a training tokenizes once: the counts of all parts make the vocabulary, and {@link
 * #numbersToIds} turns numbers into its ids. Made by {@link CountedTextsBuilder}. Immutable by
 * convention; may be shared by threads and travels as it is between machines.
 */
public final class CountedTexts implements Serializable {
  private static final long serialVersionUID = 1;

  private final String[] words;
  private final long[] counts;
  private final int[] numbers;
  private final int[] offsets;
  private final long[] lost;

  /**
   * Wraps texts, without copying the arrays.
   *
   * @param words distinct words by number. Not modified.
   * @param counts how often each came. Not modified.
   * @param numbers kept words of all texts, one text after another. Not modified.
   * @param offsets texts + 1 starts among the numbers. Not modified.
   * @param lost how many of the texts that count lost words, and how many words. Not modified.
   */
  CountedTexts(String[] words, long[] counts, int[] numbers, int[] offsets, long[] lost) {
    this.words = words;
    this.counts = counts;
    this.numbers = numbers;
    this.offsets = offsets;
    this.lost = lost;
  }

  /** Returns the number of texts. */
  public int size() {
    return offsets.length - 1;
  }

  /** Returns how many of the texts that count were longer than the words that were kept. */
  public long truncatedTexts() {
    return lost[0];
  }

  /** Returns how many words these texts lost. */
  public long cutWords() {
    return lost[1];
  }

  /** Returns the number of distinct words. */
  public int distinctWords() {
    return words.length;
  }

  /** Returns a distinct word. */
  public String word(int number) {
    return words[number];
  }

  /** Returns how often a distinct word came in texts that count. */
  public long count(int number) {
    return counts[number];
  }

  /** Returns the id of each distinct word in a vocabulary. */
  public int[] numbersToIds(Vocabulary vocabulary) {
    int[] ids = new int[words.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = vocabulary.id(words[i]);
    }
    return ids;
  }

  /**
   * Returns the ids of the kept words of a text.
   *
   * @param numbersToIds as {@link #numbersToIds} returns it. Not modified.
   */
  public int[] ids(int text, int[] numbersToIds) {
    int from = offsets[text];
    int[] ids = new int[offsets[text + 1] - from];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = numbersToIds[numbers[from + i]];
    }
    return ids;
  }

  /** Returns the hash of each distinct word, for {@link #ngrams}. */
  public long[] numbersToHashes() {
    long[] hashes = new long[words.length];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = NgramHash.word(words[i]);
    }
    return hashes;
  }

  /**
   * Returns the buckets of the n-grams of the kept words of a text, ascending, each once.
   *
   * @param numbersToHashes as {@link #numbersToHashes} returns it. Not modified.
   */
  public int[] ngrams(int text, long[] numbersToHashes, Ngrams ngrams) {
    NgramSet set = new NgramSet(ngrams, offsets[text + 1] - offsets[text]);
    for (int i = offsets[text]; i < offsets[text + 1]; i++) {
      set.add(numbersToHashes[numbers[i]]);
    }
    return set.sorted();
  }
}
