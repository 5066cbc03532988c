package io.sparkrnn.train.translation;

import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.Tape;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.nn.head.Decoding;
import io.sparkrnn.train.shards.PackedShard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Searches for translations, those of many sentences side by side.
 *
 * <p>A step takes of all continuations of a sentence's hypotheses the most probable ones; those
 * that end are kept apart. A sentence is done when as many have ended as there are hypotheses side
 * by side, or at the greatest length; the one of the best score is its translation. Of equals the
 * one of the earlier hypothesis and the smaller id comes first. A sentence's translation does not
 * depend on the others.
 *
 * <p>Holds scratch: one instance per thread.
 */
public final class BeamSearch {
  private static final int ROWS = 32;

  private final FrozenNetwork network;
  private final int tokens;
  private final Tape tape;
  private final PackedBatch batch = new PackedBatch();

  /**
   * Creates a search.
   *
   * @param network a translator
   * @param tokens ids that translations may have: those below
   */
  public BeamSearch(FrozenNetwork network, int tokens) {
    this.network = network;
    this.tokens = tokens;
    tape = network.newTape();
  }

  /**
   * Returns the translation of each text, in the order of the shard's rows.
   *
   * @param texts targets and weights are not read. Not modified.
   * @throws IllegalArgumentException if the shard is not what the network reads
   */
  public List<Hypothesis> translate(PackedShard texts, Beam how) {
    texts.check(network.spec(), false);
    List<Hypothesis> best = new ArrayList<>(Collections.nCopies(texts.rows(), null));
    int[] order = texts.byLength();
    for (int from = 0; from < order.length; from += ROWS) {
      texts.assemble(batch, false, order, from, Math.min(order.length, from + ROWS));
      List<Sentence> sentences = search(how);
      for (int b = 0; b < batch.size(); b++) {
        best.set(batch.row(b), sentences.get(b).best());
      }
    }
    return best;
  }

  /** The hypotheses of one sentence. */
  private static final class Sentence {
    private final Beam how;
    private List<Hypothesis> open = List.of(Hypothesis.NOTHING);
    private final List<Hypothesis> ended = new ArrayList<>();

    Sentence(Beam how) {
      this.how = how;
    }

    /** Whether nothing is to be done. */
    boolean isDone() {
      return open.isEmpty();
    }

    private void end() {
      open = List.of();
    }

    Hypothesis best() {
      Hypothesis best = ended.get(0);
      for (Hypothesis other : ended) {
        best = other.score() > best.score() ? other : best;
      }
      return best;
    }
  }

  private List<Sentence> search(Beam how) {
    Decoding decoding = network.decode(batch, tape);
    List<Sentence> sentences = new ArrayList<>();
    int size = batch.size();
    for (int b = 0; b < size; b++) {
      sentences.add(new Sentence(how));
    }
    int[] starts = new int[size + 1];
    int[] parents = new int[size * how.width()];
    int[] ids = new int[parents.length];
    for (int b = 0; b < size; b++) {
      parents[b] = b;
    }
    int[] next = new int[parents.length];
    Best candidates = new Best(2 * how.width());
    for (int rows = lay(sentences, starts, ids), length = 1; rows > 0; length++) {
      decoding.step(rows, starts, parents, ids);
      int kept = 0;
      for (int b = 0; b < size; b++) {
        kept = advance(sentences.get(b), b, decoding, starts, next, kept, length, candidates);
      }
      System.arraycopy(next, 0, parents, 0, kept);
      rows = lay(sentences, starts, ids);
    }
    return sentences;
  }

  /** Places the open hypotheses, a row each; returns how many there are. */
  private static int lay(List<Sentence> sentences, int[] starts, int[] ids) {
    int rows = 0;
    for (int b = 0; b < sentences.size(); b++) {
      starts[b] = rows;
      for (Hypothesis hypothesis : sentences.get(b).open) {
        ids[rows++] = hypothesis.last();
      }
    }
    starts[sentences.size()] = rows;
    return rows;
  }

  /** Lets the hypotheses of a sentence go on; returns how many rows there are so far. */
  private int advance(
      Sentence sentence,
      int b,
      Decoding decoding,
      int[] starts,
      int[] next,
      int kept,
      int length,
      Best candidates) {
    if (sentence.isDone()) {
      return kept;
    }
    Beam how = sentence.how;
    candidates.clear();
    int all = decoding.tokens();
    for (int h = 0; h < sentence.open.size(); h++) {
      int at = (starts[b] + h) * all;
      double before = sentence.open.get(h).logProbability();
      candidates.add(h, before, decoding.logProbabilities(), at, tokens);
    }
    List<Hypothesis> open = new ArrayList<>();
    int row = kept;
    for (int c = 0; c < candidates.size && open.size() < how.width(); c++) {
      Hypothesis from = sentence.open.get(candidates.hypothesis[c]);
      double logProbability = candidates.logProbability[c];
      int id = candidates.id[c];
      if (id != TranslationHead.BOUNDARY) {
        int place = decoding.attended(b, candidates.hypothesis[c]);
        next[row++] = starts[b] + candidates.hypothesis[c];
        open.add(from.with(id, place, logProbability));
      } else if (c < how.width()) {
        sentence.ended.add(from.whole(logProbability, true, how));
      }
    }
    sentence.open = open;
    if (sentence.ended.size() >= how.width()) {
      sentence.end();
    } else if (length == how.maxLength()) {
      open.forEach(one -> sentence.ended.add(one.whole(one.logProbability(), false, how)));
      sentence.end();
    }
    return sentence.isDone() ? kept : row;
  }

  /** The best of many continuations, in their order. */
  private static final class Best {
    private final int[] hypothesis;
    private final int[] id;
    private final double[] logProbability;
    private int size;

    Best(int most) {
      hypothesis = new int[most];
      id = new int[most];
      logProbability = new double[most];
    }

    void clear() {
      size = 0;
    }

    /** Adds all continuations of a hypothesis by one of the first tokens. */
    void add(int from, double before, float[] logs, int at, int tokens) {
      for (int token = 0; token < tokens; token++) {
        double value = before + logs[at + token];
        if (size < id.length || value > logProbability[size - 1]) {
          insert(from, token, value);
        }
      }
    }

    /** Equals stay behind those that came before. */
    private void insert(int from, int token, double value) {
      int place = size < id.length ? size++ : size - 1;
      for (; place > 0 && value > logProbability[place - 1]; place--) {
        hypothesis[place] = hypothesis[place - 1];
        id[place] = id[place - 1];
        logProbability[place] = logProbability[place - 1];
      }
      hypothesis[place] = from;
      id[place] = token;
      logProbability[place] = value;
    }
  }
}
