package io.sparkrnn.train;

import io.sparkrnn.nn.HeadSpec;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How certain a model is of rows that nobody labelled: how many it takes for each class, by the log
 * odds of their probability. From it follows which rows are the most certain ones.
 *
 * <p>Counts add up in any order. A class and not a record, because Spark's Kryo serializer cannot
 * write records.
 */
public final class Certainty implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Log odds above and below are counted as these. */
  private static final double MOST = 20;

  private static final int BINS = 4000;

  private final long[][] counts;

  /** Creates counts of no rows. */
  public Certainty(int classes) {
    counts = new long[classes][BINS + 1];
  }

  /** What a model says of a row: the class of the largest probability, and the bin of it. */
  private record Guess(int label, int bin) {
    static Guess of(HeadSpec head, float[] outputs, int row) {
      double[] probabilities = head.probabilities(outputs, row);
      int best = 0;
      for (int i = 1; i < probabilities.length; i++) {
        best = probabilities[i] > probabilities[best] ? i : best;
      }
      double p = probabilities[best];
      double odds = Math.max(-MOST, Math.min(MOST, Math.log(p) - Math.log1p(-p)));
      return new Guess(best, (int) Math.round((odds + MOST) / (2 * MOST) * BINS));
    }
  }

  /**
   * Counts rows.
   *
   * @param outputs of a model, rows x K. Not modified.
   */
  public void add(HeadSpec head, float[] outputs) {
    for (int row = 0; row < outputs.length / head.outputs(); row++) {
      Guess guess = Guess.of(head, outputs, row);
      counts[guess.label][guess.bin]++;
    }
  }

  /** Adds what others counted. */
  public void add(Certainty other) {
    for (int label = 0; label < counts.length; label++) {
      for (int bin = 0; bin <= BINS; bin++) {
        counts[label][bin] += other.counts[label][bin];
      }
    }
  }

  /** Returns how many rows were counted. */
  public long rows() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /**
   * Returns the bin from which on a row is certain enough, for each class.
   *
   * @param fraction of all rows
   * @param shares of the classes among the rows that are chosen; their sum is 1. Not modified.
   */
  public int[] bounds(double fraction, double[] shares) {
    int[] bounds = new int[counts.length];
    for (int label = 0; label < bounds.length; label++) {
      long wanted = Math.round(fraction * shares[label] * rows());
      int bin = BINS + 1;
      while (bin > 0 && wanted - counts[label][bin - 1] >= 0) {
        wanted -= counts[label][--bin];
      }
      bounds[label] = bin;
    }
    return bounds;
  }

  /**
   * Returns the labels of the rows that are certain enough, -1 for the others.
   *
   * @param outputs of a model, rows x K. Not modified.
   * @param bounds of the classes. Not modified.
   */
  public static int[] labels(HeadSpec head, float[] outputs, int[] bounds) {
    int[] labels = new int[outputs.length / head.outputs()];
    for (int row = 0; row < labels.length; row++) {
      Guess guess = Guess.of(head, outputs, row);
      labels[row] = guess.bin >= bounds[guess.label] ? guess.label : -1;
    }
    return labels;
  }
}
