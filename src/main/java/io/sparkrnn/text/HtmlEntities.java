package io.sparkrnn.text;

import java.util.HashMap;
import java.util.Map;

/**
 * Character references of HTML: {@code &eacute;}, {@code &#233;}, {@code &#xe9;}.
 *
 * <p>Knows the names of Latin-1 and of the punctuation that word processors write. A reference
 * needs its semicolon; an unknown name is no reference.
 */
final class HtmlEntities {
  /** Longest reference that is looked at, from ampersand to semicolon. */
  static final int MAX_LENGTH = 12;

  /** Names of the code points from 160 on, in their order. */
  private static final String LATIN_1 =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn"
          + " sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
          + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave"
          + " Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute"
          + " Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave"
          + " eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml"
          + " divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

  private static final Map<String, Integer> NAMES = names();

  private HtmlEntities() {}

  private static Map<String, Integer> names() {
    Map<String, Integer> names = new HashMap<>();
    int codePoint = 160;
    for (String name : LATIN_1.split(" ")) {
      names.put(name, codePoint++);
    }
    names.putAll(
        Map.of("amp", 0x26, "lt", 0x3c, "gt", 0x3e, "quot", 0x22, "apos", 0x27, "OElig", 0x152));
    names.putAll(
        Map.of("oelig", 0x153, "Scaron", 0x160, "scaron", 0x161, "Yuml", 0x178, "euro", 0x20ac));
    names.putAll(
        Map.of("lsquo", 0x2018, "rsquo", 0x2019, "ldquo", 0x201c, "rdquo", 0x201d, "bull", 0x2022));
    names.putAll(
        Map.of(
            "ndash", 0x2013, "mdash", 0x2014, "hellip", 0x2026, "trade", 0x2122, "tilde", 0x2dc));
    return Map.copyOf(names);
  }

  /**
   * Returns the code point of the reference that begins with the ampersand at {@code start}, or -1
   * when none does. It ends at the next semicolon.
   */
  static int codePoint(String text, int start) {
    int end = semicolon(text, start);
    if (end < start + 3) {
      return -1;
    }
    if (text.charAt(start + 1) != '#') {
      return NAMES.getOrDefault(text.substring(start + 1, end), -1);
    }
    boolean hex = (text.charAt(start + 2) | 0x20) == 'x';
    int codePoint = number(text, start + (hex ? 3 : 2), end, hex ? 16 : 10);
    return Character.isValidCodePoint(codePoint) ? codePoint : -1;
  }

  private static int semicolon(String text, int start) {
    int limit = Math.min(text.length(), start + MAX_LENGTH);
    for (int i = start + 1; i < limit; i++) {
      if (text.charAt(i) == ';') {
        return i;
      }
    }
    return -1;
  }

  /** Returns the number that the digits spell, -1 when there are none or others among them. */
  private static int number(String text, int from, int to, int radix) {
    int value = from < to ? 0 : -1;
    for (int i = from; i < to && value >= 0; i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
      value = digit < 0 || value > Character.MAX_CODE_POINT ? -1 : value * radix + digit;
    }
    return value;
  }
}
