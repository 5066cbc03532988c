package io.sparkrnn.text;

import java.util.Arrays;

/**
 * Words numbered in the order in which they came, found by the characters of a buffer: looking a
 * word up makes no string.
 *
 * <p>Open addressing with linear probing, at most half full. Not for several threads while words
 * are added.
 */
final class WordTable {
  private static final int FIRST_SIZE = 64;

  private String[] words;

  /** Number of the word in a slot, plus 1; 0 when the slot is free. */
  private int[] slots;

  private int size;

  /** Creates a table without words. */
  WordTable() {
    words = new String[FIRST_SIZE / 2];
    slots = new int[FIRST_SIZE];
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
    return slots[slot(characters, length)] - 1;
  }

  /** Returns the number of a word, which is added unless it is here; not modified. */
  int add(char[] characters, int length) {
    int slot = slot(characters, length);
    if (slots[slot] == 0) {
      put(slot, new String(characters, 0, length));
      return size - 1;
    }
    return slots[slot] - 1;
  }

  private void put(int slot, String word) {
    if (size == words.length) {
      words = Arrays.copyOf(words, 2 * size);
    }
    words[size++] = word;
    slots[slot] = size;
    if (2 * size > slots.length) {
      grow();
    }
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int number = 0; number < size; number++) {
      char[] characters = words[number].toCharArray();
      slots[slot(characters, characters.length)] = number + 1;
    }
  }

  /** Returns the slot that holds a word, or where it would go. */
  private int slot(char[] characters, int length) {
    int slot = hash(characters, length) & (slots.length - 1);
    while (slots[slot] != 0 && !isWord(words[slots[slot] - 1], characters, length)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private static boolean isWord(String word, char[] characters, int length) {
    if (word.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (word.charAt(i) != characters[i]) {
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
