package io.sparkrnn.train.translation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.Tape;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BeamSearchTest {
  private static final int TOKENS = 4;
  private static final FrozenNetwork NETWORK = network();

  private static FrozenNetwork network() {
    LayerSpec.Recurrent gru = LayerSpec.Recurrent.of(CellType.GRU, 6);
    Network network =
        new Network(
            new NetworkSpec(
                new InputSpec.Tokens(9, 4, true),
                List.of(gru),
                new TranslationHead(
                    TOKENS, 4, List.of(gru), TranslationHead.Score.GENERAL, false)));
    SplittableRandom random = new SplittableRandom(4);
    float[] parameters = new float[network.layout().size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) random.nextDouble(-1.5, 1.5);
    }
    return new FrozenNetwork(network, parameters);
  }

  private static PackedShard texts(int rows) {
    SplittableRandom random = new SplittableRandom(2);
    PackedShardBuilder builder = new PackedShardBuilder();
    for (int row = 0; row < rows; row++) {
      builder.add(random.ints(1 + random.nextInt(7), 1, 9).toArray(), 0, 1);
    }
    return builder.build();
  }

  private static double logProbability(PackedShard texts, int row, int[] ids) {
    int[] text = Arrays.copyOfRange(texts.tokens(), texts.offsets()[row], texts.offsets()[row + 1]);
    return new PairScorer(NETWORK)
        .logProbabilities(new PackedShardBuilder().addPair(text, ids, 1).build())[0];
  }

  /** All translations of up to so many tokens. */
  private static List<int[]> all(int longest) {
    List<int[]> all = new ArrayList<>(List.of(new int[0]));
    for (int from = 0, length = 1; length <= longest; length++) {
      int end = all.size();
      for (; from < end; from++) {
        for (int id = 1; id < TOKENS; id++) {
          int[] longer = Arrays.copyOf(all.get(from), length);
          longer[length - 1] = id;
          all.add(longer);
        }
      }
    }
    return all;
  }

  @Test
  void aWideBeamFindsTheBestOfAll() {
    PackedShard texts = texts(5);
    Beam how = new Beam(400, 0.6, 4);
    List<Hypothesis> found = new BeamSearch(NETWORK, TOKENS).translate(texts, how);
    for (int row = 0; row < 5; row++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int[] ids : all(3)) {
        best = Math.max(best, how.score(logProbability(texts, row, ids), ids.length + 1));
      }
      // the longest ones, which need not end, are in the search as they are
      assertTrue(found.get(row).score() >= best - 1e-5, found + " " + best);
      int[] ids = found.get(row).ids();
      if (ids.length < 4) {
        assertEquals(best, found.get(row).score(), 1e-5);
        assertEquals(logProbability(texts, row, ids), found.get(row).logProbability(), 1e-5);
      }
      assertEquals(ids.length, found.get(row).attended().length);
      for (int place : found.get(row).attended()) {
        assertTrue(place >= 0 && place < texts.length(row));
      }
    }
  }

  @Test
  void aTranslationDoesNotDependOnTheOthers() {
    PackedShard texts = texts(70);
    for (int width : new int[] {1, 3}) {
      Beam how = new Beam(width, 1, 9);
      List<Hypothesis> together = new BeamSearch(NETWORK, TOKENS).translate(texts, how);
      BeamSearch search = new BeamSearch(NETWORK, TOKENS);
      for (int row = 0; row < 70; row++) {
        Hypothesis alone = search.translate(texts.select(new int[] {row}), how).get(0);
        assertArrayEquals(alone.ids(), together.get(row).ids());
        assertEquals(alone.score(), together.get(row).score());
      }
    }
  }

  @Test
  void aBeamOfOneTakesTheMostProbableTokenEachTime() {
    PackedShard texts = texts(20);
    List<Hypothesis> found = new BeamSearch(NETWORK, TOKENS).translate(texts, new Beam(1, 0, 6));
    for (int row = 0; row < 20; row++) {
      int[] ids = found.get(row).ids();
      for (int t = 0; t < ids.length; t++) {
        int[] prefix = Arrays.copyOf(ids, t + 1);
        int best = 0;
        double most = logProbability(texts, row, Arrays.copyOf(ids, t));
        for (int id = 1; id < TOKENS; id++) {
          prefix[t] = id;
          if (tokens(texts, row, prefix) > most) {
            most = tokens(texts, row, prefix);
            best = id;
          }
        }
        assertEquals(best, ids[t]);
      }
    }
  }

  /** log p of the tokens without the end: that of all that can come after them together. */
  private static double tokens(PackedShard texts, int row, int[] ids) {
    int length = ids.length;
    if (length == 0) {
      return 0;
    }
    int[] text = Arrays.copyOfRange(texts.tokens(), texts.offsets()[row], texts.offsets()[row + 1]);
    PackedBatch batch = new PackedBatch();
    PackedShard pair = new PackedShardBuilder().addPair(text, ids, 1).build();
    pair.assemble(batch, true, new int[] {0}, 0, 1);
    Tape tape = NETWORK.newTape();
    NETWORK.forward(batch, tape);
    double sum = 0;
    for (int t = 0; t < length; t++) {
      sum += tape.predictions()[t];
    }
    return sum;
  }

  @Test
  void unreasonableSearchesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Beam(0, 1, 9));
    assertThrows(IllegalArgumentException.class, () -> new Beam(1, -1, 9));
    assertThrows(IllegalArgumentException.class, () -> new Beam(1, 1, 0));
  }
}
