package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a network refuses, and how it says so. */
class NetworkInputTest {
  private static final NetworkSpec SPEC = Cases.stack(Cases.layer(CellType.LSTM, 4), 1);

  private final Engine engine = new Engine(SPEC);
  private final float[] parameters = Cases.parameters(SPEC, 0.7, 1);

  private static void assertMessage(String part, Throwable thrown) {
    assertTrue(thrown.getMessage().contains(part), thrown.getMessage());
  }

  @Test
  void aLossThatDoesNotFitTheOutput() {
    assertMessage(
        "needs a LINEAR output, got SIGMOID",
        assertThrows(
            IllegalArgumentException.class,
            () -> engine.train(parameters, Cases.ragged(1), Loss.MEAN_SQUARED_ERROR)));
  }

  @Test
  void aBatchWithoutLabels() {
    PackedBatch batch = new PackedBatch();
    batch.assemble(new int[] {1}, new int[] {0, 1}, new int[] {0}, 0, 1);
    assertMessage(
        "pooling LAST needs a label for each row, got a batch without",
        assertThrows(
            IllegalArgumentException.class,
            () ->
                engine
                    .network()
                    .lossAndGradient(
                        parameters,
                        batch,
                        Loss.BINARY_CROSSENTROPY,
                        null,
                        engine.tape(),
                        new float[parameters.length])));
  }

  @Test
  void aTokenOutsideTheVocabulary() {
    for (int id : new int[] {-1, Cases.VOCABULARY, 1_000_000, Integer.MAX_VALUE}) {
      List<Example> batch = List.of(Example.of(new int[] {1, id}, 0, 1));
      assertMessage(
          "token id " + id + " is outside [0, " + Cases.VOCABULARY + ")",
          assertThrows(
              IllegalArgumentException.class, () -> engine.predict(parameters, batch), "" + id));
    }
  }

  @Test
  void aTokenOutsideTheVocabularyWhenTheTapeHasALimit() {
    engine.tape().limit(1 << 20);
    for (int id : new int[] {-1, Cases.VOCABULARY, 1_900_000_000, Integer.MAX_VALUE}) {
      List<Example> batch = List.of(Example.of(new int[] {1, id}, 0, 1));
      assertMessage(
          "token id " + id + " is outside [0, " + Cases.VOCABULARY + ")",
          assertThrows(
              IllegalArgumentException.class,
              () -> engine.train(parameters, batch, Loss.BINARY_CROSSENTROPY),
              "" + id));
    }
  }

  @Test
  void aLabelThatIsNoProbability() {
    for (double label : new double[] {2, -1, 1.001}) {
      List<Example> batch = List.of(Example.of(new int[] {1}, label, 1));
      assertMessage(
          "is outside [0, 1]",
          assertThrows(
              IllegalArgumentException.class,
              () -> engine.train(parameters, batch, Loss.BINARY_CROSSENTROPY)));
    }
  }

  @Test
  void aNetworkOfMoreParametersThanAnArrayHolds() {
    assertMessage(
        "fewer than 2^31 parameters, and has more with lstm_0/lstm_cell/recurrent_kernel",
        assertThrows(
            IllegalArgumentException.class,
            () -> new Network(NetworkSpec.binary(CellType.LSTM, 10, 2, 46_340))));
  }

  @Test
  void aLabelThatIsNoClass() {
    NetworkSpec spec =
        Cases.network(List.of(Cases.layer(CellType.LSTM, 4)), Loss.CATEGORICAL_CROSSENTROPY, true);
    for (double label : new double[] {4, -1, 0.5, Double.NaN}) {
      List<Example> batch = List.of(Example.of(new int[] {1}, label, 1));
      assertMessage(
          "is outside [0, 4)",
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  new Engine(spec)
                      .train(
                          Cases.parameters(spec, 0.7, 1), batch, Loss.CATEGORICAL_CROSSENTROPY)));
    }
  }

  @Test
  void moreThanOneOutputForALossOfOne() {
    for (Loss loss : new Loss[] {Loss.MEAN_SQUARED_ERROR, Loss.BINARY_CROSSENTROPY}) {
      HeadSpec head = HeadSpec.of(Pooling.LAST, 3, Cases.head(loss, Pooling.LAST).activation());
      assertThrows(
          IllegalArgumentException.class,
          () -> {
            NetworkSpec spec = new NetworkSpec(SPEC.input(), SPEC.layers(), head);
            new Engine(spec).train(Cases.parameters(spec, 0.7, 1), Cases.ragged(1), loss);
          },
          loss.name());
    }
  }

  @Test
  void parametersOfAnotherNetwork() {
    assertThrows(
        IllegalArgumentException.class,
        () -> engine.predict(new float[parameters.length + 1], Cases.ragged(1)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            engine.train(
                new float[parameters.length + 1], Cases.ragged(1), Loss.BINARY_CROSSENTROPY));
  }

  @Test
  void vectorsForATokenNetwork() {
    PackedBatch batch = new PackedBatch();
    batch.assemble(new int[] {1, 2}, new int[] {0, 2}, new int[] {0}, 0, 1);
    batch.assembleVectors(new float[4], 2, new int[] {0, 2}, new int[] {0}, 0, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> engine.network().forward(parameters, batch, engine.tape()));
  }

  @Test
  void tokensForAVectorNetworkOrVectorsOfAnotherWidth() {
    NetworkSpec spec = new NetworkSpec(new InputSpec.Vectors(3), SPEC.layers(), SPEC.head());
    Network network = new Network(spec);
    float[] p = network.initialParameters(1);
    PackedBatch batch = new PackedBatch();
    batch.assemble(new int[] {1, 2}, new int[] {0, 2}, new int[] {0}, 0, 1);
    assertThrows(
        IllegalArgumentException.class, () -> network.forward(p, batch, network.newTape()));
    batch.assembleVectors(new float[8], 4, new int[] {0, 2}, new int[] {0}, 0, 1);
    assertThrows(
        IllegalArgumentException.class, () -> network.forward(p, batch, network.newTape()));
  }

  @Test
  void anEmptyBatchPredictsNothing() {
    assertEquals(0, engine.predict(parameters, List.of()).length);
  }
}
