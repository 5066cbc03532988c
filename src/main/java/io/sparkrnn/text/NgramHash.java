package io.sparkrnn.text;

/** The hashes of {@link Ngrams}. */
final class NgramHash {
  /** The offset and the prime of FNV-1a. */
  private static final long START = 0xCBF29CE484222325L;

  private static final long FACTOR = 0x100000001B3L;

  private NgramHash() {}

  /** Returns the hash of a word. */
  static long word(String word) {
    return word(word.toCharArray(), word.length());
  }

  /** Returns the hash of the word that the first {@code length} characters are. Not modified. */
  static long word(char[] characters, int length) {
    long hash = START;
    for (int i = 0; i < length; i++) {
      char c = characters[i];
      if (c < 0x80) {
        hash = (hash ^ c) * FACTOR;
      } else {
        int codePoint = Character.codePointAt(characters, i, length);
        hash = bytes(hash, codePoint);
        i += Character.charCount(codePoint) - 1;
      }
    }
    return hash;
  }

  /** Takes the two to four bytes of a code point; those of half a surrogate pair are three. */
  private static long bytes(long before, int codePoint) {
    long hash = before;
    if (codePoint < 0x800) {
      hash = (hash ^ (0xC0 | codePoint >> 6)) * FACTOR;
    } else if (codePoint < 0x10000) {
      hash = (hash ^ (0xE0 | codePoint >> 12)) * FACTOR;
      hash = (hash ^ tail(codePoint >> 6)) * FACTOR;
    } else {
      hash = (hash ^ (0xF0 | codePoint >> 18)) * FACTOR;
      hash = (hash ^ tail(codePoint >> 12)) * FACTOR;
      hash = (hash ^ tail(codePoint >> 6)) * FACTOR;
    }
    return (hash ^ tail(codePoint)) * FACTOR;
  }

  private static int tail(int bits) {
    return 0x80 | bits & 0x3F;
  }

  /** Returns the hash of an n-gram of one word. */
  static long gram(long word) {
    return mix(word);
  }

  /** Returns the hash of an n-gram with a word behind it. */
  static long gram(long before, long word) {
    return mix(31 * before + word);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ z >>> 33) * 0xFF51AFD7ED558CCDL;
    z = (z ^ z >>> 33) * 0xC4CEB9FE1A85EC53L;
    return z ^ z >>> 33;
  }
}
