package io.sparkrnn.nn;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Topology of a network: input, recurrent stack, head. Immutable; holds no numbers.
 *
 * @param input what a step is
 * @param layers the recurrent layers, first to last, at least one
 * @param head pooling and output layer
 */
public record NetworkSpec(InputSpec input, List<LayerSpec> layers, HeadSpec head)
    implements Serializable {
  public NetworkSpec {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(head, "head");
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("layers must hold at least one layer, got none");
    }
    if (head instanceof TokenHead token) {
      token.check(input, layers);
    }
    if (head instanceof TranslationHead translation) {
      translation.check(input, layers);
    }
    if (head instanceof TagHead tags) {
      tags.check(reversed(layers));
    }
  }

  /** A two-class network over token ids with one recurrent layer and mask_zero. */
  public static NetworkSpec binary(
      CellType cell, int vocabularySize, int embeddingSize, int units) {
    return new NetworkSpec(
        new InputSpec.Tokens(vocabularySize, embeddingSize, true),
        List.of(LayerSpec.Recurrent.of(cell, units)),
        HeadSpec.binary());
  }

  /** Returns this network with another head. */
  public NetworkSpec with(HeadSpec head) {
    return new NetworkSpec(input, layers, head);
  }

  /** Whether the steps of the last layer's output stand in the reverse of the input's order. */
  boolean outputsReversed() {
    return reversed(layers);
  }

  private static boolean reversed(List<LayerSpec> layers) {
    boolean reversed = false;
    for (LayerSpec layer : layers) {
      reversed ^= layer.goBackwards();
    }
    return reversed;
  }
}
