package io.sparkrnn.text;

import java.util.SplittableRandom;

/** Makes expanded rules look like written English: spaces, capitals, "an", paragraphs. */
final class English {
  private static final int SENTENCES_PER_PARAGRAPH = 9;

  private English() {}

  /** Returns the text with single spaces, capitals at the start of sentences and some breaks. */
  static String polish(String raw, SplittableRandom random) {
    String[] words = raw.trim().split(" +");
    boolean paragraphs = random.nextInt(3) == 0;
    StringBuilder text = new StringBuilder(raw.length() + 16);
    boolean start = true;
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      if (word.equals("a") && i + 1 < words.length && "aeio".indexOf(words[i + 1].charAt(0)) >= 0) {
        word = "an";
      }
      text.append(start ? capital(word) : word);
      start = ".!?".indexOf(word.charAt(word.length() - 1)) >= 0;
      if (i + 1 < words.length) {
        boolean paragraph = start && paragraphs && random.nextInt(SENTENCES_PER_PARAGRAPH) == 0;
        text.append(paragraph ? "<br /><br />" : " ");
      }
    }
    return text.toString();
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
