package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A batch of several blocks has the gradient of its blocks, each trained as a batch of its own. */
class BlocksTest {
  private static final int ROWS = 2 * Network.BLOCK_ROWS + 5;
  private static final Loss LOSS = Loss.BINARY_CROSSENTROPY;

  static Stream<NetworkSpec> networks() {
    return Stream.of(CellType.values())
        .flatMap(
            cell -> {
              LayerSpec.Recurrent plain = new LayerSpec.Recurrent(cell, 7, 0, 0, false, false);
              return Stream.of(
                  Cases.stack(plain, 1),
                  Cases.stack(plain.reversed(), 2),
                  Cases.pooled(
                      new LayerSpec.Bidirectional(plain, MergeMode.CONCAT), Pooling.MAX_MEAN),
                  Cases.pooled(plain, Pooling.ATTENTION));
            });
  }

  private static List<Example> batch() {
    SplittableRandom random = new SplittableRandom(3);
    int[] lengths = IntStream.range(0, ROWS).map(i -> random.nextInt(9)).toArray();
    return Cases.batch(4, lengths);
  }

  /** The blocks of a batch: its rows by length, longest first. */
  private static List<List<Example>> blocks(List<Example> batch) {
    List<Example> sorted = new ArrayList<>(batch);
    sorted.sort(Comparator.comparingInt((Example example) -> -example.ids().length));
    List<List<Example>> blocks = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += Network.BLOCK_ROWS) {
      blocks.add(sorted.subList(from, Math.min(sorted.size(), from + Network.BLOCK_ROWS)));
    }
    return blocks;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aBatchHasTheGradientOfItsBlocks(NetworkSpec spec) {
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    Engine engine = new Engine(spec);
    Engine.Result whole = engine.train(parameters, batch(), LOSS, null);
    double loss = 0;
    double[] gradient = new double[parameters.length];
    for (List<Example> block : blocks(batch())) {
      Engine.Result part = engine.train(parameters, block, LOSS, null);
      double share = (double) block.size() / ROWS;
      loss += part.loss();
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += share * part.gradient()[i];
      }
    }
    assertEquals(loss, whole.loss(), 1e-4);
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(gradient[i], whole.gradient()[i], 2e-6, "parameter " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aTapeHasTheSameBitsAfterOtherBatches(NetworkSpec spec) {
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    Engine used = new Engine(spec);
    used.train(parameters, Cases.batch(9, 40, 3, 2), LOSS, null);
    used.train(parameters, batch().subList(0, 20), LOSS, null);
    Engine.Result again = used.train(parameters, batch(), LOSS, null);
    Engine.Result fresh = new Engine(spec).train(parameters, batch(), LOSS, null);
    assertEquals(fresh.loss(), again.loss());
    assertArrayEquals(fresh.gradient(), again.gradient());
  }

  @Test
  void finalStatesOfATrainingBatchAreThoseOfAPartAndRefused() {
    NetworkSpec spec = Cases.stack(new LayerSpec.Recurrent(CellType.LSTM, 7, 0, 0, true, false), 1);
    Engine engine = new Engine(spec);
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    engine.train(parameters, batch(), LOSS, null);
    PackedBatch packed = engine.pack(batch());
    States states = States.zeros(spec, ROWS);
    assertThrows(IllegalStateException.class, () -> engine.tape().readFinal(packed, states));
    engine.network().forward(parameters, packed, engine.tape());
    engine.tape().readFinal(packed, states);
    float[] zeros = new float[ROWS * 7];
    assertFalse(Arrays.equals(zeros, states.layer(0).get(0).hidden()));
  }
}
