package io.sparkrnn.train;

import java.util.List;
import java.util.Locale;

/**
 * What a training took from the model that it started from.
 *
 * @param model where the model is
 * @param taken variables that start from it, by their names in its files
 * @param fresh variables that start at random, because it has none of this name and shape, or its
 *     output layer is for something else
 * @param words words of the vocabulary, padding and out-of-vocabulary not among them; 0 when they
 *     are not known
 * @param wordsTaken those whose vectors were taken
 */
public record StartRecord(
    String model, List<String> taken, List<String> fresh, int words, int wordsTaken) {
  public StartRecord {
    taken = List.copyOf(taken);
    fresh = List.copyOf(fresh);
  }

  /** Returns it in one line. */
  @Override
  public String toString() {
    String embedding =
        words == 0 ? "" : String.format(Locale.ROOT, " (%,d of %,d words)", wordsTaken, words);
    return model
        + " gives "
        + String.join(", ", taken)
        + embedding
        + (fresh.isEmpty() ? "" : "; at random: " + String.join(", ", fresh));
  }
}
