package io.sparkrnn.spark.rows;

import io.sparkrnn.text.Padding;
import io.sparkrnn.text.TextUnit;
import java.io.Serializable;

/**
 * What is kept of texts that are read.
 *
 * @param unit what words are
 * @param padding which words of a text the network will read
 * @param keepsAll whether the words that it will not read are kept too, for n-grams
 * @param keepsUnlabelled whether texts that nobody labelled are kept too
 */
public record TextCut(TextUnit unit, Padding padding, boolean keepsAll, boolean keepsUnlabelled)
    implements Serializable {

  /** Keeps what a network reads of labelled texts. */
  public static TextCut of(Padding padding) {
    return new TextCut(TextUnit.WORD, padding, false, false);
  }

  /** Keeps what a network reads of labelled texts that are cut into such units. */
  public static TextCut of(TextUnit unit, Padding padding) {
    return new TextCut(unit, padding, false, false);
  }

  /** Keeps all words, for n-grams. */
  public TextCut all() {
    return new TextCut(unit, padding, true, keepsUnlabelled);
  }
}
