package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Very long sequences, very small and very large gradients, no steps at all, and what is NaN. */
class ExtremesTest {
  private static final Near FORWARD = new Near(1e-5, 2e-6);
  private static final Near GRADIENT = new Near(1e-4, 3e-6);

  private static NetworkSpec spec(LayerSpec layer, Loss loss, Pooling pooling, boolean maskZero) {
    return new NetworkSpec(
        new InputSpec.Tokens(Cases.VOCABULARY, 5, maskZero),
        List.of(layer),
        Cases.head(loss, pooling));
  }

  private static void compare(NetworkSpec spec, List<Example> plain, Loss loss) {
    List<Example> batch = Cases.labelled(spec, loss, plain, 19);
    float[] parameters = Cases.parameters(spec, 0.7, 17);
    Engine engine = new Engine(spec);
    ReferenceNetwork reference =
        new ReferenceNetwork(spec, ReferenceParameters.of(spec, parameters));
    double[] predictions =
        batch.stream().flatMapToDouble(e -> Arrays.stream(reference.prediction(e, loss))).toArray();
    FORWARD.check(predictions, engine.predict(parameters, batch), "prediction of " + spec);
    Engine.Result result = engine.train(parameters, batch, loss);
    GRADIENT.check(
        reference.gradient(batch, loss).flat(), result.gradient(), "gradient of " + spec);
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void fiveThousandStepsStayOnTheReference(CellType cell, boolean resetAfter) {
    LayerSpec layer = new LayerSpec.Recurrent(cell, 3, 0, 0, resetAfter, false);
    List<Example> batch = Cases.batch(8, 5000, 4000, 1, 40);
    Loss loss = Loss.BINARY_CROSSENTROPY;
    compare(spec(layer, loss, Pooling.LAST, true), batch, loss);
    compare(spec(layer, loss, Pooling.ATTENTION, true), batch, loss);
    NetworkSpec pair =
        Cases.stack(new LayerSpec.Bidirectional((LayerSpec.Recurrent) layer, MergeMode.CONCAT), 2);
    compare(pair, batch, loss);
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void keepingSomeStatesOfFiveThousandStepsChangesNoBit(CellType cell, boolean resetAfter) {
    NetworkSpec spec = Cases.stack(new LayerSpec.Recurrent(cell, 3, 0, 0, resetAfter, false), 1);
    float[] parameters = Cases.parameters(spec, 0.7, 17);
    List<Example> batch = Cases.batch(8, 5000, 4000, 1, 40);
    Engine engine = new Engine(spec);
    float[] all = engine.train(parameters, batch, Loss.BINARY_CROSSENTROPY).gradient();
    engine.tape().limit(1);
    assertArrayEquals(all, engine.train(parameters, batch, Loss.BINARY_CROSSENTROPY).gradient());
  }

  /** The weights of the examples scale the whole gradient, from next to nothing to 1e30. */
  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void tinyGradientsKeepTheirPrecision(CellType cell, boolean resetAfter) {
    checkScaled(cell, resetAfter, 1e-20f, new Near(1e-4, 1e-25));
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void hugeGradientsKeepTheirPrecision(CellType cell, boolean resetAfter) {
    checkScaled(cell, resetAfter, 1e30f, new Near(1e-4, 2e24));
  }

  /** What is below 2^-96 is taken for zero, and nothing else happens. */
  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void gradientsThatAreSubnormalAreSmallOrZero(CellType cell, boolean resetAfter) {
    for (float weight : new float[] {1e-29f, 1e-36f, 1e-42f}) {
      checkScaled(cell, resetAfter, weight, new Near(1e-4, 1e-27));
    }
  }

  /** Fewer units than a vector has lanes, and more. */
  private static void checkScaled(CellType cell, boolean resetAfter, float weight, Near near) {
    for (int units : new int[] {6, 21}) {
      LayerSpec layer = new LayerSpec.Recurrent(cell, units, 0, 0, resetAfter, false);
      NetworkSpec spec = Cases.stack(layer, 2);
      List<Example> batch =
          Cases.batch(3, 30, 9, 1, 6).stream().map(e -> Example.of(e.ids(), 1, weight)).toList();
      float[] parameters = Cases.parameters(spec, 1.8 / Math.sqrt(units), 3);
      ReferenceNetwork reference =
          new ReferenceNetwork(spec, ReferenceParameters.of(spec, parameters));
      Engine.Result result = new Engine(spec).train(parameters, batch, Loss.BINARY_CROSSENTROPY);
      near.check(
          reference.gradient(batch, Loss.BINARY_CROSSENTROPY).flat(),
          result.gradient(),
          "gradient of weight " + weight + ", " + spec);
    }
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void gradientsThatExplodeOverTimeAreNumbersUnlessTheyOverflow(CellType cell, boolean resetAfter) {
    NetworkSpec spec = Cases.stack(new LayerSpec.Recurrent(cell, 6, 0, 0, resetAfter, false), 1);
    float[] parameters = Cases.parameters(spec, 3, 3);
    for (float weight : new float[] {1, 1e36f}) {
      List<Example> batch = List.of(Example.of(Cases.batch(3, 400).get(0).ids(), 1, weight));
      for (float d :
          new Engine(spec).train(parameters, batch, Loss.BINARY_CROSSENTROPY).gradient()) {
        assertTrue(!Float.isNaN(d) || weight > 1, "gradient must be a number, got " + d);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void rowsOfPaddingAloneStayOnTheReferenceInEveryHead(Pooling pooling) {
    for (Loss loss : Cases.LOSSES) {
      for (CellType cell : CellType.values()) {
        LayerSpec.Recurrent layer = Cases.layer(cell, 4);
        LayerSpec pair = new LayerSpec.Bidirectional(layer, MergeMode.MUL);
        for (LayerSpec each : List.of(layer, pair)) {
          NetworkSpec masked = spec(each, loss, pooling, true);
          compare(masked, Cases.batch(7, 0, 0, 0), loss);
          compare(masked, Cases.batch(7, 0, 3, 0), loss);
          compare(masked, Cases.batch(7, 0), loss);
          List<Example> zeros =
              IntStream.of(4, 4, 1).mapToObj(n -> Example.of(new int[n], 1, 1)).toList();
          compare(spec(each, loss, pooling, false), zeros, loss);
        }
      }
    }
  }

  private static List<Example> vectors(double bad) {
    List<Example> batch = new ArrayList<>();
    for (int length : new int[] {2, 5, 3}) {
      batch.add(Example.ofVectors(new double[length][3], 1, 1));
    }
    batch.get(2).vectors()[1][2] = bad;
    return batch;
  }

  @Test
  void aVectorThatIsNotFiniteIsNamed() {
    LayerSpec layer = Cases.layer(CellType.LSTM, 4);
    NetworkSpec spec = new NetworkSpec(new InputSpec.Vectors(3), List.of(layer), HeadSpec.binary());
    Engine engine = new Engine(spec);
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e300}) {
      String expected =
          "vectors must be finite, got " + (float) bad + " in row 2 of the batch at step 1";
      assertEquals(
          expected,
          assertThrows(
                  IllegalArgumentException.class, () -> engine.predict(parameters, vectors(bad)))
              .getMessage());
      assertEquals(
          expected,
          assertThrows(
                  IllegalArgumentException.class,
                  () -> engine.train(parameters, vectors(bad), Loss.BINARY_CROSSENTROPY))
              .getMessage());
    }
    engine.train(parameters, vectors(Float.MAX_VALUE), Loss.BINARY_CROSSENTROPY);
  }
}
