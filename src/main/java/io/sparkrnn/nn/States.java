package io.sparkrnn.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The states of all recurrent layers of a network for a batch of B sequences: where a pass starts,
 * or where one has ended.
 *
 * <p>A long sequence can be read in pieces: the final states of a piece are the initial states of
 * the next, and the result is that of the whole sequence, bit for bit. That holds for layers that
 * read forward; the backward direction of a bidirectional layer starts at a piece's end, and what
 * it hands on is its state at the piece's first step.
 *
 * <p>Row r of a state is the r-th row that the batch was assembled from. Not thread-safe.
 */
public final class States {
  private final int batchSize;
  private final List<LayerSpec> specs;
  private final List<List<State>> layers;

  private States(int batchSize, List<LayerSpec> specs, List<List<State>> layers) {
    this.batchSize = batchSize;
    this.specs = specs;
    this.layers = layers;
  }

  /**
   * Returns states of zeros, from which every pass starts unless told otherwise.
   *
   * @param spec the network's topology
   * @param batchSize B
   */
  public static States zeros(NetworkSpec spec, int batchSize) {
    List<List<State>> layers = new ArrayList<>();
    for (LayerSpec layer : spec.layers()) {
      layers.add(directions(layer).map(one -> State.zeros(one, batchSize)).toList());
    }
    return new States(batchSize, spec.layers(), List.copyOf(layers));
  }

  private static Stream<LayerSpec.Recurrent> directions(LayerSpec layer) {
    return layer instanceof LayerSpec.Bidirectional both
        ? Stream.of(both.layer(), both.layer().reversed())
        : Stream.of((LayerSpec.Recurrent) layer);
  }

  /** Returns B. */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Returns the states of one layer's directions, the forward one first; their arrays may be
   * written to.
   *
   * @param layer number of the layer, 0 for the first
   */
  public List<State> layer(int layer) {
    return layers.get(layer);
  }

  /** Refuses states of another batch size or another network. */
  void check(NetworkSpec network, int rows) {
    if (batchSize != rows) {
      throw new IllegalArgumentException(
          "states must be of the batch's " + rows + " rows, got " + batchSize);
    }
    if (!specs.equals(network.layers())) {
      throw new IllegalArgumentException(
          "states must be of the network's layers "
              + network.layers()
              + ", got "
              + specs
              + "; make them by States.zeros");
    }
  }
}
