package io.sparkrnn.io;

import io.sparkrnn.text.Padding;
import io.sparkrnn.text.TextUnit;
import java.io.Serializable;
import java.util.Objects;

/**
 * How a model's text became sequences; what scoring raw text needs beside the vocabulary.
 *
 * @param tokenizer name of the tokenizing rules; {@value #REVIEWS} are those of {@link
 *     io.sparkrnn.text.Tokenizer}, {@value #CHARACTERS} make a token of every character
 * @param padding length, and the sides of padding and truncating
 */
public record TextSettings(String tokenizer, Padding padding) implements Serializable {
  /** The rules of this project's tokenizer. */
  public static final String REVIEWS = "reviews";

  /** Every character is a token. */
  public static final String CHARACTERS = "characters";

  public TextSettings {
    Objects.requireNonNull(padding, "padding");
    if (!REVIEWS.equals(tokenizer) && !CHARACTERS.equals(tokenizer)) {
      throw new IllegalArgumentException(
          "tokenizer must be '%s' or '%s', got '%s'".formatted(REVIEWS, CHARACTERS, tokenizer));
    }
  }

  /** Returns what texts are cut into. */
  public TextUnit unit() {
    return CHARACTERS.equals(tokenizer) ? TextUnit.CHARACTER : TextUnit.WORD;
  }

  /** Returns the settings of a tokenizer of words or characters with the given padding. */
  public static TextSettings of(TextUnit unit, Padding padding) {
    return new TextSettings(unit == TextUnit.CHARACTER ? CHARACTERS : REVIEWS, padding);
  }

  /** Returns the settings of this project's tokenizer with the given padding. */
  public static TextSettings of(Padding padding) {
    return new TextSettings(REVIEWS, padding);
  }
}
