package io.sparkrnn.train.translation;

import io.sparkrnn.nn.TranslationHead;
import java.util.Arrays;

/**
 * A translation, or its beginning.
 *
 * @param ids its tokens, without the end. Not copied.
 * @param attended which step of the source each of them attended to most, -1 for none. Not copied.
 * @param logProbability log p of its tokens, and of its end if it has come to it
 * @param score what it is compared with others by, when it is whole
 */
public record Hypothesis(int[] ids, int[] attended, double logProbability, double score) {
  static final Hypothesis NOTHING = new Hypothesis(new int[0], new int[0], 0, 0);

  /** Returns the hypothesis with a token more. */
  Hypothesis with(int id, int place, double logProbability) {
    int length = ids.length;
    int[] longer = Arrays.copyOf(ids, length + 1);
    int[] places = Arrays.copyOf(attended, length + 1);
    longer[length] = id;
    places[length] = place;
    return new Hypothesis(longer, places, logProbability, 0);
  }

  /** Returns the translation that it is, with its end or, when it is too long, without. */
  Hypothesis whole(double logProbability, boolean ended, Beam how) {
    double score = how.score(logProbability, ids.length + (ended ? 1 : 0));
    return new Hypothesis(ids, attended, logProbability, score);
  }

  /** Returns what the decoder reads next. */
  int last() {
    return ids.length == 0 ? TranslationHead.BOUNDARY : ids[ids.length - 1];
  }
}
