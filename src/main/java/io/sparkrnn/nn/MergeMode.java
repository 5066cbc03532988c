package io.sparkrnn.nn;

/**
 * How a bidirectional layer joins its two directions, as in the Keras layer {@code Bidirectional}.
 */
public enum MergeMode {
  CONCAT,
  SUM,
  MUL,
  AVE
}
