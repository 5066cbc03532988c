package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import io.sparkrnn.nn.targets.SequenceTargets;
import io.sparkrnn.nn.targets.StepTargets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One output, one label and one loss for each real step. */
class EveryStepTest {
  private static final Near FORWARD = new Near(1e-5, 1e-6);
  private static final Near GRADIENT = new Near(1e-4, 2e-6);

  private static NetworkSpec spec(List<LayerSpec> layers, Loss loss) {
    return new NetworkSpec(
        new InputSpec.Tokens(Cases.VOCABULARY, 5, true),
        layers,
        Cases.head(loss, Pooling.EVERY_STEP));
  }

  private static void compare(NetworkSpec spec, List<Example> plain, Loss loss) {
    List<Example> batch = Cases.labelled(spec, loss, plain, 8);
    float[] parameters = Cases.parameters(spec, 0.7, 17);
    Engine engine = new Engine(spec);
    ReferenceNetwork reference =
        new ReferenceNetwork(spec, ReferenceParameters.of(spec, parameters));
    double[] predictions =
        batch.stream().flatMapToDouble(e -> Arrays.stream(reference.prediction(e, loss))).toArray();
    FORWARD.check(predictions, engine.predict(parameters, batch), "prediction of " + spec);
    Engine.Result result = engine.train(parameters, batch, loss);
    FORWARD.check(reference.loss(batch, loss), result.loss(), "loss of " + spec);
    GRADIENT.check(
        reference.gradient(batch, loss).flat(), result.gradient(), "gradient of " + spec);
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void everyCellIsThatOfTheReference(CellType cell) {
    LayerSpec.Recurrent layer = Cases.layer(cell, 6);
    LayerSpec pair = new LayerSpec.Bidirectional(layer, MergeMode.CONCAT);
    for (List<LayerSpec> layers :
        List.<List<LayerSpec>>of(List.of(layer), List.of(pair, layer), List.of(pair))) {
      NetworkSpec spec = spec(layers, Loss.BINARY_CROSSENTROPY);
      compare(spec, Cases.ragged(1), Loss.BINARY_CROSSENTROPY);
      compare(spec, Cases.batch(2, 1), Loss.BINARY_CROSSENTROPY);
      compare(spec, Cases.batch(3, 0, 0), Loss.BINARY_CROSSENTROPY);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Loss.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MEAN_ABSOLUTE_ERROR", "QUANTILE"})
  void everyLossIsAveragedOverTheRealSteps(Loss loss) {
    compare(spec(List.of(Cases.layer(CellType.LSTM, 6)), loss), Cases.ragged(4), loss);
  }

  @Test
  void aStepWithoutWeightHasNoLossAndStillCounts() {
    NetworkSpec spec = spec(List.of(Cases.layer(CellType.GRU, 4)), Loss.BINARY_CROSSENTROPY);
    float[] parameters = Cases.parameters(spec, 0.7, 17);
    float[] one = gradient(spec, parameters, new float[] {0, 1});
    float[] other = gradient(spec, parameters, new float[] {1, 0});
    double[] sum = new double[one.length];
    Arrays.setAll(sum, i -> (double) one[i] + other[i]);
    GRADIENT.check(sum, gradient(spec, parameters, null), "gradient");
  }

  private static float[] gradient(NetworkSpec spec, float[] parameters, float[] weights) {
    Network network = new Network(spec);
    PackedBatch batch = new PackedBatch();
    int[] offsets = {0, 2};
    batch.assemble(new int[] {3, 4}, offsets, new int[] {0}, 0, 1);
    batch.setTargets(new StepTargets(new float[] {1, 0}, offsets), null, weights);
    float[] gradient = new float[parameters.length];
    network.lossAndGradient(
        parameters, batch, Loss.BINARY_CROSSENTROPY, null, network.newTape(), gradient);
    return gradient;
  }

  @Test
  void stepsComeOutInTheOrderOfTheRows() {
    PackedBatch batch = new PackedBatch();
    batch.assemble(new int[] {7, 1, 2, 3, 5}, new int[] {0, 1, 4, 5}, new int[] {0, 1, 2}, 0, 3);
    float[] packed = new float[5];
    for (int step = 0; step < 5; step++) {
      packed[step] = batch.ids()[step];
    }
    float[] steps = new float[5];
    batch.unpackSteps(packed, 1, steps);
    assertArrayEquals(new float[] {7, 1, 2, 3, 5}, steps);
  }

  @Test
  void aBatchWithoutLabelsForItsStepsIsRefused() {
    NetworkSpec spec = spec(List.of(Cases.layer(CellType.GRU, 4)), Loss.BINARY_CROSSENTROPY);
    Network network = new Network(spec);
    float[] parameters = network.initialParameters(1);
    PackedBatch batch = new PackedBatch();
    batch.assemble(new int[] {1}, new int[] {0, 1}, new int[] {0}, 0, 1);
    batch.setTargets(new SequenceTargets(new float[] {1}), null);
    Throwable refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                network.lossAndGradient(
                    parameters,
                    batch,
                    Loss.BINARY_CROSSENTROPY,
                    null,
                    network.newTape(),
                    new float[parameters.length]));
    assertEquals(
        "a head at every step needs a label for each step, got a batch without; use addSteps",
        refused.getMessage());
  }
}
