package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.nn.targets.IdTargets;
import io.sparkrnn.nn.targets.StepTargets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Language models against a head at every step, which a reference in double checks: with the table
 * written out as its kernel it is the same function.
 */
class TokenHeadTest {
  private static final int TOKENS = 67;
  private static final int UNITS = 6;
  private static final Near NEAR = new Near(1e-4, 2e-6);
  private static final Loss LOSS = Loss.CATEGORICAL_CROSSENTROPY;

  /** Rows of ids of these lengths, each followed by the id after the last. */
  private static int[][] texts(long seed, int... lengths) {
    SplittableRandom random = new SplittableRandom(seed);
    return Arrays.stream(lengths)
        .mapToObj(length -> random.ints(length + 1L, 0, TOKENS).toArray())
        .toArray(int[][]::new);
  }

  private static NetworkSpec spec(int embedding, HeadSpec head) {
    return new NetworkSpec(
        new InputSpec.Tokens(TOKENS, embedding, true),
        List.of(Cases.layer(CellType.GRU, UNITS)),
        head);
  }

  private static PackedBatch batch(int[][] texts, boolean tokens) {
    int[] offsets = new int[texts.length + 1];
    for (int r = 0; r < texts.length; r++) {
      offsets[r + 1] = offsets[r] + texts[r].length - 1;
    }
    int[] ids = Arrays.stream(texts).flatMapToInt(t -> Arrays.stream(t, 0, t.length - 1)).toArray();
    int[] next = Arrays.stream(texts).flatMapToInt(t -> Arrays.stream(t, 1, t.length)).toArray();
    double[] weights = IntStream.range(0, texts.length).mapToDouble(r -> 0.5 + r).toArray();
    PackedBatch batch = new PackedBatch();
    batch.assemble(ids, offsets, IntStream.range(0, texts.length).toArray(), 0, texts.length);
    if (tokens) {
      batch.setTargets(new IdTargets(next, offsets), Engine.narrow(weights));
    } else {
      float[] labels = Engine.narrow(Arrays.stream(next).asDoubleStream().toArray());
      batch.setTargets(new StepTargets(labels, offsets), Engine.narrow(weights), null);
    }
    return batch;
  }

  private static float[] random(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-0.7, 0.7);
    }
    return values;
  }

  private static double train(
      Network network, float[] parameters, PackedBatch batch, Gradient into) {
    return network.lossAndGradient(parameters, batch, LOSS, null, network.newTape(), into);
  }

  private static double[] values(Network network, float[] array, String name) {
    ParameterLayout.Entry entry = network.layout().entry(name);
    return Near.widened(array, entry.offset(), entry.size());
  }

  /** Returns A B, or with transposed A' B. */
  private static double[] product(double[] a, double[] b, int m, int k, int n, boolean transposed) {
    double[] c = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int p = 0; p < k; p++) {
          c[i * n + j] += (transposed ? a[p * m + i] : a[i * k + p]) * b[p * n + j];
        }
      }
    }
    return c;
  }

  private static double[] transposed(double[] a, int rows, int columns) {
    double[] t = new double[a.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        t[j * rows + i] = a[i * columns + j];
      }
    }
    return t;
  }

  @ParameterizedTest
  @CsvSource({"6, false", "4, false", "6, true", "4, true"})
  void itIsTheHeadAtEveryStepWithTheTableForItsKernel(int embedding, boolean tied) {
    Network network = new Network(spec(embedding, new TokenHead(TOKENS, tied, 0)));
    Network plain =
        new Network(spec(embedding, HeadSpec.of(Pooling.EVERY_STEP, TOKENS, Activation.SOFTMAX)));
    float[] parameters = random(network.layout().size(), 3);
    boolean projected = tied && embedding != UNITS;
    int width = projected ? embedding : UNITS;
    String tableName = tied ? "embedding/embeddings" : "output/embeddings";
    double[] table = values(network, parameters, tableName);
    double[] kernel = transposed(table, TOKENS, width);
    double[] projection = projected ? values(network, parameters, "projection/kernel") : null;
    float[] same = new float[plain.layout().size()];
    int shared = plain.layout().entry("dense/kernel").offset();
    System.arraycopy(parameters, 0, same, 0, shared);
    double[] whole =
        projected ? product(projection, kernel, UNITS, embedding, TOKENS, false) : kernel;
    System.arraycopy(Engine.narrow(whole), 0, same, shared, whole.length);
    double[] bias = values(network, parameters, "output/bias");
    System.arraycopy(
        Engine.narrow(bias), 0, same, plain.layout().entry("dense/bias").offset(), TOKENS);

    int[][] texts = texts(1, 3, 9, 1, 0, 6, 9, 40, 6, 2, 5, 7, 3, 3, 1, 8, 4, 30, 2);
    Gradient expected = plain.newGradient(false);
    Gradient actual = network.newGradient(false);
    double loss = train(plain, same, batch(texts, false), expected);
    NEAR.check(loss, train(network, parameters, batch(texts, true), actual), "loss");

    double[] dKernel = values(plain, expected.values(), "dense/kernel");
    double[] dTable = transposed(dKernel, UNITS, TOKENS);
    if (projected) {
      NEAR.check(
          product(dKernel, table, UNITS, TOKENS, embedding, false),
          Engine.narrow(values(network, actual.values(), "projection/kernel")),
          "dP");
      dTable = product(dKernel, projection, TOKENS, UNITS, embedding, true);
    }
    double[] dInput = values(plain, expected.values(), "embedding/embeddings");
    for (int i = 0; tied && i < dTable.length; i++) {
      dTable[i] += dInput[i];
    }
    NEAR.check(dTable, Engine.narrow(values(network, actual.values(), tableName)), "dW");
    NEAR.check(
        values(plain, expected.values(), "dense/bias"),
        Engine.narrow(values(network, actual.values(), "output/bias")),
        "db");
    ParameterLayout.Entry gru = plain.layout().entries().get(1);
    NEAR.check(
        Near.widened(expected.values(), gru.offset(), shared - gru.offset()),
        Arrays.copyOfRange(actual.values(), gru.offset(), shared),
        "gradient of the layer");
  }

  @Test
  void predictionsAreLogarithmsOfExactProbabilities() {
    Network network = new Network(spec(4, new TokenHead(TOKENS, true, 9)));
    float[] parameters = random(network.layout().size(), 3);
    int[][] texts = texts(5, 4, 1, 7);
    Tape tape = network.newTape();
    double[] probability = new double[3];
    float[] everywhere = new float[12];
    PackedBatch batch = batch(texts, true);
    network.forward(parameters, batch, tape);
    batch.unpackSteps(tape.predictions(), 1, everywhere);
    for (int text = 0, step = 0; text < texts.length; text++) {
      for (int length = 1; length < texts[text].length; length++, step++) {
        PackedBatch prefix = new PackedBatch();
        prefix.assemble(texts[text], new int[] {0, length}, new int[] {0}, 0, 1);
        network.forward(parameters, prefix, tape);
        double sum = 0;
        for (int v = 0; v < TOKENS; v++) {
          sum += Math.exp(tape.predictions()[v]);
        }
        assertEquals(1, sum, 1e-5);
        assertEquals(tape.predictions()[texts[text][length]], everywhere[step], 1e-5);
        probability[text] += everywhere[step];
      }
    }
    assertTrue(probability[2] < probability[1]);
  }

  private static double loss(Network network, float[] parameters, int[][] texts, long seed) {
    Tape tape = network.newTape();
    tape.sampleFrom(seed);
    return network.lossAndGradient(
        parameters, batch(texts, true), LOSS, null, tape, network.newGradient(false));
  }

  @ParameterizedTest
  @CsvSource({"6", "4"})
  void theSampledGradientIsThatOfTheSampledLoss(int embedding) {
    Network network = new Network(spec(embedding, new TokenHead(TOKENS, true, 20)));
    float[] parameters = random(network.layout().size(), 3);
    int[][] texts = texts(2, 9, 4, 1, 12, 30);
    Gradient gradient = network.newGradient(false);
    Tape tape = network.newTape();
    tape.sampleFrom(7);
    network.lossAndGradient(parameters, batch(texts, true), LOSS, null, tape, gradient);
    int steps = 9 + 4 + 1 + 12 + 30;
    SplittableRandom random = new SplittableRandom(8);
    float epsilon = 1f / 128;
    for (int n = 0; n < 300; n++) {
      int i = random.nextInt(parameters.length);
      float before = parameters[i];
      parameters[i] = before + epsilon;
      double above = loss(network, parameters, texts, 7);
      parameters[i] = before - epsilon;
      double below = loss(network, parameters, texts, 7);
      parameters[i] = before;
      assertEquals(
          (above - below) / (2 * epsilon * steps), gradient.values()[i], 2e-5, "parameter " + i);
    }
  }

  /** log p is z up to what all tokens of a step share, which the sampled loss does not see. */
  @Test
  void theSampledLossComparesTheTargetWithTheSampleByExpectedCounts() {
    Network network = new Network(spec(4, new TokenHead(TOKENS, true, 20)));
    float[] parameters = random(network.layout().size(), 3);
    int[][] texts = texts(2, 1);
    int target = texts[0][1];
    Tape tape = network.newTape();
    PackedBatch first = new PackedBatch();
    first.assemble(texts[0], new int[] {0, 1}, new int[] {0}, 0, 1);
    network.forward(parameters, first, tape);
    float[] logP = tape.predictions().clone();
    boolean hit = false;
    boolean miss = false;
    for (long seed = 0; seed < 12; seed++) {
      TreeSet<Integer> sample = new TreeSet<>();
      SplittableRandom random = new SplittableRandom(seed);
      int draws = 0;
      for (; sample.size() < 20; draws++) {
        sample.add((int) Math.exp(random.nextDouble() * Math.log(TOKENS + 1.0)) - 1);
      }
      hit |= sample.contains(target);
      miss |= !sample.contains(target);
      sample.add(target);
      double sum = 0;
      for (int id : sample) {
        sum += Math.exp(logP[id]) / expected(id, draws);
      }
      double own = Math.exp(logP[target]) / expected(target, draws);
      assertEquals(-0.5 * Math.log(own / sum), loss(network, parameters, texts, seed), 1e-5);
    }
    assertTrue(hit && miss);
  }

  private static double expected(int id, int draws) {
    double p = Math.log((id + 2.0) / (id + 1.0)) / Math.log(TOKENS + 1.0);
    return 1 - Math.pow(1 - p, draws);
  }

  @Test
  void rowsNeitherReadNorTargetsNorSampledAreNotTouched() {
    Network network = new Network(spec(4, new TokenHead(TOKENS, true, 5)));
    float[] parameters = random(network.layout().size(), 3);
    Gradient gradient = network.newGradient(false);
    int[][] texts = {{3, 5, 7}, {5, 9}};
    Tape tape = network.newTape();
    tape.sampleFrom(1);
    network.lossAndGradient(parameters, batch(texts, true), LOSS, null, tape, gradient);
    int[] rows = Arrays.copyOf(gradient.rows(), gradient.rowCount());
    assertTrue(rows.length <= 9 && Arrays.stream(rows).distinct().count() == rows.length);
    TreeSet<Integer> touched = new TreeSet<>();
    Arrays.stream(rows).forEach(touched::add);
    assertTrue(touched.containsAll(List.of(3, 5, 7, 9)));
    for (int row = 0; row < TOKENS; row++) {
      if (!touched.contains(row)) {
        gradient.values()[4 * row] = 17;
      }
    }
    gradient.clear();
    for (int row = 0; row < TOKENS; row++) {
      assertEquals(touched.contains(row) ? 0 : 17, gradient.values()[4 * row]);
    }
  }

  @Test
  void chunksOfABatchAddUpToIt() {
    Network network = new Network(spec(4, new TokenHead(TOKENS, true, 20)));
    float[] parameters = random(network.layout().size(), 3);
    int[][] texts = texts(2, 9, 4, 1, 12);
    Gradient whole = network.newGradient(false);
    Tape tape = network.newTape();
    tape.sampleFrom(3);
    double loss = network.lossAndGradient(parameters, batch(texts, true), LOSS, null, tape, whole);
    Gradient parts = network.newGradient(false);
    parts.clear();
    PackedBatch batch = batch(texts, true);
    double sum = 0;
    for (int first = 0; first < 4; first += 2) {
      int[][] some =
          IntStream.range(first, first + 2)
              .mapToObj(b -> texts[batch.row(b)])
              .toArray(int[][]::new);
      PackedBatch own = batch(some, true);
      float[] weights = {0.5f + batch.row(first), 0.5f + batch.row(first + 1)};
      own.setTargets(targets(some), weights);
      sum +=
          network.addLossAndGradient(parameters, own, 26, LossFunction.of(LOSS), null, tape, parts);
    }
    assertEquals(loss, sum, 1e-4);
    NEAR.check(Near.widened(whole.values(), 0, parameters.length), parts.values(), "gradient");
  }

  private static IdTargets targets(int[][] texts) {
    int[] offsets = new int[texts.length + 1];
    for (int r = 0; r < texts.length; r++) {
      offsets[r + 1] = offsets[r] + texts[r].length - 1;
    }
    return new IdTargets(
        Arrays.stream(texts).flatMapToInt(t -> Arrays.stream(t, 1, t.length)).toArray(), offsets);
  }

  @Test
  void aTapeThatHasPredictedTrainsLikeAnother() {
    Network network = new Network(spec(4, new TokenHead(TOKENS, true, 20)));
    float[] parameters = random(network.layout().size(), 3);
    PackedBatch batch = batch(texts(2, 9, 4), true);
    Gradient expected = network.newGradient(false);
    train(network, parameters, batch, expected);
    Tape tape = network.newTape();
    Gradient actual = network.newGradient(false);
    for (int repeat = 0; repeat < 2; repeat++) {
      network.forward(parameters, batch, tape);
      actual.clear();
      network.addLossAndGradient(parameters, batch, 13, LossFunction.of(LOSS), null, tape, actual);
      assertArrayEquals(expected.values(), actual.values());
    }
  }

  @Test
  void whatCannotBeALanguageModelIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TokenHead(TOKENS, false, 3));
    assertThrows(IllegalArgumentException.class, () -> new TokenHead(TOKENS, true, 34));
    HeadSpec head = new TokenHead(TOKENS, true, 0);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new NetworkSpec(
                new InputSpec.Tokens(TOKENS + 1, 4, true),
                List.of(Cases.layer(CellType.GRU, UNITS)),
                head));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new NetworkSpec(
                new InputSpec.Tokens(TOKENS, 4, true),
                List.of(Cases.layer(CellType.GRU, UNITS).reversed()),
                head));
  }
}
