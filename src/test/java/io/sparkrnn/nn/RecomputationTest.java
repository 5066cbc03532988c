package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import io.sparkrnn.nn.recurrent.TapeParts;
import io.sparkrnn.nn.targets.SequenceTargets;
import io.sparkrnn.nn.targets.StepTargets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps computed twice to save memory, and the memory that a tape takes. */
class RecomputationTest {
  private static final Loss LOSS = Loss.BINARY_CROSSENTROPY;

  static Stream<NetworkSpec> networks() {
    return networks(7);
  }

  /** Networks whose units fill panels, so that edges do not blur the figures. */
  static Stream<NetworkSpec> evenNetworks() {
    return networks(32);
  }

  private static Stream<NetworkSpec> networks(int units) {
    return Stream.of(CellType.values())
        .flatMap(
            cell -> {
              LayerSpec.Recurrent plain = new LayerSpec.Recurrent(cell, units, 0, 0, true, false);
              LayerSpec.Recurrent drops =
                  new LayerSpec.Recurrent(cell, units, 0.2, 0.3, false, false);
              LayerSpec.Recurrent state = new LayerSpec.Recurrent(cell, units, 0, 0.3, true, false);
              return Stream.of(
                  Cases.stack(plain, 1),
                  Cases.stack(drops, 2),
                  Cases.pooled(state.reversed(), Pooling.MAX_MEAN),
                  Cases.pooled(drops, Pooling.EVERY_STEP),
                  Cases.pooled(
                      new LayerSpec.Bidirectional(plain, MergeMode.MUL), Pooling.ATTENTION));
            });
  }

  /** Two blocks, one of them not full, with enough steps for several segments each. */
  private static List<Example> batch(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] lengths = IntStream.range(0, 30).map(i -> 90 + random.nextInt(31)).toArray();
    lengths[3] = 120;
    lengths[4] = 0;
    return Cases.batch(seed, lengths);
  }

  private static int blockTokens(PackedBatch batch) {
    return IntStream.range(0, Network.BLOCK_ROWS).map(batch::length).sum();
  }

  private static Engine.Result train(Engine engine, List<Example> plain, float[] parameters) {
    List<Example> batch = Cases.labelled(engine.network().spec(), LOSS, plain, 9);
    return engine.train(parameters, batch, LOSS, new SplittableRandom(8));
  }

  private static Set<Integer> segments(Tape tape) {
    Set<Integer> counts = new HashSet<>();
    int segments = TapeParts.segments(tape.top());
    if (segments > 0) {
      counts.add(segments);
    }
    return counts;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aLimitDoesNotChangeABitOfTheGradient(NetworkSpec spec) {
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    Engine full = new Engine(spec);
    Engine limited = new Engine(spec);
    limited.tape().limit(1);
    for (long seed : new long[] {2, 3, 4}) {
      Engine.Result expected = train(full, batch(seed), parameters);
      Engine.Result actual = train(limited, batch(seed), parameters);
      assertEquals(expected.loss(), actual.loss());
      assertArrayEquals(expected.gradient(), actual.gradient());
    }
    assertTrue(segments(limited.tape()).stream().allMatch(count -> count > 2), "one segment");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aLimitDoesNotChangeABitUnderTruncation(NetworkSpec spec) {
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    Engine full = new Engine(spec);
    Engine limited = new Engine(spec);
    full.tape().truncate(17);
    limited.tape().truncate(17);
    limited.tape().limit(1);
    Engine.Result expected = train(full, batch(2), parameters);
    Engine.Result actual = train(limited, batch(2), parameters);
    assertEquals(expected.loss(), actual.loss());
    assertArrayEquals(expected.gradient(), actual.gradient());
  }

  @Test
  void aLimitDoesNotChangeTheMonitoredNorms() {
    NetworkSpec spec = Cases.stack(Cases.layer(CellType.LSTM, 7), 1);
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    List<double[]> norms = new ArrayList<>();
    for (long limit : new long[] {1, Long.MAX_VALUE}) {
      Engine engine = new Engine(spec);
      StepNorms recorded = new StepNorms(200);
      engine.tape().monitor(recorded);
      engine.tape().limit(limit);
      train(engine, batch(2), parameters);
      norms.add(recorded.rootMeanSquares());
    }
    assertArrayEquals(norms.get(0), norms.get(1));
  }

  @Test
  void onlyBatchesAboveTheLimitAreComputedTwice() {
    NetworkSpec spec = Cases.stack(Cases.layer(CellType.LSTM, 7), 1);
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    Engine engine = new Engine(spec);
    PackedBatch large = new Engine(spec).pack(batch(2));
    engine
        .tape()
        .limit(
            engine
                    .network()
                    .trainingBytes(
                        large.tokens(),
                        large.distinct().count(),
                        blockTokens(large),
                        Network.BLOCK_ROWS,
                        false)
                - 1);
    train(engine, Cases.batch(1, 120, 119, 110), parameters);
    assertEquals(Set.of(1), segments(engine.tape()));
    train(engine, batch(2), parameters);
    assertTrue(segments(engine.tape()).stream().allMatch(count -> count > 1));
  }

  @ParameterizedTest
  @MethodSource("evenNetworks")
  void aTapeTakesTheMemoryThatTheFormulaSays(NetworkSpec spec) {
    float[] parameters = Cases.parameters(spec, 0.7, 1);
    for (boolean recompute : new boolean[] {false, true}) {
      Engine engine = new Engine(spec);
      engine.tape().limit(recompute ? 1 : Long.MAX_VALUE);
      train(engine, batch(2), parameters);
      PackedBatch packed = new Engine(spec).pack(Cases.labelled(spec, LOSS, batch(2), 9));
      long expected =
          engine
              .network()
              .trainingBytes(
                  packed.tokens(),
                  packed.distinct().count(),
                  blockTokens(packed),
                  Network.BLOCK_ROWS,
                  recompute);
      long measured = TapeMemory.bytes(engine.tape());
      String figures = "formula " + expected + ", measured " + measured + ", " + recompute;
      assertTrue(measured <= expected, figures);
      assertTrue(measured >= 0.6 * expected, figures);
    }
  }

  private static PackedBatch ofLengths(int rows, int length, IntUnaryOperator id) {
    int[] offsets = IntStream.rangeClosed(0, rows).map(row -> row * length).toArray();
    int[] ids = IntStream.range(0, rows * length).map(id).toArray();
    PackedBatch batch = new PackedBatch();
    batch.assemble(ids, offsets, IntStream.range(0, rows).toArray(), 0, rows);
    batch.setTargets(new SequenceTargets(new float[rows]), null);
    return batch;
  }

  private static long bytes(Network network, PackedBatch batch) {
    int distinct = batch.distinct().count();
    return network.trainingBytes(
        batch.tokens(), distinct, blockTokens(batch), Network.BLOCK_ROWS, false);
  }

  /** 33 outputs at every step of one long block: one more than panels of columns. */
  @Test
  void theLastColumnsOfManyRowsTakeNoRoomOfTheirOwn() {
    HeadSpec head = HeadSpec.of(Pooling.EVERY_STEP, 33, Activation.SOFTMAX);
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec.Tokens(Cases.VOCABULARY, 4, true),
            List.of(Cases.layer(CellType.GRU, 5)),
            head);
    Network network = new Network(spec);
    PackedBatch batch = ofLengths(16, 400, n -> 1 + n % 7);
    float[] labels = new float[batch.tokens()];
    int[] offsets = IntStream.rangeClosed(0, 16).map(row -> row * 400).toArray();
    batch.setTargets(new StepTargets(labels, offsets), null);
    Tape tape = network.newTape();
    Gradient gradient = network.newGradient(false);
    network.lossAndGradient(
        network.initialParameters(1), batch, Loss.CATEGORICAL_CROSSENTROPY, null, tape, gradient);
    long expected = bytes(network, batch);
    assertTrue(TapeMemory.bytes(tape) <= expected, TapeMemory.bytes(tape) + " of " + expected);
  }

  @Test
  void longBatchesTakeAFractionWithALimit() {
    Network network = new Network(NetworkSpec.binary(CellType.LSTM, 10_000, 32, 128));
    long full = network.trainingBytes(32 * 5000, 5000, 16 * 5000, 16, false);
    long limited = network.trainingBytes(32 * 5000, 5000, 16 * 5000, 16, true);
    assertTrue(full > 8 * limited, full + " and " + limited);
  }

  @Test
  void aLimitMustBePositive() {
    Tape tape = new Network(Cases.stack(Cases.layer(CellType.LSTM, 7), 1)).newTape();
    assertThrows(IllegalArgumentException.class, () -> tape.limit(0));
  }
}
