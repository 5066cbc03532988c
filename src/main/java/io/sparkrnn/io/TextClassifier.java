package io.sparkrnn.io;

import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.wide.NgramWeight;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A trained model in a plain Java program: scores texts or token ids without Spark, one at a time
 * or many.
 *
 * <pre>
 *   TextClassifier model = TextClassifier.load(Path.of("models/sample"));
 *   double p = model.probability("I would see it again.");
 *   double q = model.probability(new int[] {2, 17, 5});
 * </pre>
 *
 * <p>A text that is still growing is read by {@link #stream}, piece by piece.
 *
 * <p>The results are those of {@code RnnClassificationModel} and of {@code submit/score}, bit for
 * bit; thresholds are Spark's parameters and are not read. One instance may serve many threads: the
 * parameters and the projected vocabulary are held once, scratch is kept for as many threads as
 * have scored at the same time.
 */
public final class TextClassifier {
  private final SavedModel model;
  private final FrozenNetwork network;
  private final TextReader reader;
  private final Outputs outputs;
  private final TextStream.Runner streams;
  private final Queue<Scorer> idle = new ConcurrentLinkedQueue<>();

  private TextClassifier(SavedModel model) {
    if (model.network().head() instanceof TokenHead) {
      throw new IllegalArgumentException(
          "model must classify, got a language model; use LanguageModel");
    }
    if (model.network().head() instanceof TagHead) {
      throw new IllegalArgumentException("model must classify, got a tagger; use SequenceTagger");
    }
    this.model = model;
    reader = new TextReader(model);
    outputs = new Outputs(model);
    network = new FrozenNetwork(new Network(model.network()), model.parameters());
    streams = new TextStream.Runner(network);
  }

  /**
   * Loads a model directory of the local file system, as {@code submit/train} writes it.
   *
   * @throws ModelFormatException if it is no model directory, or a file of it is missing, damaged
   *     or of a newer version
   * @throws IOException if reading fails
   */
  public static TextClassifier load(Path directory) throws IOException {
    return of(ModelDirectory.read(new LocalStorage(directory)));
  }

  /**
   * Makes a classifier of a model in memory.
   *
   * @param model the parameters must not change from now on. Not copied, not modified.
   * @throws IllegalArgumentException if the model reads vectors instead of token ids
   */
  public static TextClassifier of(SavedModel model) {
    return new TextClassifier(model);
  }

  /** Returns the model: topology, parameters, vocabulary, names of the classes, history. */
  public SavedModel model() {
    return model;
  }

  /**
   * Returns the probability of class 1 of a two-class model.
   *
   * @throws IllegalArgumentException if the text holds no word
   * @throws IllegalStateException if the model has not two classes, or reads ids only
   */
  public double probability(String text) {
    outputs.requireTwoClasses();
    return probabilities(text)[1];
  }

  /**
   * Returns the probability of class 1 of a two-class model.
   *
   * @param ids token ids, padded or not. Not modified.
   * @throws IllegalArgumentException if there is no id, or one outside the vocabulary
   * @throws IllegalStateException if the model has not two classes
   */
  public double probability(int[] ids) {
    outputs.requireTwoClasses();
    return probabilities(ids)[1];
  }

  /**
   * Returns the probability of every class.
   *
   * @throws IllegalArgumentException if the text holds no word
   * @throws IllegalStateException if the model is a regression, or reads ids only
   */
  public double[] probabilities(String text) {
    outputs.requireClasses();
    return outputs.probabilities(score(reader.pack(text)), 0);
  }

  /**
   * Returns the probability of every class.
   *
   * @param ids token ids, padded or not. Not modified.
   * @throws IllegalArgumentException if there is no id, or one outside the vocabulary
   * @throws IllegalStateException if the model is a regression
   */
  public double[] probabilities(int[] ids) {
    outputs.requireClasses();
    return outputs.probabilities(score(one(ids)), 0);
  }

  /**
   * Returns the probability of every class for every text; faster than one at a time.
   *
   * @param texts Not modified.
   * @return texts x classes, in the order of the texts
   * @throws IllegalArgumentException if a text holds no word
   * @throws IllegalStateException if the model is a regression, or reads ids only
   */
  public double[][] probabilities(List<String> texts) {
    outputs.requireClasses();
    float[] scores = score(reader.pack(texts));
    double[][] probabilities = new double[texts.size()][];
    for (int row = 0; row < probabilities.length; row++) {
      probabilities[row] = outputs.probabilities(scores, row);
    }
    return probabilities;
  }

  /**
   * Returns the name of the most probable class, its number when the classes have no names.
   *
   * @throws IllegalArgumentException if the text holds no word
   * @throws IllegalStateException if the model is a regression, or reads ids only
   */
  public String label(String text) {
    return outputs.label(probabilities(text));
  }

  /**
   * Returns the value that a regression predicts.
   *
   * @throws IllegalArgumentException if the text holds no word
   * @throws IllegalStateException if the model tells classes apart, or reads ids only
   */
  public double value(String text) {
    outputs.requireValue();
    return score(reader.pack(text))[0];
  }

  /**
   * Returns the value that a regression predicts.
   *
   * @param ids token ids, padded or not. Not modified.
   * @throws IllegalArgumentException if there is no id, or one outside the vocabulary
   * @throws IllegalStateException if the model tells classes apart
   */
  public double value(int[] ids) {
    outputs.requireValue();
    return score(one(ids))[0];
  }

  /**
   * Starts an empty text, or sequence of ids, that is read piece by piece.
   *
   * @throws IllegalStateException if the network has a layer that reads from the end, or a pooling
   *     other than last; or the model has a wide branch
   */
  public TextStream stream() {
    reader.requireNoWide("a stream of pieces");
    return new TextStream(reader, outputs, streams);
  }

  /**
   * Returns how much each word counted: the weights of attention pooling, which explain where a
   * model looked.
   *
   * @return the words that truncating keeps, in the order of the text; their weights sum to 1,
   *     without the part of padding when the model reads padding like words
   * @throws IllegalArgumentException if the text holds no word
   * @throws IllegalStateException if the model has no attention pooling, or reads ids only
   */
  public List<WordWeight> attention(String text) {
    requireAttention();
    int[] ids = reader.read(text).ids();
    List<String> kept = reader.keptWords(text);
    float[] weights = attention(ids, reader.pack(text));
    List<WordWeight> words = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != Vocabulary.PADDING_ID) {
        words.add(new WordWeight(kept.get(words.size()), weights[i]));
      }
    }
    return words;
  }

  /**
   * Returns how much each id counted, as {@link #attention(String)} does for words.
   *
   * @param ids token ids, padded or not. Not modified.
   * @return one weight per id; 0 for padding, unless the model reads padding like words
   * @throws IllegalArgumentException if there is no id, or one outside the vocabulary
   * @throws IllegalStateException if the model has no attention pooling
   */
  public float[] attention(int[] ids) {
    requireAttention();
    return attention(ids, one(ids));
  }

  /**
   * Returns how much each n-gram of a text counted in the wide branch, which explains what the
   * model has read in it.
   *
   * <p>The contributions of a class, and what is the same for every text, add up to the part of its
   * logit that the wide branch decides: for class 1 of two, the log odds.
   *
   * @param label the class, an index
   * @return the n-grams of the text that have a weight, each once, by falling size of their
   *     contribution
   * @throws IllegalArgumentException if the text holds no word, or there is no such class
   * @throws IllegalStateException if the model has no wide branch
   */
  public List<NgramWeight> explain(String text, int label) {
    if (model.wide() == null) {
      throw new IllegalStateException(
          "explain(...) needs a model with a wide branch, got one of a network alone");
    }
    int classes = model.network().head().classes();
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "label must be a class in [0, %d), got %d".formatted(classes, label));
    }
    reader.read(text);
    return model.wide().explain(reader.ngrams(text), label);
  }

  private void requireAttention() {
    if (model.network().head().pooling() != Pooling.ATTENTION) {
      throw new IllegalStateException(
          "attention(...) needs a model with pooling attention, got pooling "
              + model.network().head().pooling().name().toLowerCase(Locale.ROOT));
    }
  }

  private float[] attention(int[] ids, PackedShard shard) {
    float[] packed = new float[shard.tokens().length];
    score(shard, packed);
    float[] weights = new float[ids.length];
    int next = 0;
    for (int i = 0; i < ids.length; i++) {
      weights[i] = reader.reads(ids[i]) ? packed[next++] : 0;
    }
    return weights;
  }

  private PackedShard one(int[] ids) {
    PackedShardBuilder packed = new PackedShardBuilder();
    reader.add(ids, packed);
    return packed.build();
  }

  private float[] score(PackedShard shard) {
    return score(shard, null);
  }

  private float[] score(PackedShard shard, float[] attention) {
    Scorer taken = idle.poll();
    Scorer scorer = taken == null ? new Scorer(network, model.wide()) : taken;
    float[] scores = scorer.score(shard, attention);
    idle.add(scorer);
    return scores;
  }
}
