package io.sparkrnn.nn;

/**
 * Scratch of a whole network for one thread: everything a forward pass leaves for the backward
 * pass. Reused from batch to batch, grown as needed, never shared and never serialized. Made by
 * {@link Network#newTape()}.
 */
public final class Tape {
  private final Features input;
  private final TokenDropout tokenDropout = new TokenDropout();
  private final LayerTape[] layers;
  private final PoolTape pool;
  private final Dense.Tape dense = new Dense.Tape();
  private float[] logits = new float[0];
  private float[] predictions = new float[0];
  private float[] packed;
  private boolean borrowed;

  Tape(Features input, LayerTape[] layers, PoolTape pool) {
    this.input = input;
    this.layers = layers;
    this.pool = pool;
  }

  /**
   * Returns the outputs of the last pass, B x K in the batch's packed order. Valid until the next
   * pass.
   */
  public float[] predictions() {
    return predictions;
  }

  /**
   * Records the gradient norm by time step of the last recurrent layer in every backward pass from
   * now on.
   *
   * @param norms where to add, or null to stop
   */
  public void monitor(StepNorms norms) {
    layers[layers.length - 1].monitor(norms);
  }

  /**
   * Returns whether {@code parameters} are the array packed last, for callers that never change it.
   */
  boolean holds(float[] parameters) {
    return packed == parameters;
  }

  void setPacked(float[] parameters) {
    packed = parameters;
  }

  /** Reads from now on what {@code other} has packed and projected, instead of its own. */
  void borrow(Tape other) {
    borrowed = true;
    packed = other.packed;
    input.borrow(other.input);
    for (int i = 0; i < layers.length; i++) {
      layers[i].borrow(other.layers[i]);
    }
    dense.borrow(other.dense);
  }

  /** Refuses to overwrite what other tapes read. */
  void checkOwner() {
    if (borrowed) {
      throw new IllegalArgumentException(
          "a frozen network's tape must score with that network; make a tape by Network.newTape()"
              + " for other parameters or to train");
    }
  }

  Features input() {
    return input;
  }

  TokenDropout tokenDropout() {
    return tokenDropout;
  }

  LayerTape layer(int i) {
    return layers[i];
  }

  LayerTape top() {
    return layers[layers.length - 1];
  }

  PoolTape pool() {
    return pool;
  }

  Dense.Tape dense() {
    return dense;
  }

  float[] logits() {
    return logits;
  }

  void resizeOutputs(int size) {
    if (logits.length < size) {
      logits = new float[size];
      predictions = new float[size];
    }
  }
}
