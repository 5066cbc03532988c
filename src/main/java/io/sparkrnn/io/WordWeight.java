package io.sparkrnn.io;

import java.util.Objects;

/**
 * A word of a text and how much it counted.
 *
 * @param word the word as the tokenizer cuts it, whether or not the vocabulary has it
 * @param weight its weight in attention pooling, in [0, 1]
 */
public record WordWeight(String word, float weight) {
  /** Checks the components. */
  public WordWeight {
    Objects.requireNonNull(word, "word");
  }
}
