package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks the reference itself, by central differences. */
class ReferenceNetworkTest {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-8;

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void everyCellHasTheGradientOfItsLoss(CellType cell, boolean resetAfter) {
    LayerSpec layer = new LayerSpec.Recurrent(cell, 4, 0, 0, resetAfter, false);
    check(List.of(layer), Pooling.LAST, Loss.BINARY_CROSSENTROPY, 0);
    check(List.of(layer, layer), Pooling.LAST, Loss.BINARY_CROSSENTROPY, 0);
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void everyCellHasTheGradientOfItsLossUnderDropout(CellType cell, boolean resetAfter) {
    LayerSpec.Recurrent layer = new LayerSpec.Recurrent(cell, 4, 0, 0, resetAfter, false);
    check(List.of(layer), Pooling.LAST, Loss.BINARY_CROSSENTROPY, 0.3);
    for (MergeMode mode : MergeMode.values()) {
      LayerSpec pair = new LayerSpec.Bidirectional(layer, mode);
      check(List.of(pair, layer), Pooling.MEAN, Loss.BINARY_CROSSENTROPY, 0.3);
    }
  }

  /** Masks of words and channels, without those of the layers. */
  @ParameterizedTest
  @EnumSource(CellType.class)
  void maskedInputsHaveTheGradientOfTheLoss(CellType cell) {
    LayerSpec.Recurrent layer = LayerSpec.Recurrent.of(cell, 4);
    for (LayerSpec first :
        List.of(layer, layer.reversed(), new LayerSpec.Bidirectional(layer, MergeMode.SUM))) {
      NetworkSpec spec =
          spec(List.of(first, layer), Pooling.MAX_MEAN, Loss.CATEGORICAL_CROSSENTROPY);
      check(
          spec,
          Loss.CATEGORICAL_CROSSENTROPY,
          (parameters, example, random) ->
              example.withInputMask(inputMask(example.steps(), 0.3, random)));
    }
  }

  private static double[][] inputMask(int steps, double rate, SplittableRandom random) {
    return IntStream.range(0, steps)
        .mapToObj(t -> random.doubles(3).map(u -> u < rate ? 0 : 1 / (1 - rate)).toArray())
        .toArray(double[][]::new);
  }

  @ParameterizedTest
  @EnumSource(MergeMode.class)
  void bothDirectionsHaveTheGradientOfTheLoss(MergeMode mode) {
    LayerSpec pair = new LayerSpec.Bidirectional(LayerSpec.Recurrent.of(CellType.LSTM, 3), mode);
    check(List.of(pair), Pooling.LAST, Loss.BINARY_CROSSENTROPY, 0);
    check(List.of(pair, pair), Pooling.MAX_MEAN, Loss.BINARY_CROSSENTROPY, 0);
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void everyPoolingHasTheGradientOfTheLoss(Pooling pooling) {
    LayerSpec layer = LayerSpec.Recurrent.of(CellType.SIMPLE_RNN, 4);
    check(List.of(layer), pooling, Loss.BINARY_CROSSENTROPY, 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Loss.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MEAN_ABSOLUTE_ERROR", "HUBER", "QUANTILE"})
  void everyLossHasItsGradient(Loss loss) {
    check(List.of(LayerSpec.Recurrent.of(CellType.GRU, 4)), Pooling.LAST, loss, 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Loss.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MEAN_ABSOLUTE_ERROR", "HUBER", "QUANTILE"})
  void everyPoolingHasTheGradientOfEveryLoss(Loss loss) {
    LayerSpec.Recurrent layer = LayerSpec.Recurrent.of(CellType.GRU, 3);
    LayerSpec pair = new LayerSpec.Bidirectional(layer, MergeMode.MUL);
    for (Pooling pooling : Pooling.values()) {
      check(List.of(layer, pair), pooling, loss, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void reversedLayersHaveTheGradientOfTheLoss(CellType cell, boolean resetAfter) {
    LayerSpec.Recurrent layer = new LayerSpec.Recurrent(cell, 3, 0, 0, resetAfter, true);
    LayerSpec pair = new LayerSpec.Bidirectional(layer, MergeMode.AVE);
    for (Pooling pooling : List.of(Pooling.LAST, Pooling.ATTENTION, Pooling.EVERY_STEP)) {
      check(List.of(layer), pooling, Loss.BINARY_CROSSENTROPY, 0);
      check(List.of(pair, layer), pooling, Loss.BINARY_CROSSENTROPY, 0);
    }
  }

  @Test
  void aReversedLayerReadsTheSequenceFromItsEnd() {
    LayerSpec.Recurrent layer = LayerSpec.Recurrent.of(CellType.LSTM, 3);
    NetworkSpec spec = spec(List.of(layer), Pooling.LAST, Loss.MEAN_SQUARED_ERROR);
    NetworkSpec back = spec(List.of(layer.reversed()), Pooling.LAST, Loss.MEAN_SQUARED_ERROR);
    ReferenceParameters parameters = ReferenceParameters.random(spec, 0.8, new SplittableRandom(1));
    assertArrayEquals(
        new ReferenceNetwork(spec, parameters).logits(example(3, 1, 4)),
        new ReferenceNetwork(back, parameters).logits(example(4, 1, 3)));
  }

  private static ReferenceNetwork.Example example(int... ids) {
    return ReferenceNetwork.Example.of(ids, 0, 1);
  }

  private static void check(List<LayerSpec> layers, Pooling pooling, Loss loss, double rate) {
    check(
        spec(layers, pooling, loss),
        loss,
        (parameters, example, random) ->
            rate == 0 ? example : example.withMasks(masks(parameters, rate, random)));
  }

  private interface Masking {
    ReferenceNetwork.Example apply(
        ReferenceParameters parameters, ReferenceNetwork.Example example, SplittableRandom random);
  }

  /** Central differences over ragged lengths, a batch of one, one step, and no step at all. */
  private static void check(NetworkSpec spec, Loss loss, Masking masking) {
    SplittableRandom random = new SplittableRandom(42);
    for (int[] lengths : new int[][] {{5, 1, 0, 3}, {4}, {1}, {0}}) {
      ReferenceParameters parameters = ReferenceParameters.random(spec, 0.8, random);
      List<ReferenceNetwork.Example> batch = new ArrayList<>();
      for (int length : lengths) {
        int[] ids = random.ints(length, 1, 6).toArray();
        batch.add(ReferenceNetwork.Example.of(ids, 0, random.nextDouble(0.5, 2)));
      }
      List<ReferenceNetwork.Example> masked =
          Cases.labelled(spec, loss, batch, 3).stream()
              .map(example -> masking.apply(parameters, example, random))
              .toList();
      checkGradient(new ReferenceNetwork(spec, parameters), masked, loss);
    }
  }

  private static List<List<DropoutMasks>> masks(
      ReferenceParameters parameters, double rate, SplittableRandom random) {
    return parameters.layers().stream()
        .map(layer -> layer.stream().map(w -> DropoutMasks.random(w, rate, random)).toList())
        .toList();
  }

  private static NetworkSpec spec(List<LayerSpec> layers, Pooling pooling, Loss loss) {
    HeadSpec head =
        switch (loss) {
          case BINARY_CROSSENTROPY -> HeadSpec.of(pooling, 1, Activation.SIGMOID);
          case CATEGORICAL_CROSSENTROPY -> HeadSpec.of(pooling, 3, Activation.SOFTMAX);
          default -> HeadSpec.of(pooling, 1, Activation.LINEAR);
        };
    return new NetworkSpec(new InputSpec.Tokens(6, 3, true), layers, head);
  }

  private static void checkGradient(
      ReferenceNetwork network, List<ReferenceNetwork.Example> batch, Loss loss) {
    double[] gradient = network.gradient(batch, loss).flat();
    int from = 0;
    for (DMatrixRMaj matrix : network.parameters().matrices()) {
      for (int i = 0; i < matrix.data.length; i++, from++) {
        double value = matrix.data[i];
        matrix.data[i] = value + STEP;
        double above = network.loss(batch, loss) / Math.max(1, network.divisor(batch));
        matrix.data[i] = value - STEP;
        double below = network.loss(batch, loss) / Math.max(1, network.divisor(batch));
        matrix.data[i] = value;
        String what = network.spec() + " parameter " + from;
        assertEquals((above - below) / (2 * STEP), gradient[from], TOLERANCE, what);
      }
    }
    assertEquals(from, gradient.length, Arrays.toString(gradient));
  }
}
