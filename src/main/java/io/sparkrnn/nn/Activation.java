package io.sparkrnn.nn;

/** Activation of the output layer. */
public enum Activation {
  SIGMOID,
  SOFTMAX,
  LINEAR
}
