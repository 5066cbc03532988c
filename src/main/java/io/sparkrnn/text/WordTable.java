package io.sparkrnn.text;

import java.util.Arrays;

/**
 * Words numbered in the order in which they came, found by the characters of a buffer: looking a
 * word up makes no string.
 *
 * <p>Open addressing with linear probing, at most half full. The hashes lie beside the slots and
 * the characters of all words in one array, so that a look-up follows no pointers. Not for several
 * threads while words are added.
 */
final class WordTable {
  private static final int FIRST_SIZE = 64;
  private static final int FIRST_CHARACTERS = 256;
  private static final int MOST_CHARACTERS = Integer.MAX_VALUE - 8;

  private String[] words;

  /** The characters of all words, one after another. */
  private char[] text;

  /** Where a word begins in {@link #text}, by its number; the next one begins where it ends. */
  private int[] starts;

  /** Number of the word in a slot, plus 1; 0 when the slot is free. */
  private int[] slots;

  /** Hash of the word in a slot. */
  private int[] hashes;

  private int size;

  /** Creates a table without words. */
  WordTable() {
    words = new String[FIRST_SIZE / 2];
    text = new char[FIRST_CHARACTERS];
    starts = new int[FIRST_SIZE / 2 + 1];
    slots = new int[FIRST_SIZE];
    hashes = new int[FIRST_SIZE];
  }

  /** Returns the number of words. */
  int size() {
    return size;
  }

  /** Returns the word of a number. */
  String word(int number) {
    return words[number];
  }

  /** Returns the words in the order of their numbers, a copy. */
  String[] words() {
    return Arrays.copyOf(words, size);
  }

  /** Returns the number of a word, -1 when it is not here; the characters are not modified. */
  int find(char[] characters, int length) {
    return slots[slot(hash(characters, length), characters, length)] - 1;
  }

  /** Returns the number of a word, which is added unless it is here; not modified. */
  int add(char[] characters, int length) {
    int hash = hash(characters, length);
    int slot = slot(hash, characters, length);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    int number = put(characters, length);
    slots[slot] = size;
    hashes[slot] = hash;
    if (2 * size > slots.length) {
      grow();
    }
    return number;
  }

  private int put(char[] characters, int length) {
    if (size == words.length) {
      words = Arrays.copyOf(words, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size + 1);
    }
    int end = Math.addExact(starts[size], length);
    if (end > text.length) {
      text = Arrays.copyOf(text, (int) Math.min(Math.max(end, 2L * text.length), MOST_CHARACTERS));
    }
    System.arraycopy(characters, 0, text, starts[size], length);
    words[size] = new String(characters, 0, length);
    starts[size + 1] = end;
    return size++;
  }

  private void grow() {
    int[] before = slots;
    int[] hashesBefore = hashes;
    slots = new int[2 * before.length];
    hashes = new int[slots.length];
    for (int i = 0; i < before.length; i++) {
      if (before[i] != 0) {
        int slot = hashesBefore[i] & (slots.length - 1);
        while (slots[slot] != 0) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = before[i];
        hashes[slot] = hashesBefore[i];
      }
    }
  }

  /** Returns the slot that holds a word, or where it would go. */
  private int slot(int hash, char[] characters, int length) {
    int slot = hash & (slots.length - 1);
    while (slots[slot] != 0
        && (hashes[slot] != hash || !isWord(slots[slot] - 1, characters, length))) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private boolean isWord(int number, char[] characters, int length) {
    int start = starts[number];
    if (starts[number + 1] - start != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text[start + i] != characters[i]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(char[] characters, int length) {
    int hash = 0;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + characters[i];
    }
    return hash ^ hash >>> 16;
  }
}
