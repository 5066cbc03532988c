package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.targets.StepTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A conditional random field against the sum over all paths, written out, in double. */
class CrfTest {
  private static final List<String> LABELS = List.of("O", "B-A", "I-A");
  private static final int K = LABELS.size();
  private static final int UNITS = 4;
  private static final Loss LOSS = Loss.CATEGORICAL_CROSSENTROPY;

  private static Network network(boolean crf) {
    return new Network(
        new NetworkSpec(
            new InputSpec.Tokens(Cases.VOCABULARY, 5, true),
            List.of(Cases.layer(CellType.GRU, UNITS)),
            new TagHead(LABELS, crf)));
  }

  private static float[] random(int size, double scale, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-scale, scale);
    }
    return values;
  }

  private static PackedBatch batch(int[] offsets, float[] labels, float[] weights) {
    SplittableRandom random = new SplittableRandom(8);
    int rows = offsets.length - 1;
    PackedBatch batch = new PackedBatch();
    int[] ids = random.ints(offsets[rows], 1, Cases.VOCABULARY).toArray();
    batch.assemble(ids, offsets, IntStream.range(0, rows).toArray(), 0, rows);
    if (labels != null) {
      batch.setTargets(new StepTargets(labels, offsets), weights, null);
    }
    return batch;
  }

  private static double[] values(Network network, float[] parameters, String name) {
    ParameterLayout.Entry entry = network.layout().entry(name);
    return Near.widened(parameters, entry.offset(), entry.size());
  }

  /** z of every step of every row, by the same network with a plain head. */
  private static float[] logits(float[] parameters, int[] offsets) {
    Network plain = network(false);
    float[] same = java.util.Arrays.copyOf(parameters, plain.layout().size());
    Tape tape = plain.newTape();
    PackedBatch batch = batch(offsets, null, null);
    plain.forward(same, batch, tape);
    float[] p = new float[offsets[offsets.length - 1] * K];
    batch.unpackSteps(tape.predictions(), K, p);
    for (int i = 0; i < p.length; i++) {
      p[i] = (float) Math.log(p[i]); // up to a constant of the step, which no path changes
    }
    return p;
  }

  /** Every path of some steps. */
  private static List<int[]> paths(int steps) {
    List<int[]> paths = new ArrayList<>(List.of(new int[0]));
    for (int t = 0; t < steps; t++) {
      List<int[]> longer = new ArrayList<>();
      for (int[] path : paths) {
        for (int k = 0; k < K; k++) {
          int[] next = java.util.Arrays.copyOf(path, t + 1);
          next[t] = k;
          longer.add(next);
        }
      }
      paths = longer;
    }
    return paths;
  }

  private record Row(double[] transitions, double[] start, double[] end, float[] z, int from) {
    double score(int[] path) {
      double score = start[path[0]] + end[path[path.length - 1]];
      for (int t = 0; t < path.length; t++) {
        score += z[(from + t) * K + path[t]];
        score += t == 0 ? 0 : transitions[path[t - 1] * K + path[t]];
      }
      return score;
    }
  }

  private static Row row(Network network, float[] parameters, float[] z, int from) {
    return new Row(
        values(network, parameters, "crf/transitions"),
        values(network, parameters, "crf/start"),
        values(network, parameters, "crf/end"),
        z,
        from);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 3})
  void lossMarginalsAndBestPathAreThoseOfAllPathsWrittenOut(double scale) {
    Network network = network(true);
    float[] parameters = random(network.layout().size(), scale, 3);
    int[] offsets = {0, 1, 6, 8, 13};
    SplittableRandom random = new SplittableRandom(4);
    float[] labels = Engine.narrow(random.ints(13, 0, K).asDoubleStream().toArray());
    float[] weights = {1, 2, 0.5f, 0};
    float[] z = logits(parameters, offsets);

    PackedBatch batch = batch(offsets, labels, weights);
    Tape tape = network.newTape();
    network.forward(parameters, batch, tape);
    float[] predictions = new float[13 * (K + 1)];
    batch.unpackSteps(tape.predictions(), K + 1, predictions);
    double expected = 0;
    for (int r = 0; r < weights.length; r++) {
      Row row = row(network, parameters, z, offsets[r]);
      int length = offsets[r + 1] - offsets[r];
      double all = 0;
      double[] marginals = new double[length * K];
      int[] best = null;
      for (int[] path : paths(length)) {
        double mass = Math.exp(row.score(path));
        all += mass;
        best = best == null || row.score(path) > row.score(best) ? path : best;
        for (int t = 0; t < length; t++) {
          marginals[t * K + path[t]] += mass;
        }
      }
      int[] actual = new int[length];
      for (int t = 0; t < length; t++) {
        actual[t] = (int) labels[offsets[r] + t];
        int at = (offsets[r] + t) * (K + 1);
        for (int k = 0; k < K; k++) {
          assertEquals(marginals[t * K + k] / all, predictions[at + k], 2e-5);
        }
        assertEquals(best[t], TagHead.predicted(predictions, offsets[r] + t, K, true));
      }
      expected += weights[r] * (Math.log(all) - row.score(actual));
    }
    double loss =
        network.lossAndGradient(
            parameters, batch, LOSS, null, network.newTape(), network.newGradient(false));
    assertEquals(expected, loss, 2e-4 * expected);
  }

  @Test
  void theGradientIsThatOfTheLoss() {
    Network network = network(true);
    float[] parameters = random(network.layout().size(), 0.8, 3);
    int[] offsets = {0, 1, 5, 7};
    float[] labels = {2, 0, 1, 2, 2, 1, 0};
    float[] weights = {1, 2, 0.5f};
    Gradient gradient = network.newGradient(false);
    network.lossAndGradient(
        parameters, batch(offsets, labels, weights), LOSS, null, network.newTape(), gradient);
    for (int i = 0; i < parameters.length; i++) {
      float[] more = parameters.clone();
      float[] less = parameters.clone();
      more[i] += 4e-3f;
      less[i] -= 4e-3f;
      double difference = 0;
      for (float[] moved : List.of(more, less)) {
        double loss =
            network.lossAndGradient(
                moved,
                batch(offsets, labels, weights),
                LOSS,
                null,
                network.newTape(),
                network.newGradient(false));
        difference += moved == more ? loss : -loss;
      }
      double numeric = difference / ((double) more[i] - less[i]) / 7; // seven steps
      assertEquals(numeric, gradient.values()[i], 1e-4 + 2e-3 * Math.abs(numeric), "of " + i);
    }
  }

  @Test
  void scoresThatAreFarApartStayFinite() {
    Network network = network(true);
    float[] parameters = random(network.layout().size(), 0.5, 3);
    ParameterLayout.Entry transitions = network.layout().entry("crf/transitions");
    for (int i = 0; i < transitions.size(); i++) {
      parameters[transitions.offset() + i] = i % 4 == 0 ? 900 : -900;
    }
    int[] offsets = {0, 6};
    float[] labels = {0, 1, 2, 0, 1, 2};
    Gradient gradient = network.newGradient(false);
    double loss =
        network.lossAndGradient(
            parameters,
            batch(offsets, labels, new float[] {1}),
            LOSS,
            null,
            network.newTape(),
            gradient);
    assertEquals(5 * 1800, loss, 10);
    for (float value : gradient.values()) {
      assertEquals(true, Float.isFinite(value));
    }
  }

  /** Batches are made of whole sequences: what stands beside one changes nothing. */
  @Test
  void predictionsDoNotDependOnOtherSequences() {
    Network network = network(true);
    float[] parameters = random(network.layout().size(), 0.8, 3);
    Tape tape = network.newTape();
    PackedBatch both = batch(new int[] {0, 3, 8}, null, null);
    network.forward(parameters, both, tape);
    float[] together = new float[8 * (K + 1)];
    both.unpackSteps(tape.predictions(), K + 1, together);
    PackedBatch one = batch(new int[] {0, 3}, null, null);
    network.forward(parameters, one, tape);
    float[] alone = new float[3 * (K + 1)];
    one.unpackSteps(tape.predictions(), K + 1, alone);
    assertArrayEquals(alone, java.util.Arrays.copyOf(together, alone.length));
  }

  @Test
  void whatIsNoTaggerIsRefused() {
    refused("softmax needs outputs >= 2, got 1", () -> new TagHead(List.of("O"), false));
    refused(
        "labels must differ from each other, got [O, O]",
        () -> new TagHead(List.of("O", "O"), true));
    refused(
        "a tagger must put its outputs in the order of the words, got a layer that goes backwards;"
            + " use bidirectional layers",
        () ->
            new NetworkSpec(
                new InputSpec.Tokens(9, 5, true),
                List.of(Cases.layer(CellType.GRU, 3).reversed()),
                new TagHead(LABELS, false)));
  }

  private static void refused(String message, Runnable wrong) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, wrong::run).getMessage());
  }
}
