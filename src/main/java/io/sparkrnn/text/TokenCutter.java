package io.sparkrnn.text;

import java.text.Normalizer;
import java.util.List;

/**
 * Cuts a text into words and marks, so that the text can be put together again.
 *
 * <p>The rules:
 *
 * <ol>
 *   <li>A word is a run of letters, digits and the combining marks after them, in the case it has.
 *       Every other character that is no blank is a token of its own.
 *   <li>A mark that stands at a neighbour without a blank between has {@link #JOINER} on that side:
 *       {@code don't.} is {@code don ￭'￭ t ￭.}, and {@code so , yes} is {@code so , yes}.
 *   <li>Text is brought to Unicode's composed form (NFC). A joiner in the text becomes {@code ■}.
 *   <li>A word of more than 255 UTF-16 units is cut into pieces, each but the first with a joiner
 *       in front.
 * </ol>
 *
 * <p>{@link #join} of the tokens is the text, but for the kinds and lengths of its blanks.
 *
 * @see <a href="https://aclanthology.org/P17-4012/">Klein et al., 2017</a> (joiners of OpenNMT)
 */
final class TokenCutter {
  /** Says that there is no blank on its side of a mark. */
  static final char JOINER = '\uFFED';

  private static final char IN_ITS_PLACE = '\u25A0';

  private final WordSink sink;
  private final StringBuilder token = new StringBuilder();
  private char[] buffer = new char[64];

  private TokenCutter(WordSink sink) {
    this.sink = sink;
  }

  /** Hands the tokens of a text on in their order. */
  static void cut(String text, WordSink sink) {
    boolean composed = Normalizer.isNormalized(text, Normalizer.Form.NFC);
    new TokenCutter(sink).cut(composed ? text : Normalizer.normalize(text, Normalizer.Form.NFC));
  }

  private void cut(String text) {
    int length = text.length();
    for (int i = 0; i < length; ) {
      int codePoint = text.codePointAt(i);
      int end = i + Character.charCount(codePoint);
      if (isWord(codePoint)) {
        end = wordEnd(text, i);
        word(text, i, end);
      } else if (!isBlank(codePoint)) {
        mark(text, i, end, codePoint);
      }
      i = end;
    }
  }

  private static int wordEnd(String text, int start) {
    int end = start;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      if (!isWord(codePoint) && (end == start || !isCombining(codePoint))) {
        return end;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }

  private void word(String text, int from, int to) {
    for (int start = from; start < to; ) {
      int end = Math.min(to, start + Tokenizer.MAX_WORD_LENGTH);
      if (end < to && Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      token.setLength(0);
      if (start > from) {
        token.append(JOINER);
      }
      emit(token.append(text, start, end));
      start = end;
    }
  }

  private void mark(String text, int from, int to, int codePoint) {
    token.setLength(0);
    if (from > 0 && !isBlank(text.codePointBefore(from))) {
      token.append(JOINER);
    }
    if (codePoint == JOINER) {
      token.append(IN_ITS_PLACE);
    } else {
      token.append(text, from, to);
    }
    // between two marks the second one says that they stand together
    if (to < text.length() && isWord(text.codePointAt(to))) {
      token.append(JOINER);
    }
    emit(token);
  }

  private void emit(StringBuilder token) {
    int length = token.length();
    if (buffer.length < length) {
      buffer = new char[2 * length];
    }
    token.getChars(0, length, buffer, 0);
    sink.add(buffer, length);
  }

  private static boolean isWord(int codePoint) {
    return Character.isLetterOrDigit(codePoint);
  }

  private static boolean isCombining(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  /** Blanks separate, and so does what cannot stand in a vocabulary's file. */
  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || Character.isISOControl(codePoint)
        || Vocabulary.breaksLines(codePoint);
  }

  /** Puts tokens together, after a text. */
  static String join(String before, List<String> tokens) {
    StringBuilder text = new StringBuilder();
    boolean joined = before.isEmpty() || isBlank(before.codePointBefore(before.length()));
    for (String next : tokens) {
      int from = next.length() > 1 && next.charAt(0) == JOINER ? 1 : 0;
      boolean joins = next.length() > from + 1 && next.charAt(next.length() - 1) == JOINER;
      if (!joined && from == 0) {
        text.append(' ');
      }
      text.append(next, from, joins ? next.length() - 1 : next.length());
      joined = joins;
    }
    return text.toString();
  }
}
