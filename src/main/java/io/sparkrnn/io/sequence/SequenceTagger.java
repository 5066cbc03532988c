package io.sparkrnn.io.sequence;

import io.sparkrnn.io.LocalStorage;
import io.sparkrnn.io.ModelDirectory;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.text.TextUnit;
import io.sparkrnn.text.Tokenizer;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A trained tagger in a plain Java program: labels the words of sentences without Spark.
 *
 * <pre>
 *   SequenceTagger tagger = SequenceTagger.load(Path.of("models/names"));
 *   List&lt;String&gt; tags = tagger.tags(List.of("Ada", "lives", "in", "Paris"));
 * </pre>
 *
 * <p>The results are those of {@code RnnTaggerModel} and of {@code submit/score}, bit for bit. One
 * instance may serve many threads.
 */
public final class SequenceTagger {
  private final SavedModel model;
  private final TagHead head;
  private final FrozenNetwork network;
  private final Queue<Scorer> idle = new ConcurrentLinkedQueue<>();

  private SequenceTagger(SavedModel model) {
    if (!(model.network().head() instanceof TagHead tags)) {
      throw new IllegalArgumentException(
          "model must be a tagger, got one with head " + model.network().head());
    }
    this.model = model;
    head = tags;
    network = new FrozenNetwork(new Network(model.network()), model.parameters());
  }

  /**
   * Loads a model directory of the local file system, as {@code submit/train} writes it.
   *
   * @throws io.sparkrnn.io.ModelFormatException if it is no model directory, or a file of it is
   *     missing, damaged or of a newer version
   * @throws IOException if reading fails
   * @throws IllegalArgumentException if the model is no tagger
   */
  public static SequenceTagger load(Path directory) throws IOException {
    return of(ModelDirectory.read(new LocalStorage(directory)));
  }

  /**
   * Makes a tagger of a model in memory.
   *
   * @param model the parameters must not change from now on. Not copied, not modified.
   * @throws IllegalArgumentException if the model is no tagger
   */
  public static SequenceTagger of(SavedModel model) {
    return new SequenceTagger(model);
  }

  /** Returns the labels that it knows. */
  public List<String> labels() {
    return head.labels();
  }

  /** Returns the model. */
  public SavedModel model() {
    return model;
  }

  /** Returns the words of a line, which blanks separate. */
  public static List<String> words(String line) {
    return new Tokenizer(TextUnit.GIVEN).tokenize(line);
  }

  /**
   * Returns the label of each word.
   *
   * @param words of one sentence, at least one. Not modified.
   * @throws IllegalArgumentException if there is no word
   * @throws IllegalStateException if the model reads vectors, or has no vocabulary
   */
  public List<String> tags(List<String> words) {
    return tagsOf(List.of(words)).get(0);
  }

  /**
   * Returns the label of each word of several sentences; faster than one at a time.
   *
   * @param sentences Not modified.
   * @throws IllegalArgumentException if a sentence has no word
   * @throws IllegalStateException if the model reads vectors, or has no vocabulary
   */
  public List<List<String>> tagsOf(List<List<String>> sentences) {
    if (model.vocabulary() == null) {
      throw new IllegalStateException(
          "tags(words) needs a model with a vocabulary, got one of ids or vectors");
    }
    PackedShardBuilder packed = new PackedShardBuilder();
    for (List<String> words : sentences) {
      if (words.isEmpty()) {
        throw new IllegalArgumentException("sentence must hold at least 1 word, got none");
      }
      packed.add(words.stream().mapToInt(model.vocabulary()::id).toArray(), 0, 1);
    }
    return tags(packed.build());
  }

  /**
   * Returns the label of each vector.
   *
   * @param vectors of one sequence, steps x the model's vector size. Not modified.
   * @throws IllegalArgumentException if there is none, the floats are no whole vectors, or the
   *     model reads words
   */
  public List<String> tags(float[] vectors) {
    return tags(new SequenceReader(model).row(vectors)).get(0);
  }

  private List<List<String>> tags(PackedShard shard) {
    Scorer taken = idle.poll();
    Scorer scorer = taken == null ? new Scorer(network) : taken;
    float[] predictions = scorer.scoreSteps(shard);
    idle.add(scorer);
    List<List<String>> tags = new ArrayList<>();
    for (int row = 0; row < shard.rows(); row++) {
      List<String> ofRow = new ArrayList<>();
      for (int step = shard.offsets()[row]; step < shard.offsets()[row + 1]; step++) {
        ofRow.add(head.label(predictions, step));
      }
      tags.add(ofRow);
    }
    return tags;
  }
}
