package io.sparkrnn.nn;

/** The recurrent cells; names and formulas are those of the Keras layers of the same name. */
public enum CellType {
  SIMPLE_RNN("simple_rnn", 1),
  LSTM("lstm", 4),
  GRU("gru", 3);

  private final String kerasName;
  private final int gates;

  CellType(String kerasName, int gates) {
    this.kerasName = kerasName;
    this.gates = gates;
  }

  /** Returns the name used in parameter names and configurations, such as {@code simple_rnn}. */
  public String kerasName() {
    return kerasName;
  }

  /** Returns how many blocks of {@code units} columns the kernels of this cell have. */
  public int gates() {
    return gates;
  }
}
