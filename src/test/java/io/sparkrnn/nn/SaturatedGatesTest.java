package io.sparkrnn.nn;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Gates far from zero, which hand on next to nothing, and some on the edge, which hand on very
 * much: errors are measured by the largest derivative, and by how far the reference moves when its
 * parameters are rounded.
 */
class SaturatedGatesTest {
  private static final Loss LOSS = Loss.BINARY_CROSSENTROPY;

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void theyStayOnTheReference(CellType cell, boolean resetAfter) {
    for (int units : new int[] {6, 21}) {
      LayerSpec layer = new LayerSpec.Recurrent(cell, units, 0, 0, resetAfter, false);
      for (int seed = 3; seed < 6; seed++) {
        checkSaturated(Cases.stack(layer, 1), 10, seed);
        checkSaturated(Cases.stack(layer, 1), 40, seed);
      }
    }
  }

  private static void checkSaturated(NetworkSpec spec, int scale, long seed) {
    List<Example> batch = Cases.ragged(4);
    float[] parameters = saturating(spec, scale, seed);
    ReferenceParameters wide = ReferenceParameters.of(spec, parameters);
    double[] expected = gradient(spec, wide, batch);
    SplittableRandom random = new SplittableRandom(seed);
    double moved =
        Stream.generate(() -> rounded(spec, parameters, random))
            .limit(4)
            .mapToDouble(near -> distance(expected, gradient(spec, near, batch)))
            .max()
            .orElseThrow();
    double largest = distance(expected, new double[expected.length]);
    float[] gradient = new Engine(spec).train(parameters, batch, LOSS).gradient();
    new Near(1e-4, 5e-4 * largest + 4 * moved)
        .check(expected, gradient, "gradient of scale " + scale + ", seed " + seed + ", " + spec);
    double[] predictions =
        batch.stream()
            .mapToDouble(e -> new ReferenceNetwork(spec, wide).prediction(e, LOSS)[0])
            .toArray();
    new Near(1e-3, 1e-3)
        .check(predictions, new Engine(spec).predict(parameters, batch), "prediction of " + spec);
  }

  private static double[] gradient(
      NetworkSpec spec, ReferenceParameters parameters, List<Example> batch) {
    return new ReferenceNetwork(spec, parameters).gradient(batch, LOSS).flat();
  }

  private static double distance(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElseThrow();
  }

  /** The parameters half a float's last place away, up or down. */
  private static ReferenceParameters rounded(
      NetworkSpec spec, float[] parameters, SplittableRandom random) {
    ReferenceParameters rounded = ReferenceParameters.of(spec, parameters);
    for (DMatrixRMaj matrix : rounded.matrices()) {
      for (int i = 0; i < matrix.data.length; i++) {
        matrix.data[i] *= random.nextBoolean() ? 1 + 0x1p-24 : 1 - 0x1p-24;
      }
    }
    return rounded;
  }

  /** Parameters whose recurrent layer is so many times larger than the rest. */
  private static float[] saturating(NetworkSpec spec, int scale, long seed) {
    int units = spec.layers().get(0).outputSize();
    float[] parameters = Cases.parameters(spec, 1.8 / Math.sqrt(units), seed);
    int recurrent = spec.input().size() * Cases.VOCABULARY;
    int dense = parameters.length - units - 1;
    for (int i = recurrent; i < dense; i++) {
      parameters[i] *= scale;
    }
    return parameters;
  }
}
