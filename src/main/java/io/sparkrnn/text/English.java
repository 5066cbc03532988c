package io.sparkrnn.text;

import java.util.SplittableRandom;
import java.util.StringTokenizer;

/** Makes expanded rules look like written English: spaces, capitals, "an", paragraphs. */
final class English {
  private static final int SENTENCES_PER_PARAGRAPH = 9;

  private English() {}

  /** Returns the text with single spaces, capitals at the start of sentences and some breaks. */
  static String polish(String raw, SplittableRandom random) {
    boolean paragraphs = random.nextInt(3) == 0;
    StringBuilder text = new StringBuilder(raw.length() + 16);
    StringTokenizer words = new StringTokenizer(raw, " ");
    boolean start = true;
    for (String word = words.nextToken(); word != null; ) {
      String next = words.hasMoreTokens() ? words.nextToken() : null;
      boolean article = word.equals("a") && next != null && "aeio".indexOf(next.charAt(0)) >= 0;
      String written = article ? "an" : word;
      text.append(start ? capital(written) : written);
      start = ".!?".indexOf(word.charAt(word.length() - 1)) >= 0;
      if (next != null) {
        boolean paragraph = start && paragraphs && random.nextInt(SENTENCES_PER_PARAGRAPH) == 0;
        text.append(paragraph ? "<br /><br />" : " ");
      }
      word = next;
    }
    return text.toString();
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
