package io.sparkrnn.text;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Brings sequences of token ids to one length, as {@code keras.utils.pad_sequences} does.
 *
 * @param maxLength length of every result
 * @param padding the side on which a shorter sequence is filled with zeros
 * @param truncating the side on which a longer sequence loses ids
 */
public record Padding(int maxLength, Side padding, Side truncating) implements Serializable {
  /** The longest sequences that are filled with zeros: each takes all of its length in memory. */
  private static final int MAX_FILLED = 1_000_000;

  /** A side of a sequence. */
  public enum Side {
    /** In front of the first id. */
    PRE,
    /** After the last id. */
    POST
  }

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when {@code maxLength} is not positive
   */
  public Padding {
    if (maxLength <= 0) {
      throw new IllegalArgumentException("maxLength must be > 0, got " + maxLength);
    }
    Objects.requireNonNull(padding, "padding");
    Objects.requireNonNull(truncating, "truncating");
  }

  /**
   * Checks that sequences can be filled up to the length; where padding is never read, it may be
   * any.
   *
   * @throws IllegalArgumentException when {@code maxLength} is more than a million
   */
  public void requireFillable() {
    if (maxLength > MAX_FILLED) {
      throw new IllegalArgumentException(
          "maxLength must be <= %d where padding is read, got %d".formatted(MAX_FILLED, maxLength));
    }
  }

  /**
   * Returns a new array of {@code maxLength} ids.
   *
   * @param ids any length. Not modified.
   */
  public int[] pad(int[] ids) {
    int kept = Math.min(ids.length, maxLength);
    int from = firstKept(ids.length);
    int[] padded = new int[maxLength];
    System.arraycopy(ids, from, padded, padding == Side.PRE ? maxLength - kept : 0, kept);
    return padded;
  }

  /**
   * Returns the ids that a network reads: all that {@link #pad} keeps, and its zeros too unless
   * they are masked.
   *
   * @param ids any length. Not modified.
   * @param maskZero whether the network skips padding
   */
  public int[] sequence(int[] ids, boolean maskZero) {
    if (!maskZero) {
      return pad(ids);
    }
    int from = firstKept(ids.length);
    return Arrays.copyOfRange(ids, from, from + Math.min(ids.length, maxLength));
  }

  /**
   * Returns the part of a sequence that {@link #pad} keeps, a view.
   *
   * @param sequence any length. Not modified.
   */
  public <T> List<T> truncate(List<T> sequence) {
    int from = firstKept(sequence.size());
    return sequence.subList(from, from + Math.min(sequence.size(), maxLength));
  }

  /** Returns the first position of a sequence of so many ids that is kept. */
  int firstKept(int length) {
    return truncating == Side.PRE ? Math.max(0, length - maxLength) : 0;
  }
}
