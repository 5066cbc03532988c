package io.sparkrnn.io;

import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.nn.States;
import io.sparkrnn.nn.Tape;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One text, or one sequence of ids, that grows: every piece is read once, and what the model says
 * of all of it so far is known after each.
 *
 * <pre>
 *   TextStream stream = model.stream();
 *   stream.add("I would");
 *   stream.add("see it again.");
 *   double p = stream.probability();
 * </pre>
 *
 * <p>The result is that of the whole sequence, bit for bit, whatever its pieces; a piece costs as
 * much as its own words. A text is cut between words: what tokenizing makes of a piece does not
 * depend on its neighbours. The model's padding and truncating do not apply: every word counts,
 * however long the stream, and no padding is read.
 *
 * <p>Holds the states of the layers and the last outputs, nothing else. Owned by one thread; many
 * streams of one {@link TextClassifier} may grow side by side.
 */
public final class TextStream {
  private final TextReader reader;
  private final Outputs outputs;
  private final Runner runner;
  private final States states;
  private float[] last;
  private long steps;

  /**
   * Starts an empty stream.
   *
   * @throws IllegalStateException if the network cannot be read in pieces
   */
  TextStream(TextReader reader, Outputs outputs, Runner runner) {
    NetworkSpec spec = runner.network.spec();
    check(spec);
    this.reader = reader;
    this.outputs = outputs;
    this.runner = runner;
    states = States.zeros(spec, 1);
  }

  /** The end of a sequence must change nothing but what comes after the words so far. */
  private static void check(NetworkSpec spec) {
    for (LayerSpec layer : spec.layers()) {
      if (layer instanceof LayerSpec.Bidirectional || layer.goBackwards()) {
        throw new IllegalStateException(
            "stream() needs layers that read forward only, got " + layer);
      }
    }
    if (spec.head().pooling() != Pooling.LAST) {
      throw new IllegalStateException("stream() needs pooling LAST, got " + spec.head().pooling());
    }
  }

  /**
   * Reads on.
   *
   * @param words whole words, perhaps none
   * @return this stream
   * @throws IllegalStateException if the model reads ids only
   */
  public TextStream add(String words) {
    return advance(reader.ids(words));
  }

  /**
   * Reads on.
   *
   * @param ids token ids, perhaps none; padding is skipped if the model skips it. Not modified.
   * @return this stream
   * @throws IllegalArgumentException if an id is outside the vocabulary; nothing is read then
   */
  public TextStream add(int[] ids) {
    return advance(reader.kept(ids));
  }

  private TextStream advance(int[] ids) {
    if (ids.length > 0) {
      last = runner.advance(ids, states);
      steps += ids.length;
    }
    return this;
  }

  /** Returns how many words or ids have been read. */
  public long steps() {
    return steps;
  }

  /**
   * Returns the probability of class 1 of a two-class model.
   *
   * @throws IllegalStateException if nothing has been read, or the model has not two classes
   */
  public double probability() {
    outputs.requireTwoClasses();
    return probabilities()[1];
  }

  /**
   * Returns the probability of every class.
   *
   * @throws IllegalStateException if nothing has been read, or the model is a regression
   */
  public double[] probabilities() {
    outputs.requireClasses();
    return outputs.probabilities(last(), 0);
  }

  /**
   * Returns the name of the most probable class, its number when the classes have no names.
   *
   * @throws IllegalStateException if nothing has been read, or the model is a regression
   */
  public String label() {
    return outputs.label(probabilities());
  }

  /**
   * Returns the value that a regression predicts.
   *
   * @throws IllegalStateException if nothing has been read, or the model tells classes apart
   */
  public double value() {
    outputs.requireValue();
    return last()[0];
  }

  private float[] last() {
    if (last == null) {
      throw new IllegalStateException("the stream must have at least 1 word, got none; add some");
    }
    return last;
  }

  /** Runs the network on; scratch is kept for as many threads as have added at the same time. */
  static final class Runner {
    private static final int[] ROW = {0};

    private final FrozenNetwork network;
    private final Queue<Scratch> idle = new ConcurrentLinkedQueue<>();

    private record Scratch(Tape tape, PackedBatch batch) {}

    Runner(FrozenNetwork network) {
      this.network = network;
    }

    /**
     * Reads on from given states.
     *
     * @param ids at least one. Not modified.
     * @param states of one sequence. Modified: those after the last id.
     * @return the outputs after the last id, K
     */
    float[] advance(int[] ids, States states) {
      Scratch taken = idle.poll();
      Scratch scratch = taken == null ? new Scratch(network.newTape(), new PackedBatch()) : taken;
      PackedBatch batch = scratch.batch();
      batch.assemble(ids, new int[] {0, ids.length}, ROW, 0, 1);
      network.forward(batch, states, scratch.tape());
      scratch.tape().readFinal(batch, states);
      float[] outputs = new float[network.spec().head().outputs()];
      System.arraycopy(scratch.tape().predictions(), 0, outputs, 0, outputs.length);
      idle.add(scratch);
      return outputs;
    }
  }
}
