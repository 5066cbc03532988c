package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Scratch;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.State;
import io.sparkrnn.nn.recurrent.Features;
import io.sparkrnn.nn.recurrent.LayerTape;
import java.util.Arrays;

/** Scratch of a decoder. */
final class DecoderTape extends NextTokenTape {
  final PackedBatch batch = new PackedBatch();
  final Features embedded;
  final LayerTape[] layers;
  final Dense.Tape[] bridges;
  final CrossAttention.Tape attention = new CrossAttention.Tape();
  final Dense.Tape combine = new Dense.Tape();

  /** Ids that the decoder reads, those of one sentence after another, and where each begins. */
  int[] inputs = new int[0];

  int[] starts = new int[1];
  int[] places = new int[0];

  /** States before the first step, a row for each sentence; and the derivatives by them. */
  final State[] initial;

  final State[] dInitial;
  final float[][] bridged;

  /** Outputs of the last layer, contexts, and both beside each other, by sentences. */
  float[] outputs = new float[0];

  float[] contexts = new float[0];
  float[] joined = new float[0];
  float[] dOutputs = new float[0];
  float[] dContexts = new float[0];
  float[] dJoined = new float[0];

  /** q, and the mask of what the softmax sees of it where values are dropped. */
  float[] combined = new float[0];

  float[] dropped = new float[0];
  float[] mask = new float[0];
  boolean drops;

  DecoderTape(Features embedded, LayerTape[] layers, LogUniformSample none) {
    super(none);
    this.embedded = embedded;
    this.layers = layers;
    bridges = new Dense.Tape[layers.length];
    Arrays.setAll(bridges, l -> new Dense.Tape());
    initial = new State[layers.length];
    dInitial = new State[layers.length];
    bridged = new float[layers.length][];
    for (int l = 0; l < layers.length; l++) {
      initial[l] = new State(new float[0], new float[0]);
      dInitial[l] = initial[l];
      bridged[l] = new float[0];
    }
  }

  LayerTape top() {
    return layers[layers.length - 1];
  }

  /** Returns where each row of a batch of so many stands: 0, 1, .. */
  int[] places(int rows) {
    if (places.length < rows) {
      places = Scratch.grown(places, rows);
      Arrays.setAll(places, i -> i);
    }
    return places;
  }

  @Override
  public void borrow(HeadTape other) {
    super.borrow(other);
    DecoderTape from = (DecoderTape) other;
    for (int l = 0; l < layers.length; l++) {
      layers[l].borrow(from.layers[l]);
      bridges[l].borrow(from.bridges[l]);
    }
    attention.borrow(from.attention);
    combine.borrow(from.combine);
  }
}
