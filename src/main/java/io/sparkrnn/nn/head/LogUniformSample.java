package io.sparkrnn.nn.head;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Distinct ids drawn by the log-uniform distribution, which suits ids in the order of falling
 * frequency.
 *
 * <pre>
 *   p(k) = log((k + 2) / (k + 1)) / log(V + 1)
 *   expected(k) = 1 - (1 - p(k))^draws          draws until there were enough distinct ones
 * </pre>
 *
 * <p>Scratch of one thread; the ids depend on the seed alone.
 *
 * @see <a
 *     href="https://www.tensorflow.org/api_docs/python/tf/random/log_uniform_candidate_sampler">
 *     TensorFlow's sampler</a>
 */
final class LogUniformSample {
  private static final int ABSENT = -1;

  private final int vocabulary;
  private final int[] ids;
  private final int[] place;
  private final double range;
  private long draws;
  private long seed;
  private boolean drawn;

  /**
   * Creates a sample that is not drawn yet.
   *
   * @param vocabulary V
   * @param size number of distinct ids
   */
  LogUniformSample(int vocabulary, int size) {
    this.vocabulary = vocabulary;
    ids = new int[size];
    place = new int[size == 0 ? 0 : vocabulary];
    Arrays.fill(place, ABSENT);
    range = StrictMath.log1p(vocabulary);
  }

  /** Returns how many ids there are. */
  int size() {
    return ids.length;
  }

  /** Returns the ids. Not to be modified. */
  int[] ids() {
    return ids;
  }

  /** Draws the ids of a seed; returns whether they are others than before. */
  boolean draw(long wanted) {
    if (drawn && wanted == seed) {
      return false;
    }
    for (int i = 0; drawn && i < ids.length; i++) {
      place[ids[i]] = ABSENT;
    }
    SplittableRandom random = new SplittableRandom(wanted);
    draws = 0;
    for (int found = 0; found < ids.length; draws++) {
      int id = (int) StrictMath.exp(random.nextDouble() * range) - 1;
      if (id < vocabulary && place[id] == ABSENT) {
        place[id] = found;
        ids[found++] = id;
      }
    }
    seed = wanted;
    drawn = true;
    return true;
  }

  /** Returns which of the ids this is, or less than 0. */
  int place(int id) {
    return place[id];
  }

  /** Returns the logarithm of how often an id is expected in the sample. */
  double logExpected(int id) {
    double p = StrictMath.log((id + 2.0) / (id + 1.0)) / range;
    return StrictMath.log(-StrictMath.expm1(draws * StrictMath.log1p(-p)));
  }
}
