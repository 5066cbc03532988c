package io.sparkrnn.nn;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws the dropout masks of a batch as the engine does, for the reference: seeds of the rows'
 * words, masks of the rows' channels, then layer after layer and direction after direction the
 * masks of the inputs and those of the states.
 */
final class EngineMasks {
  private final NetworkSpec spec;
  private final SplittableRandom random;

  private EngineMasks(NetworkSpec spec, SplittableRandom random) {
    this.spec = spec;
    this.random = random;
  }

  /**
   * Returns the examples with the masks that the engine draws from a seed.
   *
   * @param packed the examples, packed
   */
  static List<Example> of(
      NetworkSpec spec, List<Example> batch, PackedBatch packed, SplittableRandom random) {
    EngineMasks masks = new EngineMasks(spec, random);
    List<Example> inPackedOrder =
        IntStream.range(0, batch.size()).mapToObj(b -> batch.get(packed.row(b))).toList();
    List<Example> masked = masks.masked(inPackedOrder);
    Example[] inOrder = new Example[batch.size()];
    for (int b = 0; b < inOrder.length; b++) {
      inOrder[packed.row(b)] = masked.get(b);
    }
    return List.of(inOrder);
  }

  private List<Example> masked(List<Example> batch) {
    List<Example> masked = batch;
    if (spec.input() instanceof InputSpec.Tokens tokens && tokens.drops()) {
      masked = inputs(tokens, batch);
    }
    List<List<List<DropoutMasks>>> byRow = new ArrayList<>();
    batch.forEach(example -> byRow.add(new ArrayList<>()));
    int inputSize = spec.input().size();
    for (LayerSpec layer : spec.layers()) {
      layer(layer, inputSize, byRow);
      inputSize = layer.outputSize();
    }
    List<Example> rows = masked;
    return IntStream.range(0, batch.size())
        .mapToObj(b -> rows.get(b).withMasks(byRow.get(b)))
        .toList();
  }

  private void layer(LayerSpec layer, int inputSize, List<List<List<DropoutMasks>>> byRow) {
    boolean pair = layer instanceof LayerSpec.Bidirectional;
    LayerSpec.Recurrent one =
        pair ? ((LayerSpec.Bidirectional) layer).layer() : (LayerSpec.Recurrent) layer;
    byRow.forEach(masks -> masks.add(new ArrayList<>()));
    for (int direction = 0; direction < (pair ? 2 : 1); direction++) {
      double[][] inputs = draw(byRow.size(), inputSize, one.dropout());
      double[][] states = draw(byRow.size(), one.units(), one.recurrentDropout());
      for (int b = 0; b < byRow.size(); b++) {
        List<List<DropoutMasks>> masks = byRow.get(b);
        masks.get(masks.size() - 1).add(new DropoutMasks(inputs[b], states[b]));
      }
    }
  }

  private double[][] draw(int rows, int size, double rate) {
    double[][] masks = new double[rows][size];
    for (double[] mask : masks) {
      Arrays.setAll(
          mask, i -> rate == 0 ? 1 : random.nextDouble() < rate ? 0 : (float) (1 / (1 - rate)));
    }
    return masks;
  }

  /** A word's part of a mask is the same wherever the word stands in a sequence. */
  private List<Example> inputs(InputSpec.Tokens input, List<Example> batch) {
    double wordRate = input.embeddingDropout();
    long[] seeds = new long[batch.size()];
    if (wordRate > 0) {
      Arrays.setAll(seeds, b -> random.nextLong());
    }
    double[][] channels = draw(batch.size(), input.embeddingSize(), input.spatialDropout());
    List<Example> masked = new ArrayList<>();
    for (int b = 0; b < batch.size(); b++) {
      Example example = batch.get(b);
      double[][] mask = new double[example.ids().length][];
      for (int t = 0; t < mask.length; t++) {
        mask[t] = ReferenceMath.scaled(channels[b], word(wordRate, seeds[b], example.ids()[t]));
      }
      masked.add(example.withInputMask(mask));
    }
    return masked;
  }

  private static double word(double rate, long seed, int id) {
    return rate > 0 && TokenDropout.isBelow(rate, seed, id) ? 0 : 1 / (1 - rate);
  }
}
