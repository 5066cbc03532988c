package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.targets.SequenceTargets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WordDropoutTest {
  private static final int[] TOKENS = new SplittableRandom(5).ints(4000, 2, 400).toArray();
  private static final int[] OFFSETS = {0, 1500, 1501, 4000};
  private static final float[] LABELS = {1, 0, 1};
  private static final float[] WEIGHTS = {1, 2, 3};
  private static final int[] SELECTED = {2, 1, 0};

  private static PackedBatch assemble(double rate, long seed) {
    PackedBatch batch = new PackedBatch();
    new WordDropout(rate)
        .assemble(batch, TOKENS, OFFSETS, SELECTED, 0, 3, new SplittableRandom(seed));
    batch.setTargets(new SequenceTargets(LABELS), WEIGHTS);
    return batch;
  }

  private static Map<Integer, Integer> counts(PackedBatch batch, int b) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int t = 0; t < batch.length(b); t++) {
      counts.merge(batch.ids()[batch.offset(t) + b], 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void aWordIsLeftOutAtAllItsPlacesOrAtNone() {
    Map<Integer, Integer> whole = counts(assemble(0, 1), 0);
    Map<Integer, Integer> kept = counts(assemble(0.4, 1), 0);
    kept.forEach((word, count) -> assertEquals(whole.get(word), count));
    assertEquals(0.6, kept.size() / (double) whole.size(), 0.08);
  }

  @Test
  void sequencesLoseDifferentWordsAndKeepTheirLabelsAndWeights() {
    PackedBatch batch = assemble(0.4, 1);
    int[] both = counts(batch, 0).keySet().stream().mapToInt(i -> i).toArray();
    Map<Integer, Integer> other = counts(batch, 1);
    long shared = java.util.Arrays.stream(both).filter(other::containsKey).count();
    assertTrue(shared > 0 && shared < Math.min(both.length, other.size()), "shared " + shared);
    assertEquals(1, batch.targets().value(0));
    assertEquals(3, batch.targets().weight(0));
    assertEquals(1, batch.targets().weight(1));
    assertEquals(0, batch.targets().value(2));
    assertEquals(2, batch.targets().weight(2));
  }

  @Test
  void aSequenceKeepsItsLastWord() {
    for (long seed = 0; seed < 50; seed++) {
      assertEquals(1, assemble(0.9, seed).length(2));
    }
  }

  @Test
  void theSameSeedLeavesOutTheSameWords() {
    assertEquals(counts(assemble(0.4, 7), 0), counts(assemble(0.4, 7), 0));
    assertTrue(!counts(assemble(0.4, 7), 0).equals(counts(assemble(0.4, 8), 0)));
  }

  @Test
  void aRateOfOneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new WordDropout(1));
  }
}
