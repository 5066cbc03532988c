package io.sparkrnn.train.preflight;

/**
 * What one shard holds.
 *
 * @param rows rows to train on
 * @param steps their steps, such as words
 * @param longest steps of the longest of them
 * @param validationRows rows held out
 * @param validationSteps their steps
 */
public record ShardSize(
    long rows, long steps, int longest, long validationRows, long validationSteps) {
  /** Label, weight and offset of a row, 4 bytes each. */
  private static final int BYTES_PER_ROW = 12;

  /**
   * Returns the bytes of the packed rows.
   *
   * @param bytesPerStep of a token id 4, of a vector 4 for each of its floats
   */
  long bytes(long bytesPerStep) {
    return (steps + validationSteps) * bytesPerStep + (rows + validationRows) * BYTES_PER_ROW;
  }

  /**
   * Returns the bytes of windows, each of which brings one step of its series and shares the
   * others.
   *
   * @param bytesPerStep 4 for each float
   */
  long bytesOfWindows(long bytesPerStep) {
    return (rows + validationRows) * (bytesPerStep + BYTES_PER_ROW + 2 * Integer.BYTES);
  }
}
