package io.sparkrnn.train.config;

import io.sparkrnn.kernel.Require;

/**
 * When training ends.
 *
 * @param epochs passes over the rows
 * @param patience epochs without improvement before training stops, 0 for no early stopping
 */
public record Stopping(@FreeOnResume int epochs, @FreeOnResume int patience)
    implements OptionGroup {
  public Stopping {
    Require.atLeast(1, "epochs", epochs);
    Require.atLeast(0, "patience", patience);
  }

  /** Ten epochs, no early stopping. */
  public static Stopping defaults() {
    return new Stopping(10, 0);
  }
}
