package io.sparkrnn.text;

/** Takes the words of a text one after another, without a string for each. */
interface WordSink {
  /**
   * Takes a word.
   *
   * @param characters a buffer whose first {@code length} characters are the word; it is written
   *     over afterwards. Not modified.
   */
  void add(char[] characters, int length);
}
