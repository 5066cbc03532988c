package io.sparkrnn.text;

import java.util.List;
import java.util.Locale;

/** What a text is cut into. */
public enum TextUnit {
  /** Lower-case words, by the rules of {@link Tokenizer}. */
  WORD {
    @Override
    public String join(String before, List<String> tokens) {
      String gap = before.isEmpty() || Character.isWhitespace(lastOf(before)) ? "" : " ";
      return tokens.isEmpty() ? "" : gap + String.join(" ", tokens);
    }
  },

  /** Words and marks in the case they have, by the rules of {@link TokenCutter}. */
  TOKEN {
    @Override
    public String join(String before, List<String> tokens) {
      return TokenCutter.join(before, tokens);
    }
  },

  /**
   * Every character (code point) as it is, blanks and line feeds too. One that cannot stand in a
   * {@link Vocabulary}'s file has a name there, such as {@code U+000A}.
   */
  CHARACTER {
    @Override
    public String join(String before, List<String> tokens) {
      StringBuilder text = new StringBuilder();
      for (String token : tokens) {
        if (token.startsWith(NAMED) && token.length() > NAMED.length()) {
          text.appendCodePoint(Integer.parseInt(token.substring(NAMED.length()), 16));
        } else {
          text.append(token);
        }
      }
      return text.toString();
    }
  },

  /** Words that come one by one, as they are; in a text, what blanks separate. */
  GIVEN {
    @Override
    public String join(String before, List<String> tokens) {
      return WORD.join(before, tokens);
    }
  };

  private static final String NAMED = "U+";

  /** Returns what one is called: word, token, character, given. */
  public String noun() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns what tokens add to a text.
   *
   * @param before the text before them, which may be empty
   * @param tokens as the vocabulary has them. Not modified.
   */
  public abstract String join(String before, List<String> tokens);

  /** Returns the token of a character. */
  static String character(int codePoint) {
    return Vocabulary.breaksLines(codePoint)
        ? "U+%04X".formatted(codePoint)
        : Character.toString(codePoint);
  }

  private static char lastOf(String text) {
    return text.charAt(text.length() - 1);
  }
}
