package io.sparkrnn.io;

import io.sparkrnn.text.Padding;
import java.io.Serializable;
import java.util.Objects;

/**
 * How a model's text became sequences; what scoring raw text needs beside the vocabulary.
 *
 * @param tokenizer name of the tokenizing rules; {@value #REVIEWS} are those of {@link
 *     io.sparkrnn.text.Tokenizer}
 * @param padding length, and the sides of padding and truncating
 */
public record TextSettings(String tokenizer, Padding padding) implements Serializable {
  /** The rules of this project's tokenizer. */
  public static final String REVIEWS = "reviews";

  public TextSettings {
    Objects.requireNonNull(padding, "padding");
    if (!REVIEWS.equals(tokenizer)) {
      throw new IllegalArgumentException(
          "tokenizer must be '" + REVIEWS + "', got '" + tokenizer + "'");
    }
  }

  /** Returns the settings of this project's tokenizer with the given padding. */
  public static TextSettings of(Padding padding) {
    return new TextSettings(REVIEWS, padding);
  }
}
