package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.nn.recurrent.TapeParts;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrozenNetworkTest {
  private static NetworkSpec spec(CellType cell) {
    LayerSpec.Recurrent layer = new LayerSpec.Recurrent(cell, 11, 0.2, 0.3, true, false);
    return new NetworkSpec(
        new InputSpec.Tokens(Cases.VOCABULARY, 5, true),
        List.of(new LayerSpec.Bidirectional(layer, MergeMode.CONCAT), layer),
        Cases.head(Loss.CATEGORICAL_CROSSENTROPY, Pooling.ATTENTION));
  }

  private static float[] predict(FrozenNetwork network, Tape tape, PackedBatch batch) {
    network.forward(batch, tape);
    return Arrays.copyOf(tape.predictions(), batch.size() * network.spec().head().outputs());
  }

  private static long preparedBytes(int vocabularySize) {
    Network network = new Network(NetworkSpec.binary(CellType.LSTM, vocabularySize, 2, 256));
    return TapeMemory.bytes(network.prepare(network.initialParameters(1)));
  }

  @Test
  void onlyAVocabularyWhoseProjectionIsSmallIsProjectedWhole() {
    long projection = 1_000 * 4 * 256 * 4;
    assertTrue(preparedBytes(1_000) > projection, "projected");
    assertTrue(preparedBytes(40_000) < 2 * projection, "not projected");
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void everyTapePredictsTheBitsOfTheNetworkItself(CellType cell) throws Exception {
    NetworkSpec spec = spec(cell);
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    PackedBatch batch = new Engine(spec).pack(Cases.ragged(3));
    Network network = new Network(spec);
    Tape own = network.newTape();
    network.forward(parameters, batch, own);
    FrozenNetwork frozen = new FrozenNetwork(network, parameters);
    Callable<float[]> work =
        () -> {
          Tape tape = frozen.newTape();
          predict(frozen, tape, new Engine(spec).pack(Cases.batch(9, 40, 1)));
          return predict(frozen, tape, new Engine(spec).pack(Cases.ragged(3)));
        };
    float[] expected = Arrays.copyOf(own.predictions(), batch.size() * spec.head().outputs());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<float[]> future : threads.invokeAll(Collections.nCopies(16, work))) {
        assertArrayEquals(expected, future.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theProjectedVocabularyIsHeldOnce() throws ReflectiveOperationException {
    NetworkSpec spec = Cases.stack(Cases.layer(CellType.LSTM, 6), 1);
    FrozenNetwork frozen = new FrozenNetwork(new Network(spec), Cases.parameters(spec, 0.7, 1));
    Tape first = frozen.newTape();
    Tape second = frozen.newTape();
    predict(frozen, first, new Engine(spec).pack(Cases.ragged(3)));
    predict(frozen, second, new Engine(spec).pack(Cases.ragged(4)));
    assertSame(TapeParts.projected(first.top()), TapeParts.projected(second.top()));
    assertSame(TapeParts.weights(first.top()), TapeParts.weights(second.top()));
    assertFalse(TapeParts.hasProjected(first.top()));
  }

  @Test
  void aNetworkOfVectorsCanBeFrozen() {
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec.Vectors(3), List.of(Cases.layer(CellType.GRU, 4)), HeadSpec.binary());
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    List<Example> examples =
        List.of(Example.ofVectors(new double[][] {{1, 2, 3}, {-1, 0.5, 2}}, 1, 1));
    float[] expected = new Engine(spec).predict(parameters, examples);
    FrozenNetwork frozen = new FrozenNetwork(new Network(spec), parameters);
    assertArrayEquals(expected, predict(frozen, frozen.newTape(), new Engine(spec).pack(examples)));
  }

  @Test
  void itsTapesDoNotTrainAndTakeNoOtherParameters() {
    NetworkSpec spec = Cases.stack(Cases.layer(CellType.LSTM, 6), 1);
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    Network network = new Network(spec);
    Tape tape = new FrozenNetwork(network, parameters).newTape();
    PackedBatch batch = new Engine(spec).pack(Cases.ragged(3));
    assertThrows(
        IllegalArgumentException.class, () -> network.forward(parameters.clone(), batch, tape));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            network.lossAndGradient(
                parameters,
                batch,
                Loss.BINARY_CROSSENTROPY,
                null,
                tape,
                new float[parameters.length]));
    LossFunction loss = LossFunction.of(Loss.BINARY_CROSSENTROPY);
    Gradient gradient = network.newGradient(false);
    assertThrows(
        IllegalArgumentException.class,
        () -> network.addLossAndGradient(parameters, batch, 1, loss, null, tape, gradient));
    network.forward(parameters, batch, tape);
  }
}
