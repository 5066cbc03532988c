package io.sparkrnn.train;

/**
 * When training ends.
 *
 * @param epochs passes over the rows
 * @param patience epochs without improvement before training stops, 0 for no early stopping
 */
public record Stopping(int epochs, int patience) implements OptionGroup {
  public Stopping {
    Checks.atLeast(1, "epochs", epochs);
    Checks.atLeast(0, "patience", patience);
  }

  /** Ten epochs, no early stopping. */
  public static Stopping defaults() {
    return new Stopping(10, 0);
  }
}
