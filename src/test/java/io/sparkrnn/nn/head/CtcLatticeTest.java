package io.sparkrnn.nn.head;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Loss and gradient of CTC against PyTorch, and decoding against all paths. */
class CtcLatticeTest {
  /** The script's own numbers: multiples of 1/64. */
  private static float[] logits(int size, long seed) {
    float[] logits = new float[size];
    long s = seed;
    for (int i = 0; i < size; i++) {
      s = (s * 1103515245 + 12345) % 2147483648L;
      logits[i] = ((s >> 16) % 512 - 256) / 64f;
    }
    return logits;
  }

  private static int[] labels(JsonNode node) {
    int[] labels = new int[node.size()];
    Arrays.setAll(labels, i -> node.get(i).asInt());
    return labels;
  }

  private static void fill(CtcLattice lattice, float[] logits, int steps, int outputs) {
    lattice.begin(steps, outputs);
    for (int t = 0; t < steps; t++) {
      lattice.setLogits(t, logits, t * outputs);
    }
  }

  @Test
  void lossAndGradientAreThoseOfPyTorch() throws IOException {
    JsonNode cases;
    try (InputStream in = CtcLatticeTest.class.getResourceAsStream("/ctc/ctc.json")) {
      cases = new ObjectMapper().readTree(in).get("cases");
    }
    CtcLattice lattice = new CtcLattice(); // one for all: nothing is left of the case before
    for (JsonNode one : cases) {
      int steps = one.get("steps").asInt();
      int outputs = one.get("outputs").asInt();
      int[] labels = labels(one.get("labels"));
      float[] logits = logits(steps * outputs, one.get("seed").asInt());
      fill(lattice, logits, steps, outputs);
      double logProbability = lattice.logProbability(labels, 0, labels.length);
      assertEquals(one.get("loss").asDouble(), -logProbability, 1e-10, one.toString());
      lattice.differentiate();
      for (int t = 0; t < steps; t++) {
        lattice.gradient(t, logProbability, 1, logits, t * outputs);
      }
      for (int i = 0; i < logits.length; i++) {
        assertEquals(one.get("gradient").get(i).asDouble(), logits[i], 1e-7, i + " of " + one);
      }
    }
  }

  @Test
  void labelsThatNeedMoreStepsAreImpossible() {
    CtcLattice lattice = new CtcLattice();
    fill(lattice, logits(6, 1), 2, 3);
    assertEquals(Double.NEGATIVE_INFINITY, lattice.logProbability(new int[] {1, 1}, 0, 2));
    assertEquals(Double.NEGATIVE_INFINITY, lattice.logProbability(new int[] {1, 2, 1}, 0, 3));
    assertEquals(0, lattice.logProbability(new int[] {1, 2}, 0, 2), 20);
  }

  /** Probabilities of steps x outputs. */
  private static float[] probabilities(int steps, int outputs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] y = new float[steps * outputs];
    for (int t = 0; t < steps; t++) {
      double sum = 0;
      for (int k = 0; k < outputs; k++) {
        y[t * outputs + k] = (float) random.nextDouble();
        sum += y[t * outputs + k];
      }
      for (int k = 0; k < outputs; k++) {
        y[t * outputs + k] /= (float) sum;
      }
    }
    return y;
  }

  @Test
  void theBestPathIsMergedAndLosesItsBlanks() {
    int[] path = {0, 1, 1, 0, 1, 2, 2, 0, 0, 3};
    float[] y = new float[path.length * 4];
    for (int t = 0; t < path.length; t++) {
      y[t * 4 + path[t]] = 1;
    }
    int[] labels = {1, 1, 2, 3};
    assertArrayEquals(labels, new CtcDecoder(1).labels(y, 0, path.length, 4));
    assertArrayEquals(labels, new CtcDecoder(5).labels(y, 0, path.length, 4));
    assertArrayEquals(new int[] {2, 3}, new CtcDecoder(1).labels(y, 5, 5, 4), "from step 5 on");
  }

  /** A beam that is wide enough finds the labels that are most probable of all. */
  @Test
  void aWideBeamFindsTheMostProbableLabels() {
    CtcLattice lattice = new CtcLattice();
    int different = 0;
    for (int seed = 0; seed < 40; seed++) {
      float[] y = probabilities(4, 3, seed);
      lattice.begin(4, 3);
      for (int i = 0; i < y.length; i++) {
        lattice.setLog(i / 3, i % 3, Math.log(y[i]));
      }
      int[] best = {};
      double most = Double.NEGATIVE_INFINITY;
      for (int length = 0; length <= 4; length++) {
        for (int code = 0; code < 1 << length; code++) {
          int[] labels = new int[length];
          for (int i = 0; i < length; i++) {
            labels[i] = 1 + (code >> i & 1);
          }
          double log = lattice.logProbability(labels, 0, length);
          if (log > most) {
            most = log;
            best = labels;
          }
        }
      }
      assertArrayEquals(best, new CtcDecoder(100).labels(y, 0, 4, 3), "seed " + seed);
      different += Arrays.equals(best, new CtcDecoder(1).labels(y, 0, 4, 3)) ? 0 : 1;
    }
    assertTrue(different > 0, "best paths never differ");
  }
}
