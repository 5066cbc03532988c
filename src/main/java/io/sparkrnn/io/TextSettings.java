package io.sparkrnn.io;

import io.sparkrnn.text.Padding;
import io.sparkrnn.text.TextUnit;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * How a model's text became sequences; what scoring raw text needs beside the vocabulary.
 *
 * @param tokenizer name of the tokenizing rules; {@value #REVIEWS} are those of {@link
 *     io.sparkrnn.text.Tokenizer}, {@value #CHARACTERS} make a token of every character, {@value
 *     #TOKENS} one of every word and every mark, {@value #GIVEN} take words as they come
 * @param padding length, and the sides of padding and truncating
 */
public record TextSettings(String tokenizer, Padding padding) implements Serializable {
  /** The rules of this project's tokenizer. */
  public static final String REVIEWS = "reviews";

  /** Words come one by one, and are tokens as they are. */
  public static final String GIVEN = "given";

  /** Every character is a token. */
  public static final String CHARACTERS = "characters";

  /** Words and marks are tokens, in the case they have. */
  public static final String TOKENS = "tokens";

  public TextSettings {
    Objects.requireNonNull(padding, "padding");
    if (!List.of(REVIEWS, CHARACTERS, TOKENS, GIVEN).contains(tokenizer)) {
      throw new IllegalArgumentException(
          "tokenizer must be '%s', '%s', '%s' or '%s', got '%s'"
              .formatted(REVIEWS, CHARACTERS, TOKENS, GIVEN, tokenizer));
    }
  }

  /** Returns what texts are cut into. */
  public TextUnit unit() {
    return switch (tokenizer) {
      case CHARACTERS -> TextUnit.CHARACTER;
      case TOKENS -> TextUnit.TOKEN;
      case GIVEN -> TextUnit.GIVEN;
      default -> TextUnit.WORD;
    };
  }

  /** Returns the settings of the tokenizer of a unit with the given padding. */
  public static TextSettings of(TextUnit unit, Padding padding) {
    String tokenizer =
        switch (unit) {
          case CHARACTER -> CHARACTERS;
          case TOKEN -> TOKENS;
          case GIVEN -> GIVEN;
          case WORD -> REVIEWS;
        };
    return new TextSettings(tokenizer, padding);
  }

  /** Returns the settings of this project's tokenizer with the given padding. */
  public static TextSettings of(Padding padding) {
    return new TextSettings(REVIEWS, padding);
  }
}
