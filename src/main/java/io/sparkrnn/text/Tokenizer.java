package io.sparkrnn.text;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a text into lower-case words, in one pass and in linear time.
 *
 * <p>The rules:
 *
 * <ol>
 *   <li>A word is a run of Unicode letters and decimal digits; everything else separates words. The
 *       combining marks after a letter belong to it. Scripts without spaces are not segmented.
 *   <li>An apostrophe between two letters or digits stays and becomes {@code '}; typographic ones,
 *       the accents that people type in its place, and the Windows-1252 quote read as Latin-1 count
 *       as apostrophes. At the edge of a word it separates.
 *   <li>HTML tags, comments and breaks separate: {@code <} followed by a letter, {@code /}, {@code
 *       !} or {@code ?}, up to the next {@code >} within 1,000 characters and before another {@code
 *       <}. Any other {@code <} is an ordinary separator ({@code i <3 it}).
 *   <li>HTML character references ({@code &eacute;}, {@code &#39;}, {@code &#x27;}) stand for their
 *       character, decoded once.
 *   <li>Soft hyphens, joiners and byte order marks vanish without a trace.
 *   <li>Words are brought to Unicode's composed form (NFC) and to lower case by {@link
 *       Locale#ROOT}.
 *   <li>A word of more than 255 UTF-16 units is cut into pieces of that length.
 * </ol>
 *
 * <p>By {@link TextUnit#CHARACTER} it hands out every character instead, unchanged, by {@link
 * TextUnit#TOKEN} words and marks as they are, and by {@link TextUnit#GIVEN} what stands between
 * blanks.
 *
 * <p>Immutable; one instance may serve many threads.
 */
public final class Tokenizer implements Serializable {
  private static final long serialVersionUID = 1;

  /** Longest word in UTF-16 units; bounds the work on hostile input. */
  static final int MAX_WORD_LENGTH = 255;

  private static final int MAX_TAG_LENGTH = 1000;
  private static final int CHARACTERS_PER_WORD = 6;

  private final TextUnit unit;

  /** Creates a tokenizer that cuts into words. */
  public Tokenizer() {
    this(TextUnit.WORD);
  }

  /** Creates a tokenizer that cuts into words or characters. */
  public Tokenizer(TextUnit unit) {
    this.unit = unit;
  }

  /** Returns the words of a text in their order; none when it is empty. */
  public List<String> tokenize(String text) {
    List<String> words = new ArrayList<>(text.length() / CHARACTERS_PER_WORD + 4);
    tokenize(text, (characters, length) -> words.add(new String(characters, 0, length)));
    return words;
  }

  /** Hands the words of a text on in their order; none when it is empty. */
  void tokenize(String text, WordSink sink) {
    switch (unit) {
      case CHARACTER -> characters(text, sink);
      case TOKEN -> TokenCutter.cut(text, sink);
      case GIVEN -> given(text, sink);
      default -> words(text, sink);
    }
  }

  /** Blanks are the space and the control characters before it. */
  private static void given(String text, WordSink sink) {
    char[] characters = text.toCharArray();
    int start = 0;
    for (int i = 0; i <= characters.length; i++) {
      if (i == characters.length || characters[i] <= ' ') {
        if (i > start) {
          sink.add(Arrays.copyOfRange(characters, start, i), i - start);
        }
        start = i + 1;
      }
    }
  }

  private static void characters(String text, WordSink sink) {
    char[] token = new char[8];
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      String name = Vocabulary.breaksLines(codePoint) ? TextUnit.character(codePoint) : null;
      if (name == null) {
        sink.add(token, Character.toChars(codePoint, token, 0));
      } else {
        name.getChars(0, name.length(), token, 0);
        sink.add(token, name.length());
      }
    }
  }

  private static void words(String text, WordSink sink) {
    Words words = new Words(sink);
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 128) {
        if (AsciiKind.isLetterOrDigit(c)) {
          words.ascii(c);
        } else if (c == '<') {
          i = skipTag(text, i);
          words.separator();
        } else if (c == '&') {
          i = reference(text, i, words);
        } else {
          words.other(c);
        }
      } else {
        int codePoint = text.codePointAt(i);
        words.any(codePoint);
        i += Character.charCount(codePoint) - 1;
      }
    }
    words.separator();
  }

  /** Returns the last position of the tag that begins at {@code start}, or start if none does. */
  private static int skipTag(String text, int start) {
    int limit = Math.min(text.length(), start + MAX_TAG_LENGTH);
    if (start + 1 >= limit || !opensTag(text.charAt(start + 1))) {
      return start;
    }
    for (int i = start + 1; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '>') {
        return i;
      }
      if (c == '<') {
        return start;
      }
    }
    return start;
  }

  private static boolean opensTag(char c) {
    return c == '/' || c == '!' || c == '?' || (c < 128 && Character.isLetter(c));
  }

  /** Takes the reference that begins at {@code start}; returns its last position. */
  private static int reference(String text, int start, Words words) {
    int codePoint = HtmlEntities.codePoint(text, start);
    if (codePoint < 0) {
      words.separator();
      return start;
    }
    words.any(codePoint);
    return text.indexOf(';', start);
  }
}
