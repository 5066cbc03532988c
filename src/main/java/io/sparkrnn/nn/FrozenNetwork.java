package io.sparkrnn.nn;

import io.sparkrnn.nn.head.Decoding;

/**
 * A network with parameters that no longer change, ready to score.
 *
 * <p>What a forward pass needs of the parameters alone, packed weights and the projected
 * vocabulary, is computed once and read by all tapes. Immutable: one instance may serve many
 * threads, each with a tape of its own.
 */
public final class FrozenNetwork {
  private final Network network;
  private final float[] parameters;
  private final Tape shared;

  /**
   * Packs the weights and projects the vocabulary.
   *
   * @param network the topology
   * @param parameters all parameters, which must not change from now on. Not copied, not modified.
   * @throws IllegalArgumentException if the number of parameters does not suit the network
   */
  public FrozenNetwork(Network network, float[] parameters) {
    this.network = network;
    this.parameters = parameters;
    this.shared = network.prepare(parameters);
  }

  /** Returns the topology. */
  public NetworkSpec spec() {
    return network.spec();
  }

  /** Returns scratch for one thread; it serves this network alone, and cannot train. */
  public Tape newTape() {
    Tape tape = network.newTape();
    tape.borrow(shared);
    return tape;
  }

  /**
   * Predicts; results are in {@code tape.predictions()}.
   *
   * @param batch Not modified.
   * @param tape made by {@link #newTape()} of this network. Modified.
   * @throws IllegalArgumentException if the batch does not fit the network
   */
  public void forward(PackedBatch batch, Tape tape) {
    network.forward(parameters, batch, tape);
  }

  /**
   * Encodes a batch, for translations of it to be made step by step.
   *
   * @param batch without targets. Not modified.
   * @param tape made by {@link #newTape()} of this network. Modified.
   * @throws IllegalArgumentException if the network is no translator, or the batch does not fit it
   */
  public Decoding decode(PackedBatch batch, Tape tape) {
    return network.decode(parameters, batch, tape);
  }

  /**
   * Predicts from given states; {@code tape.readFinal} then has the states at the end.
   *
   * @param batch Not modified.
   * @param initial states before each sequence's first step, or null for zeros. Not modified.
   * @param tape made by {@link #newTape()} of this network. Modified.
   * @throws IllegalArgumentException if batch or states do not fit the network
   */
  public void forward(PackedBatch batch, States initial, Tape tape) {
    network.forward(parameters, batch, initial, tape);
  }
}
