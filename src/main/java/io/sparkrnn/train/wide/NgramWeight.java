package io.sparkrnn.train.wide;

import java.util.Objects;

/**
 * An n-gram of a text and how much it counted.
 *
 * @param words its words as the tokenizer cuts them, a blank between two
 * @param weight what it adds to the logit of a class in the model of both branches; n-grams of a
 *     text that share a bucket share its weight
 */
public record NgramWeight(String words, double weight) {
  /** Checks the components. */
  public NgramWeight {
    Objects.requireNonNull(words, "words");
  }
}
