package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must not change a single bit: order of rows, used tapes, other threads. */
class NetworkBitsTest {
  private static final Loss LOSS = Loss.BINARY_CROSSENTROPY;

  private static NetworkSpec spec(CellType cell) {
    LayerSpec layer = new LayerSpec.Recurrent(cell, 11, 0.2, 0.3, true, false);
    return Cases.stack(layer, 2);
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void permutingTheRowsPermutesThePredictions(CellType cell) {
    NetworkSpec spec = spec(cell);
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    List<Example> batch = Cases.batch(2, 5, 3, 5, 9, 0, 1, 5, 12, 12, 2, 7);
    List<Integer> order = new ArrayList<>();
    for (int r = 0; r < batch.size(); r++) {
      order.add(r);
    }
    Collections.shuffle(order, new Random(4));
    Engine engine = new Engine(spec);
    float[] plain = engine.predict(parameters, batch);
    float[] permuted = engine.predict(parameters, order.stream().map(batch::get).toList());
    for (int r = 0; r < plain.length; r++) {
      assertEquals(plain[order.get(r)], permuted[r], "row " + r);
    }
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void companyInTheBatchDoesNotChangeAPrediction(CellType cell) {
    NetworkSpec spec = spec(cell);
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    List<Example> batch = Cases.batch(2, 5, 3, 5, 9, 0, 1, 5, 12, 12, 2, 7);
    Engine engine = new Engine(spec);
    float[] together = engine.predict(parameters, batch);
    for (int r = 0; r < batch.size(); r++) {
      assertEquals(together[r], engine.predict(parameters, batch.subList(r, r + 1))[0], "row " + r);
    }
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void aUsedTapeLeavesNoTrace(CellType cell) {
    NetworkSpec spec = spec(cell);
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    List<List<Example>> batches =
        List.of(
            Cases.batch(1, 30, 29, 3, 17, 8, 8, 8, 8, 8, 8, 1),
            Cases.batch(2, 4),
            Cases.batch(3, 0, 0),
            Cases.batch(4, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9),
            Cases.batch(5, 50));
    Engine used = new Engine(spec);
    for (int round = 0; round < 3; round++) {
      for (List<Example> batch : batches) {
        assertSame(
            train(new Engine(spec), parameters, batch, round),
            train(used, parameters, batch, round));
        assertArrayEquals(
            new Engine(spec).predict(parameters, batch), used.predict(parameters, batch));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void otherParametersLeaveNoTraceOnATape(CellType cell) {
    NetworkSpec spec = spec(cell);
    List<Example> batch = Cases.ragged(3);
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    Engine engine = new Engine(spec);
    Engine.Result before = train(engine, parameters, batch, 0);
    engine.train(Cases.parameters(spec, 0.7, 2), batch, LOSS);
    float[] ruined = parameters.clone();
    Arrays.fill(ruined, Float.NaN);
    train(engine, ruined, batch, 1);
    engine.predict(ruined, batch);
    assertSame(before, train(engine, parameters, batch, 0));
    float[] changing = Cases.parameters(spec, 0.7, 2);
    engine.train(changing, batch, LOSS);
    System.arraycopy(parameters, 0, changing, 0, changing.length);
    assertSame(before, train(engine, changing, batch, 0));
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void oneNetworkServesManyThreads(CellType cell) throws Exception {
    NetworkSpec spec = spec(cell);
    Network network = new Network(spec);
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    Callable<float[]> work =
        () -> {
          Tape tape = network.newTape();
          float[] gradient = new float[parameters.length];
          for (int i = 0; i < 20; i++) {
            PackedBatch packed = new Engine(spec).pack(Cases.ragged(i));
            network.lossAndGradient(
                parameters, packed, LOSS, new SplittableRandom(i), tape, gradient);
          }
          return gradient;
        };
    float[] expected = work.call();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<float[]> future : threads.invokeAll(Collections.nCopies(8, work))) {
        assertArrayEquals(expected, future.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Engine.Result train(
      Engine engine, float[] parameters, List<Example> batch, long seed) {
    return engine.train(parameters, batch, LOSS, new SplittableRandom(seed));
  }

  private static void assertSame(Engine.Result expected, Engine.Result actual) {
    assertEquals(expected.loss(), actual.loss());
    assertArrayEquals(expected.gradient(), actual.gradient());
  }
}
