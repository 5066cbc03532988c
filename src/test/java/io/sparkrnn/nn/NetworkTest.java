package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine against the plain-double reference: predictions, loss and the whole gradient. */
class NetworkTest {
  private static final Near FORWARD = new Near(1e-5, 1e-6);
  private static final Near GRADIENT = new Near(1e-4, 2e-6);

  private static void compare(NetworkSpec spec, List<Example> batch, Loss loss) {
    compare(spec, Cases.parameters(spec, 0.7, 17), batch, loss);
  }

  private static void compare(
      NetworkSpec spec, float[] parameters, List<Example> plain, Loss loss) {
    List<Example> batch = Cases.labelled(spec, loss, plain, 19);
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

  private static void compare(NetworkSpec spec) {
    compare(spec, Cases.ragged(1), Loss.BINARY_CROSSENTROPY);
    compare(spec, Cases.batch(2, 7), Loss.BINARY_CROSSENTROPY);
    compare(spec, Cases.batch(3, 1), Loss.BINARY_CROSSENTROPY);
    compare(spec, Cases.batch(4, 1, 1, 1), Loss.BINARY_CROSSENTROPY);
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void everyCellIsThatOfTheReference(CellType cell, boolean resetAfter) {
    LayerSpec layer = new LayerSpec.Recurrent(cell, 6, 0, 0, resetAfter, false);
    compare(Cases.stack(layer, 1));
    compare(Cases.stack(layer, 3));
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void layersOfDifferentKindsAndWidthsStack(CellType cell) {
    List<LayerSpec> layers =
        List.of(Cases.layer(CellType.LSTM, 9), Cases.layer(cell, 4), Cases.layer(CellType.GRU, 17));
    compare(Cases.network(layers, Loss.BINARY_CROSSENTROPY, true));
  }

  @ParameterizedTest
  @EnumSource(MergeMode.class)
  void bothDirectionsMergeAsInTheReference(MergeMode mode) {
    for (CellType cell : CellType.values()) {
      LayerSpec pair = new LayerSpec.Bidirectional(Cases.layer(cell, 5), mode);
      compare(Cases.stack(pair, 1));
      compare(Cases.stack(pair, 2));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Pooling.class, mode = EnumSource.Mode.EXCLUDE, names = "EVERY_STEP")
  void everyPoolingIsThatOfTheReference(Pooling pooling) {
    compare(Cases.pooled(Cases.layer(CellType.LSTM, 6), pooling));
    LayerSpec pair = new LayerSpec.Bidirectional(Cases.layer(CellType.GRU, 5), MergeMode.CONCAT);
    compare(Cases.pooled(pair, pooling));
  }

  @ParameterizedTest
  @EnumSource(
      value = Loss.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MEAN_ABSOLUTE_ERROR", "HUBER", "QUANTILE"})
  void everyLossCountsTheExamplesWeights(Loss loss) {
    NetworkSpec spec = Cases.network(List.of(Cases.layer(CellType.LSTM, 6)), loss, true);
    compare(spec, Cases.ragged(5), loss);
    compare(spec, Cases.batch(6, 4), loss);
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void withoutMaskingIdZeroIsATokenLikeOthers(CellType cell) {
    NetworkSpec spec =
        Cases.network(List.of(Cases.layer(cell, 6)), Loss.BINARY_CROSSENTROPY, false);
    int[][] ids = {{0, 0, 3, 4}, {0, 0, 0, 9}, {5, 0, 6, 0}, {0, 0, 0, 0}};
    compare(
        spec,
        Arrays.stream(ids).map(row -> Example.of(row, 1, 1)).toList(),
        Loss.BINARY_CROSSENTROPY);
  }

  @ParameterizedTest
  @CsvSource({"SIMPLE_RNN, true", "LSTM, true", "GRU, true", "GRU, false"})
  void vectorsAreReadAsTheyAre(CellType cell, boolean resetAfter) {
    LayerSpec.Recurrent first = new LayerSpec.Recurrent(cell, 5, 0, 0, resetAfter, false);
    LayerSpec.Recurrent second = new LayerSpec.Recurrent(cell, 6, 0, 0, resetAfter, true);
    LayerSpec pair = new LayerSpec.Bidirectional(first, MergeMode.CONCAT);
    List<Example> batch = Cases.vectors(21, 7, 4, 0, 9, 1, 4);
    for (List<LayerSpec> layers : List.of(List.of(pair, second), List.<LayerSpec>of(second))) {
      for (Pooling pooling : Pooling.values()) {
        for (Loss loss : Cases.LOSSES) {
          HeadSpec head = Cases.head(loss, pooling);
          compare(new NetworkSpec(new InputSpec.Vectors(7), layers, head), batch, loss);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void aReversedLayerReadsFromTheEnd(CellType cell) {
    LayerSpec.Recurrent layer = Cases.layer(cell, 6);
    compare(Cases.stack(layer.reversed(), 1));
    compare(
        Cases.network(
            List.of(layer.reversed(), layer, layer.reversed(), layer.reversed()),
            Loss.BINARY_CROSSENTROPY,
            true));
    compare(Cases.pooled(layer.reversed(), Pooling.ATTENTION));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33})
  void widthsNeedNotBeMultiplesOfTheLanes(int width) {
    for (CellType cell : CellType.values()) {
      NetworkSpec spec =
          new NetworkSpec(
              new InputSpec.Tokens(Cases.VOCABULARY, width, true),
              List.of(Cases.layer(cell, width + 1), Cases.layer(cell, width)),
              Cases.head(Loss.CATEGORICAL_CROSSENTROPY, Pooling.LAST));
      float[] parameters = Cases.parameters(spec, 0.4, width);
      compare(spec, parameters, Cases.ragged(width), Loss.CATEGORICAL_CROSSENTROPY);
    }
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void aBatchWithoutAnyStepPredictsFromTheZeroState(CellType cell) {
    compare(
        Cases.stack(Cases.layer(cell, 6), 2), Cases.batch(7, 0, 0, 0), Loss.BINARY_CROSSENTROPY);
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void twoThousandStepsStayOnTheReference(CellType cell) {
    NetworkSpec spec = Cases.stack(Cases.layer(cell, 3), 1);
    compare(spec, Cases.batch(8, 2000, 1500, 1, 40), Loss.BINARY_CROSSENTROPY);
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void aBatchOfManyRowsStaysOnTheReference(CellType cell) {
    int[] lengths = new int[131];
    Arrays.setAll(lengths, r -> (r * 7) % 13);
    compare(
        Cases.stack(Cases.layer(cell, 8), 1), Cases.batch(9, lengths), Loss.BINARY_CROSSENTROPY);
  }

  @Test
  void aSureMistakeHasALargeFiniteLoss() {
    NetworkSpec spec = Cases.stack(Cases.layer(CellType.LSTM, 4), 1);
    for (double bias : new double[] {-30, 30, -100, 100}) {
      float[] parameters = Cases.parameters(spec, 0.5, 11);
      parameters[parameters.length - 1] = (float) bias;
      compare(spec, parameters, Cases.ragged(3), Loss.BINARY_CROSSENTROPY);
    }
  }

  @Test
  void aLargeErrorHasALargeGradient() {
    NetworkSpec spec =
        Cases.network(List.of(Cases.layer(CellType.LSTM, 6)), Loss.MEAN_SQUARED_ERROR, true);
    List<Example> batch =
        Cases.ragged(3).stream().map(e -> Example.of(e.ids(), 1e6, e.weight())).toList();
    float[] parameters = Cases.parameters(spec, 0.7, 3);
    ReferenceNetwork reference =
        new ReferenceNetwork(spec, ReferenceParameters.of(spec, parameters));
    Engine.Result result = new Engine(spec).train(parameters, batch, Loss.MEAN_SQUARED_ERROR);
    new Near(1e-5, 0).check(reference.loss(batch, Loss.MEAN_SQUARED_ERROR), result.loss(), "loss");
    new Near(1e-4, 2)
        .check(
            reference.gradient(batch, Loss.MEAN_SQUARED_ERROR).flat(),
            result.gradient(),
            "gradient");
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void aParameterThatIsNotANumberShowsInTheLoss(CellType cell) {
    NetworkSpec spec = Cases.stack(Cases.layer(cell, 6), 1);
    Engine engine = new Engine(spec);
    List<Example> batch = Cases.batch(12, 40);
    for (ParameterLayout.Entry entry : engine.network().layout().entries()) {
      float[] parameters = Cases.parameters(spec, 0.7, 3);
      int token = batch.get(0).ids()[0];
      boolean embedding = entry.offset() == 0;
      parameters[entry.offset() + (embedding ? token * spec.input().size() : 0)] = Float.NaN;
      double loss = engine.train(parameters, batch, Loss.BINARY_CROSSENTROPY).loss();
      assertEquals(Double.NaN, loss, entry.name());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Loss.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MEAN_ABSOLUTE_ERROR", "HUBER", "QUANTILE"})
  void aLabelThatIsNotANumberShowsInTheLoss(Loss loss) {
    if (loss == Loss.CATEGORICAL_CROSSENTROPY) {
      return;
    }
    NetworkSpec spec = Cases.network(List.of(Cases.layer(CellType.LSTM, 6)), loss, true);
    List<Example> batch = List.of(Example.of(new int[] {1, 2}, Double.NaN, 1));
    double sum = new Engine(spec).train(Cases.parameters(spec, 0.7, 3), batch, loss).loss();
    assertEquals(Double.NaN, sum);
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void longerSequencesWithoutWeightDoNotChangeTheGradient(CellType cell) {
    NetworkSpec spec = Cases.stack(Cases.layer(cell, 6), 2);
    float[] parameters = Cases.parameters(spec, 0.7, 3);
    Engine engine = new Engine(spec);
    List<Example> alone = Cases.batch(13, 4, 2, 7);
    Example silent = Example.of(new int[30], 1, 0);
    Arrays.fill(silent.ids(), 3);
    List<Example> padded = new ArrayList<>(alone);
    padded.add(silent);
    Engine.Result a = engine.train(parameters, alone, Loss.BINARY_CROSSENTROPY);
    Engine.Result b = engine.train(parameters, padded, Loss.BINARY_CROSSENTROPY);
    FORWARD.check(a.loss(), b.loss(), "loss");
    double[] expected = new double[parameters.length];
    Arrays.setAll(expected, i -> a.gradient()[i] * 3.0 / 4);
    GRADIENT.check(expected, b.gradient(), "gradient");
  }
}
