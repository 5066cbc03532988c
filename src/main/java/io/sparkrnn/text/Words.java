package io.sparkrnn.text;

import java.text.Normalizer;
import java.util.Locale;

/** Puts the words of one text together, character by character; used once, by one thread. */
final class Words {
  private final WordSink sink;
  private final char[] word = new char[Tokenizer.MAX_WORD_LENGTH + 2];
  private int length;
  private boolean ascii = true;

  /** Whether an apostrophe stands between the word so far and the next character. */
  private boolean apostrophe;

  Words(WordSink sink) {
    this.sink = sink;
  }

  /** Takes an ASCII letter or digit. */
  void ascii(char c) {
    room(1);
    word[length++] = AsciiKind.lower(c);
  }

  /** Takes an ASCII character that is neither letter nor digit. */
  void other(char c) {
    if (c == '\'' || c == '`') {
      apostrophe();
    } else {
      separator();
    }
  }

  /** Takes any code point. */
  void any(int codePoint) {
    if (codePoint < 128 && !AsciiKind.isLetterOrDigit((char) codePoint)) {
      other((char) codePoint);
    } else if (codePoint < 128) {
      ascii((char) codePoint);
    } else if (isApostrophe(codePoint)) {
      apostrophe();
    } else if (Character.isLetterOrDigit(codePoint) || (length > 0 && isMark(codePoint))) {
      room(Character.charCount(codePoint));
      length += Character.toChars(codePoint, word, length);
      ascii = false;
    } else if (!isInvisible(codePoint)) {
      separator();
    }
  }

  /** Ends the word. */
  void separator() {
    apostrophe = false;
    if (length > 0) {
      if (ascii) {
        sink.add(word, length);
      } else {
        char[] folded = fold(new String(word, 0, length)).toCharArray();
        sink.add(folded, folded.length);
      }
      length = 0;
      ascii = true;
    }
  }

  private void apostrophe() {
    if (length == 0 || apostrophe) {
      separator();
    } else {
      apostrophe = true;
    }
  }

  /** Makes room in the word for so many characters, and puts the apostrophe that waits. */
  private void room(int characters) {
    if (length + (apostrophe ? 1 : 0) + characters > Tokenizer.MAX_WORD_LENGTH) {
      separator();
    }
    if (apostrophe) {
      word[length++] = '\'';
      apostrophe = false;
    }
  }

  /** Composes before and after the change of case: each can undo the form of the other. */
  private static String fold(String word) {
    String lower = Normalizer.normalize(word, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(lower, Normalizer.Form.NFC);
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static boolean isApostrophe(int codePoint) {
    return switch (codePoint) {
      case 0x2019, 0x2018, 0x201b, 0x02bc, 0xff07, 0x00b4, 0x0092 -> true;
      default -> false;
    };
  }

  private static boolean isInvisible(int codePoint) {
    return switch (codePoint) {
      case 0x00ad, 0x200c, 0x200d, 0x2060, 0xfeff -> true;
      default -> false;
    };
  }
}
