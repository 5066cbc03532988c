package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.head.Decoding;
import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.nn.targets.IdTargets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationHeadTest {
  private static final int SOURCES = 9;
  private static final int TARGETS = 7;
  private static final Loss LOSS = Loss.CATEGORICAL_CROSSENTROPY;
  private static final int[] SOURCE_LENGTHS = {3, 5, 1, 4, 5, 2};
  private static final int[] TARGET_LENGTHS = {2, 1, 4, 0, 6, 2};

  private static int[][] ids(int vocabulary, long seed, int... lengths) {
    SplittableRandom random = new SplittableRandom(seed);
    return Arrays.stream(lengths)
        .mapToObj(length -> random.ints(length, 1, vocabulary).toArray())
        .toArray(int[][]::new);
  }

  private static int[] offsets(int[][] rows) {
    int[] offsets = new int[rows.length + 1];
    for (int r = 0; r < rows.length; r++) {
      offsets[r + 1] = offsets[r] + rows[r].length;
    }
    return offsets;
  }

  private static PackedBatch batch(int[][] sources, int[][] targets, float[] weights) {
    PackedBatch batch = new PackedBatch();
    int[] ids = Arrays.stream(sources).flatMapToInt(Arrays::stream).toArray();
    int[] rows = IntStream.range(0, sources.length).toArray();
    batch.assemble(ids, offsets(sources), rows, 0, rows.length);
    if (targets != null) {
      int[] flat = Arrays.stream(targets).flatMapToInt(Arrays::stream).toArray();
      batch.setTargets(new IdTargets(flat, offsets(targets)), weights);
    }
    return batch;
  }

  private static float[] weights(int rows) {
    return Engine.narrow(IntStream.range(0, rows).mapToDouble(r -> 0.5 + 0.25 * r).toArray());
  }

  private static float[] parameters(Network network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[network.layout().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-0.7, 0.7);
    }
    return values;
  }

  private static NetworkSpec spec(
      CellType cell, boolean both, int depth, TranslationHead.Score score, boolean tied) {
    LayerSpec.Recurrent encoder = Cases.layer(cell, 3);
    return new NetworkSpec(
        new InputSpec.Tokens(SOURCES, 4, true),
        Collections.nCopies(
            depth, both ? new LayerSpec.Bidirectional(encoder, MergeMode.CONCAT) : encoder),
        new TranslationHead(
            TARGETS, 4, Collections.nCopies(depth, Cases.layer(cell, 5)), score, tied));
  }

  private static double[] widened(float[] values) {
    return Near.widened(values, 0, values.length);
  }

  @ParameterizedTest
  @CsvSource({
    "GRU, true, 1, GENERAL, false, 0",
    "LSTM, false, 1, GENERAL, true, 0.1",
    "LSTM, true, 2, ADDITIVE, false, 0",
    "GRU, false, 2, ADDITIVE, true, 0.2",
    "SIMPLE_RNN, true, 1, GENERAL, true, 0"
  })
  void theGradientIsThatOfCentralDifferences(
      CellType cell,
      boolean both,
      int depth,
      TranslationHead.Score score,
      boolean tied,
      double smoothing) {
    NetworkSpec spec = spec(cell, both, depth, score, tied);
    Network network = new Network(spec);
    float[] parameters = parameters(network, 3);
    int[][] sources = ids(SOURCES, 1, SOURCE_LENGTHS);
    int[][] targets = ids(TARGETS, 2, TARGET_LENGTHS);
    float[] weights = weights(sources.length);
    PackedBatch batch = batch(sources, targets, weights);
    int predictions = Arrays.stream(TARGET_LENGTHS).sum() + TARGET_LENGTHS.length;
    Gradient gradient = network.newGradient(false);
    double loss =
        network.addLossAndGradient(
            parameters,
            batch,
            predictions,
            new LossFunction(LOSS, smoothing),
            null,
            network.newTape(),
            gradient);
    double[] at = widened(parameters);
    new Near(1e-5, 1e-6).check(loss(spec, at, sources, targets, weights, smoothing), loss, "loss");
    double[] expected = new double[at.length];
    double h = 1e-5;
    for (int i = 0; i < at.length; i++) {
      double value = at[i];
      at[i] = value + h;
      double above = loss(spec, at, sources, targets, weights, smoothing);
      at[i] = value - h;
      double below = loss(spec, at, sources, targets, weights, smoothing);
      at[i] = value;
      expected[i] = (above - below) / (2 * h) / predictions;
    }
    for (ParameterLayout.Entry entry : network.layout().entries()) {
      double[] part = Arrays.copyOfRange(expected, entry.offset(), entry.offset() + entry.size());
      new Near(1e-4, 2e-6)
          .check(
              part,
              Near.widened(gradient.values(), entry.offset(), entry.size()),
              "d " + entry.name());
    }
  }

  private static double loss(
      NetworkSpec spec,
      double[] parameters,
      int[][] sources,
      int[][] targets,
      float[] weights,
      double smoothing) {
    ReferenceTranslation reference = new ReferenceTranslation(spec, parameters);
    double sum = 0;
    for (int r = 0; r < sources.length; r++) {
      sum += weights[r] * reference.loss(sources[r], targets[r], smoothing);
    }
    return sum;
  }

  @Test
  void blocksOfRowsAddUpToTheBatch() {
    NetworkSpec spec = spec(CellType.GRU, true, 1, TranslationHead.Score.GENERAL, false);
    Network network = new Network(spec);
    float[] parameters = parameters(network, 3);
    int[] lengths = new SplittableRandom(4).ints(40, 1, 12).toArray();
    int[][] sources = ids(SOURCES, 1, lengths);
    int[] others = new SplittableRandom(5).ints(40, 0, 9).toArray();
    int[][] targets = ids(TARGETS, 2, others);
    float[] weights = weights(40);
    int predictions = Arrays.stream(others).sum() + 40;
    Gradient whole = network.newGradient(false);
    Gradient one = network.newGradient(false);
    double sum = 0;
    double[] expected = new double[parameters.length];
    for (int r = 0; r < 40; r++) {
      PackedBatch row =
          batch(new int[][] {sources[r]}, new int[][] {targets[r]}, new float[] {weights[r]});
      one.clear();
      sum +=
          network.addLossAndGradient(
              parameters, row, predictions, LossFunction.of(LOSS), null, network.newTape(), one);
      for (int i = 0; i < expected.length; i++) {
        expected[i] += one.values()[i];
      }
    }
    Tape tape = network.newTape();
    for (int pass = 0; pass < 2; pass++) {
      double loss =
          network.lossAndGradient(
              parameters, batch(sources, targets, weights), LOSS, null, tape, whole);
      new Near(1e-6, 0).check(sum, loss, "loss");
      new Near(1e-4, 1e-6).check(expected, whole.values(), "gradient");
    }
  }

  @ParameterizedTest
  @CsvSource({"GRU, 1, GENERAL, false", "LSTM, 2, ADDITIVE, true"})
  void stepByStepItFindsProbableWhatItFindsSoOfWholeTranslations(
      CellType cell, int depth, TranslationHead.Score score, boolean tied) {
    NetworkSpec spec = spec(cell, true, depth, score, tied);
    Network network = new Network(spec);
    float[] parameters = parameters(network, 3);
    FrozenNetwork frozen = new FrozenNetwork(network, parameters);
    int[][] sources = ids(SOURCES, 1, SOURCE_LENGTHS);
    int[][] targets = ids(TARGETS, 2, TARGET_LENGTHS);
    Tape tape = frozen.newTape();
    PackedBatch whole = batch(sources, targets, null);
    frozen.forward(whole, tape);
    ReferenceTranslation reference = new ReferenceTranslation(spec, widened(parameters));
    Tape other = frozen.newTape();
    for (int b = 0, at = 0; b < whole.size(); b++) {
      int row = whole.row(b);
      int[] target = targets[row];
      double[][] logs = reference.logProbabilities(sources[row], target);
      PackedBatch alone = batch(new int[][] {sources[row]}, null, null);
      Decoding decoding = frozen.decode(alone, other);
      for (int t = 0; t <= target.length; t++, at++) {
        int read = t == 0 ? TranslationHead.BOUNDARY : target[t - 1];
        int next = t == target.length ? TranslationHead.BOUNDARY : target[t];
        // two hypotheses that are the same
        decoding.step(2, new int[] {0, 2}, new int[] {0, t == 0 ? 0 : 1}, new int[] {read, read});
        float[] found = Arrays.copyOfRange(decoding.logProbabilities(), TARGETS, 2 * TARGETS);
        assertArrayEquals(Arrays.copyOf(decoding.logProbabilities(), TARGETS), found);
        new Near(1e-5, 1e-5).check(logs[t], found, "log p");
        assertEquals(tape.predictions()[at], found[next], 1e-6);
      }
    }
  }

  @Test
  void droppedValuesAreDrawnFromTheSourceOfDropoutAlone() {
    LayerSpec.Recurrent dropping = new LayerSpec.Recurrent(CellType.GRU, 5, 0.4, 0, true, false);
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec.Tokens(SOURCES, 4, true),
            List.of(Cases.layer(CellType.GRU, 5)),
            new TranslationHead(
                TARGETS, 4, List.of(dropping), TranslationHead.Score.GENERAL, false));
    Network network = new Network(spec);
    float[] parameters = parameters(network, 3);
    PackedBatch batch = batch(ids(SOURCES, 1, 3, 4, 2), ids(TARGETS, 2, 3, 1, 2), null);
    double[] losses =
        IntStream.of(1, 1, 2)
            .mapToDouble(
                seed ->
                    network.lossAndGradient(
                        parameters,
                        batch,
                        LOSS,
                        new SplittableRandom(seed),
                        network.newTape(),
                        network.newGradient(false)))
            .toArray();
    assertEquals(losses[0], losses[1]);
    assertEquals(true, losses[0] != losses[2]);
  }

  @Test
  void whatCannotTranslateIsRefused() {
    LayerSpec.Recurrent gru = Cases.layer(CellType.GRU, 3);
    TranslationHead.Score score = TranslationHead.Score.GENERAL;
    assertThrows(
        IllegalArgumentException.class,
        () -> new TranslationHead(TARGETS, 4, List.of(), score, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TranslationHead(TARGETS, 4, List.of(gru.reversed()), score, false));
    HeadSpec head = new TranslationHead(TARGETS, 4, List.of(gru), score, false);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new NetworkSpec(new InputSpec.Tokens(SOURCES, 4, true), List.of(gru.reversed()), head));
    assertThrows(
        IllegalArgumentException.class,
        () -> new NetworkSpec(new InputSpec.Tokens(SOURCES, 4, false), List.of(gru), head));
    Network network = new Network(spec(CellType.GRU, true, 1, score, false));
    float[] parameters = parameters(network, 1);
    PackedBatch batch = batch(ids(SOURCES, 1, 3), new int[][] {{TARGETS}}, null);
    assertThrows(
        IllegalArgumentException.class,
        () -> network.forward(parameters, batch, network.newTape()));
  }
}
