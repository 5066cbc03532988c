package io.sparkrnn.nn;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.nn.head.HeadTape;
import io.sparkrnn.nn.recurrent.Features;
import io.sparkrnn.nn.recurrent.LayerTape;

/**
 * Scratch of a whole network for one thread: everything a forward pass leaves for the backward
 * pass. Reused from batch to batch, grown as needed, never shared and never serialized. Made by
 * {@link Network#newTape()}.
 */
public final class Tape {
  private final Features input;
  private final TokenDropout tokenDropout = new TokenDropout();
  private final LayerTape[] layers;
  private final HeadTape head;
  private float[] packed;
  private boolean borrowed;
  private final NetworkSpec spec;
  private States initial;
  private long limit = Long.MAX_VALUE;
  private final PackedBatch block = new PackedBatch();
  private boolean inBlocks;
  private boolean initialGradientKnown;

  Tape(NetworkSpec spec, Features input, LayerTape[] layers, HeadTape head) {
    this.spec = spec;
    this.input = input;
    this.layers = layers;
    this.head = head;
  }

  /**
   * Returns the outputs of the last pass, B x K in the batch's packed order, or N x K with a head
   * at every step, which {@link PackedBatch#unpackSteps} brings into the caller's order. Valid
   * until the next pass.
   */
  public float[] predictions() {
    return head.predictions();
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
   * Truncates back-propagation through time in every backward pass from now on.
   *
   * <p>The steps of each sequence, in the order a layer reads them, are cut into segments of {@code
   * steps} counted from the last one; what is left over is the first segment. States cross from
   * segment to segment exactly, derivatives do not: within a layer, a gradient goes back to the
   * first step of its segment and no further. So a head that reads the last state always sees
   * {@code steps} steps.
   *
   * @param steps steps of a segment, 0 for the whole sequence
   * @see <a href="https://doi.org/10.1162/neco.1990.2.4.490">Williams and Peng, 1990</a>
   */
  public void truncate(int steps) {
    Require.atLeast(0, "truncatedSteps", steps);
    for (LayerTape layer : layers) {
      layer.truncate(steps);
    }
  }

  /**
   * Says where all passes from now on start.
   *
   * @param states a state for each row of the batches that follow, read when a pass starts; null
   *     for zeros. Not modified.
   */
  public void startFrom(States states) {
    initial = states;
  }

  /**
   * Says which words a sampled softmax compares with in every backward pass from now on.
   *
   * @param seed the same seed draws the same words
   */
  public void sampleFrom(long seed) {
    head.sampleFrom(seed);
  }

  /**
   * Reads the states after each sequence's last step of the last pass.
   *
   * @param batch the batch of that pass. Not modified.
   * @param states made for the network and the batch's size. Modified.
   * @throws IllegalArgumentException if they were made for others
   * @throws IllegalStateException if the pass was one of training without initial states, which
   *     keeps the states of a part of the rows only
   */
  public void readFinal(PackedBatch batch, States states) {
    states.check(spec, batch.size());
    if (inBlocks) {
      throw new IllegalStateException(
          "final states are known of scoring, and of training with initial states; call startFrom"
              + " first");
    }
    for (int i = 0; i < layers.length; i++) {
      layers[i].readFinal(batch, states.layer(i));
    }
  }

  /**
   * Reads how much each step of a sequence counted in the last pass: the weights of attention
   * pooling, which are at least 0 and sum to 1.
   *
   * @param batch the batch of that pass. Not modified.
   * @param b packed row
   * @param weights room for the row's steps from {@code at} on, in the order of the input whatever
   *     the direction in which layers read. Modified.
   * @param at where the weight of the first step goes
   * @throws IllegalStateException if the network has another pooling
   */
  public void readAttention(PackedBatch batch, int b, float[] weights, int at) {
    if (spec.head().pooling() != Pooling.ATTENTION) {
      throw new IllegalStateException(
          "weights of steps need pooling ATTENTION, got " + spec.head().pooling());
    }
    boolean turned = spec.outputsReversed();
    int length = batch.length(b);
    for (int t = 0; t < length; t++) {
      weights[at + (turned ? length - 1 - t : t)] = head.attention(batch.offset(t) + b);
    }
  }

  /**
   * Reads the derivatives of the loss by the states that the last backward pass started from.
   *
   * @param batch the batch of that pass. Not modified.
   * @param states made for the network and the batch's size. Modified.
   * @throws IllegalArgumentException if they were made for others
   * @throws IllegalStateException if the pass started from zeros by default
   */
  public void readInitialGradient(PackedBatch batch, States states) {
    if (!initialGradientKnown) {
      throw new IllegalStateException(
          "the gradient by the initial states is known only of a pass with initial states; call"
              + " startFrom first");
    }
    states.check(spec, batch.size());
    for (int i = 0; i < layers.length; i++) {
      layers[i].readInitialGradient(batch, states.layer(i));
    }
  }

  /** Says that a backward pass has come to its end. */
  void endBackward() {
    initialGradientKnown = initial != null;
  }

  /** Says that the next pass keeps all rows together. */
  void leaveBlocks() {
    inBlocks = false;
  }

  /** Returns the rows to compute together: all when states are handed in and out. */
  int blockRows(PackedBatch batch, int wanted) {
    inBlocks = initial == null && batch.size() > wanted;
    return inBlocks ? wanted : Math.max(1, batch.size());
  }

  /** Returns some of a batch's rows, and lets them read their part of the input. */
  PackedBatch enter(PackedBatch batch, int first, int count) {
    if (!inBlocks) {
      return batch;
    }
    block.slice(batch, first, count);
    input.enter(batch, block, first);
    return block;
  }

  /** Hands the initial states to the layers. */
  void start(PackedBatch batch) {
    initialGradientKnown = false;
    head.clearTouched();
    if (initial != null) {
      initial.check(spec, batch.size());
    }
    for (int i = 0; i < layers.length; i++) {
      layers[i].startFrom(batch, initial == null ? null : initial.layer(i));
    }
  }

  /**
   * Returns whether {@code parameters} are the array packed last, for callers that never change it.
   */
  boolean holds(float[] parameters) {
    return packed == parameters;
  }

  /**
   * Says that the values of the parameters have changed since the last pass.
   *
   * @throws IllegalArgumentException if the tape is a frozen network's
   */
  public void parametersChanged() {
    checkOwner();
    packed = null;
  }

  void setPacked(float[] parameters) {
    packed = parameters;
  }

  /**
   * Sets the bytes above which training keeps only some states of a batch and computes the rest a
   * second time, going back; see {@link Network#trainingBytes}. The gradient is the same, bit for
   * bit. Batches are judged one by one; what one has made room for stays, so that batches of long
   * sequences and batches of many distinct words together may take more.
   *
   * @param bytes more than 0; {@code Long.MAX_VALUE}, as at first, to keep everything
   */
  public void limit(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("limit must be > 0 bytes, got " + bytes);
    }
    limit = bytes;
    recompute(false);
  }

  long limit() {
    return limit;
  }

  /** Keeps some states of a forward pass only, or all. */
  void recompute(boolean recompute) {
    for (LayerTape layer : layers) {
      layer.recompute(recompute);
    }
  }

  /** Reads from now on what {@code other} has packed and projected, instead of its own. */
  void borrow(Tape other) {
    borrowed = true;
    packed = other.packed;
    input.borrow(other.input);
    for (int i = 0; i < layers.length; i++) {
      layers[i].borrow(other.layers[i]);
    }
    head.borrow(other.head);
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

  HeadTape head() {
    return head;
  }
}
