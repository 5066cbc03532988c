package io.sparkrnn.text;

/** Letters, digits and lower case of ASCII, without tables of the whole of Unicode. */
final class AsciiKind {
  private AsciiKind() {}

  static boolean isLetterOrDigit(char c) {
    int letter = (c | 0x20) - 'a';
    int digit = c - '0';
    return (letter >= 0 && letter < 26) || (digit >= 0 && digit < 10);
  }

  /** Returns the lower case of a letter or digit. */
  static char lower(char c) {
    return c < 'a' ? (char) (c | 0x20) : c;
  }
}
