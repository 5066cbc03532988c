package io.sparkrnn.nn;

/** What of the last recurrent layer's outputs the dense output layer sees. */
public enum Pooling {
  /** The state after the last real step; zeros for a sequence without steps. */
  LAST,
  /** The maximum over the real steps, per unit. */
  MAX,
  /** The mean over the real steps. */
  MEAN,
  /** Maximum and mean, concatenated in this order. */
  MAX_MEAN,
  /** Additive attention over the real steps (Bahdanau et al., 2015). */
  ATTENTION,
  /**
   * No pooling: one output per real step, in the order in which the last layer reads (Keras: {@code
   * TimeDistributed}).
   */
  EVERY_STEP
}
