package io.sparkrnn.io.language;

import io.sparkrnn.io.LocalStorage;
import io.sparkrnn.io.ModelDirectory;
import io.sparkrnn.io.ModelFormatException;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.States;
import io.sparkrnn.nn.Tape;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.text.TextEncoder;
import io.sparkrnn.text.TextUnit;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TokenScorer;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A trained language model in a plain Java program, without Spark.
 *
 * <pre>
 *   LanguageModel model = LanguageModel.load(Path.of("models/lm"));
 *   double logP = model.logProbability("It was a good film");
 *   String more = model.generate("It was", Generation.defaults());
 *   LanguageState state = model.read(model.start(), "It was");     state in, state out
 *   float[] next = state.logProbabilities();
 * </pre>
 *
 * <p>One instance may serve many threads: parameters are held once, each call has scratch of its
 * own. States may be kept and read on from as often as wanted.
 */
public final class LanguageModel {
  private final SavedModel model;
  private final FrozenNetwork network;
  private final TextEncoder encoder;
  private final TextUnit unit;
  private final LanguageState start;

  private LanguageModel(SavedModel model) {
    if (!(model.network().head() instanceof TokenHead)) {
      throw new IllegalArgumentException(
          "model must be a language model, got one that classifies; use TextClassifier");
    }
    if (model.text() == null || model.vocabulary() == null) {
      throw new IllegalArgumentException(
          "the language model must have a vocabulary and text settings to read texts");
    }
    this.model = model;
    unit = model.text().unit();
    network = new FrozenNetwork(new Network(model.network()), model.parameters());
    encoder =
        new TextEncoder(unit, model.vocabulary(), model.text().padding(), true, model.ngrams());
    States zeros = States.zeros(model.network(), 1);
    start = forward(zeros, new int[] {TokenHead.BOUNDARY}, 0, 0, network.newTape());
  }

  /**
   * Loads a model directory of the local file system, as {@code submit/train --task language-model}
   * writes it.
   *
   * @throws ModelFormatException if it is no model directory, or a file of it is missing, damaged
   *     or of a newer version
   * @throws IOException if reading fails
   */
  public static LanguageModel load(Path directory) throws IOException {
    return of(ModelDirectory.read(new LocalStorage(directory)));
  }

  /**
   * Makes a language model of a model in memory.
   *
   * @param model the parameters must not change from now on. Not copied, not modified.
   * @throws IllegalArgumentException if it is no language model, or reads no texts
   */
  public static LanguageModel of(SavedModel model) {
    return new LanguageModel(model);
  }

  /** Returns the model: topology, parameters, vocabulary, history. */
  public SavedModel model() {
    return model;
  }

  /** Returns the state before a text. */
  public LanguageState start() {
    return start;
  }

  /**
   * Reads on; of a model of words, text ends a word.
   *
   * @param before where to begin. Not modified.
   * @param text what comes next; nothing may
   */
  public LanguageState read(LanguageState before, String text) {
    return read(before, encoder.ids(text), network.newTape());
  }

  private LanguageState read(LanguageState before, int[] ids, Tape tape) {
    LanguageState state = before;
    for (int id : ids) {
      state =
          forward(
              state.states(),
              new int[] {id},
              state.logProbability() + state.next()[id],
              state.tokens() + 1,
              tape);
    }
    return state;
  }

  /** Returns log p of a text and its end, as {@code submit/score} does. */
  public double logProbability(String text) {
    return new TokenScorer(network)
        .logProbabilities(new PackedShardBuilder().add(encoder.sequence(text), 0, 1).build())[0];
  }

  /**
   * Continues a text.
   *
   * @param prompt how it begins; may be empty
   * @return what comes after the prompt
   */
  public String generate(String prompt, Generation how) {
    Tape tape = network.newTape();
    LanguageState state = read(start, encoder.ids(prompt), tape);
    int[] ids = how.beam() > 1 ? beam(state, how, tape) : drawn(state, how, tape);
    Vocabulary vocabulary = model.vocabulary();
    return unit.join(prompt, Arrays.stream(ids).mapToObj(vocabulary::token).toList());
  }

  private int[] drawn(LanguageState begin, Generation how, Tape tape) {
    SplittableRandom random = new SplittableRandom(how.seed());
    int[] ids = new int[how.length()];
    LanguageState state = begin;
    for (int i = 0; i < ids.length; i++) {
      ids[i] = how.choose(speakable(state.next()), random);
      if (ids[i] == TokenHead.BOUNDARY) {
        return Arrays.copyOf(ids, i);
      }
      state = read(state, new int[] {ids[i]}, tape);
    }
    return ids;
  }

  /** Words that are not in the vocabulary, and ids that have no word, cannot be said. */
  private float[] speakable(float[] logP) {
    float[] speakable = logP.clone();
    speakable[Vocabulary.UNKNOWN_ID] = Float.NEGATIVE_INFINITY;
    Arrays.fill(speakable, model.vocabulary().size(), speakable.length, Float.NEGATIVE_INFINITY);
    return speakable;
  }

  /** A continuation: its tokens, their log p, and where the model is after them. */
  private record Continuation(int[] ids, double logP, LanguageState state, boolean ended) {
    double mean() {
      return logP / Math.max(1, ids.length + (ended ? 1 : 0));
    }

    Continuation with(int id, float logProbability) {
      boolean end = id == TokenHead.BOUNDARY;
      int[] longer = Arrays.copyOf(ids, ids.length + (end ? 0 : 1));
      if (!end) {
        longer[ids.length] = id;
      }
      return new Continuation(longer, logP + logProbability, state, end);
    }
  }

  private int[] beam(LanguageState begin, Generation how, Tape tape) {
    List<Continuation> open = List.of(new Continuation(new int[0], 0, begin, false));
    List<Continuation> ended = new ArrayList<>();
    for (int i = 0; i < how.length() && !open.isEmpty(); i++) {
      List<Continuation> next = new ArrayList<>();
      for (Continuation path : open) {
        float[] logP = speakable(path.state().next());
        for (int id : most(logP, how.beam())) {
          next.add(path.with(id, logP[id]));
        }
      }
      next.sort(Comparator.comparingDouble(path -> -path.logP()));
      List<Continuation> kept = new ArrayList<>();
      for (Continuation path : next.subList(0, Math.min(how.beam(), next.size()))) {
        if (path.ended()) {
          ended.add(path);
        } else {
          int last = path.ids()[path.ids().length - 1];
          LanguageState state = read(path.state(), new int[] {last}, tape);
          kept.add(new Continuation(path.ids(), path.logP(), state, false));
        }
      }
      open = kept;
    }
    ended.addAll(open);
    return ended.stream().max(Comparator.comparingDouble(Continuation::mean)).orElseThrow().ids();
  }

  /** Returns the most probable tokens, the first of equals first. */
  private static int[] most(float[] logP, int count) {
    return IntStream.range(0, logP.length)
        .filter(id -> logP[id] > Float.NEGATIVE_INFINITY)
        .boxed()
        .sorted(Comparator.comparingDouble(id -> -logP[id]))
        .limit(count)
        .mapToInt(id -> id)
        .toArray();
  }

  private LanguageState forward(
      States before, int[] ids, double logProbability, int tokens, Tape tape) {
    PackedBatch batch = new PackedBatch();
    batch.assemble(ids, new int[] {0, ids.length}, new int[] {0}, 0, 1);
    network.forward(batch, before, tape);
    States after = States.zeros(model.network(), 1);
    tape.readFinal(batch, after);
    float[] next = Arrays.copyOf(tape.predictions(), model.network().head().outputs());
    return new LanguageState(after, next, logProbability, tokens);
  }
}
