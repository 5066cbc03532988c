package io.sparkrnn.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;

/**
 * All parameters of a network, or their gradient, in storage order.
 *
 * @param embedding V x I, or null for vector inputs
 * @param layers for each layer the weights of its one or two directions
 * @param attention H x H kernel, 1 x H bias, 1 x H context; or null without attention
 * @param kernel of the dense layer, P x K
 * @param bias of the dense layer, 1 x K
 */
record ReferenceParameters(
    DMatrixRMaj embedding,
    List<List<ReferenceWeights>> layers,
    ReferenceWeights attention,
    DMatrixRMaj kernel,
    DMatrixRMaj bias) {

  static ReferenceParameters zeros(NetworkSpec spec) {
    DMatrixRMaj embedding =
        spec.input() instanceof InputSpec.Tokens tokens
            ? new DMatrixRMaj(tokens.vocabularySize(), tokens.embeddingSize())
            : null;
    List<List<ReferenceWeights>> layers = new ArrayList<>();
    int width = spec.input().size();
    for (LayerSpec layer : spec.layers()) {
      layers.add(zeros(layer, width));
      width = layer.outputSize();
    }
    Pooling pooling = spec.head().pooling();
    int outputs = spec.head().outputs();
    ReferenceWeights attention =
        pooling == Pooling.ATTENTION
            ? new ReferenceWeights(
                new DMatrixRMaj(width, width), new DMatrixRMaj(1, width), new DMatrixRMaj(1, width))
            : null;
    int pooled = pooling == Pooling.MAX_MEAN ? 2 * width : width;
    return new ReferenceParameters(
        embedding,
        layers,
        attention,
        new DMatrixRMaj(pooled, outputs),
        new DMatrixRMaj(1, outputs));
  }

  static List<ReferenceWeights> zeros(LayerSpec spec, int inputSize) {
    if (spec instanceof LayerSpec.Bidirectional pair) {
      return List.of(zeros(pair.layer(), inputSize), zeros(pair.layer(), inputSize));
    }
    return List.of(zeros((LayerSpec.Recurrent) spec, inputSize));
  }

  private static ReferenceWeights zeros(LayerSpec.Recurrent spec, int inputSize) {
    int columns = spec.cell().gates() * spec.units();
    boolean twoBiases = spec.cell() == CellType.GRU && spec.resetAfter();
    return new ReferenceWeights(
        new DMatrixRMaj(inputSize, columns),
        new DMatrixRMaj(spec.units(), columns),
        new DMatrixRMaj(twoBiases ? 2 : 1, columns));
  }

  /** Every entry distinct and random, uniform in (-scale, scale). */
  static ReferenceParameters random(NetworkSpec spec, double scale, SplittableRandom random) {
    ReferenceParameters parameters = zeros(spec);
    for (DMatrixRMaj matrix : parameters.matrices()) {
      for (int i = 0; i < matrix.data.length; i++) {
        matrix.data[i] = random.nextDouble(-scale, scale);
      }
    }
    return parameters;
  }

  static ReferenceParameters of(NetworkSpec spec, float[] flat) {
    ReferenceParameters parameters = zeros(spec);
    int from = 0;
    for (DMatrixRMaj matrix : parameters.matrices()) {
      for (int i = 0; i < matrix.data.length; i++) {
        matrix.data[i] = flat[from++];
      }
    }
    if (from != flat.length) {
      throw new IllegalArgumentException("expected " + from + " parameters, got " + flat.length);
    }
    return parameters;
  }

  double[] flat() {
    return matrices().stream().flatMapToDouble(m -> Arrays.stream(m.data)).toArray();
  }

  /** The matrices in storage order. */
  List<DMatrixRMaj> matrices() {
    List<DMatrixRMaj> all = new ArrayList<>();
    if (embedding != null) {
      all.add(embedding);
    }
    layers.forEach(directions -> directions.forEach(w -> all.addAll(matrices(w))));
    if (attention != null) {
      all.addAll(matrices(attention));
    }
    all.addAll(List.of(kernel, bias));
    return all;
  }

  private static List<DMatrixRMaj> matrices(ReferenceWeights w) {
    return List.of(w.kernel(), w.recurrent(), w.bias());
  }
}
