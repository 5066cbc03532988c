package io.sparkrnn.io;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.SyntheticReviews;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time to score one review by a model in memory, H = 32 over 10,000 words: reviews of IMDB's mean
 * and of its longest, made of words of three and six letters as frequent as IMDB's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TextClassifierBenchmark {
  private static final int VOCABULARY = 10_000;
  private static final int REVIEWS = 16;
  private static final String CONSONANTS = "bcdfghjklmnpqrstvwxz";
  private static final String VOWELS = "aeiou";

  /** The kind of cell. */
  @Param({"LSTM", "GRU", "SIMPLE_RNN"})
  public CellType cell;

  /** Words of a review. */
  @Param({"219", "500"})
  public int words;

  private final int[][] ids = new int[REVIEWS][];
  private final String[] texts = new String[REVIEWS];
  private TextClassifier model;
  private int next;

  /** Makes the model and the reviews. */
  @Setup
  public void begin() {
    NetworkSpec network = NetworkSpec.binary(cell, VOCABULARY, 32, 32);
    List<String> known =
        IntStream.range(2, VOCABULARY).mapToObj(TextClassifierBenchmark::word).toList();
    model =
        TextClassifier.of(
            new SavedModel(
                network,
                new Network(network).initialParameters(1),
                TextSettings.of(new Padding(500, Padding.Side.PRE, Padding.Side.PRE)),
                Vocabulary.ofWords(known),
                List.of(),
                null));
    PackedShard source = SyntheticReviews.shard(64, VOCABULARY, 1);
    for (int review = 0; review < REVIEWS; review++) {
      int[] tokens = source.tokens();
      ids[review] = Arrays.copyOfRange(tokens, review * words, (review + 1) * words);
      texts[review] =
          Arrays.stream(ids[review])
              .mapToObj(TextClassifierBenchmark::word)
              .collect(Collectors.joining(" ", "", "."));
    }
  }

  /** The word of an id; that of id 1 is not in the vocabulary. */
  private static String word(int id) {
    return id < 2000 ? syllable(id) : syllable(id / 2000) + syllable(id % 2000);
  }

  private static String syllable(int number) {
    char[] letters = {
      CONSONANTS.charAt(number % 20),
      VOWELS.charAt(number / 20 % 5),
      CONSONANTS.charAt(number / 100)
    };
    return new String(letters);
  }

  /** From the text to the probability. */
  @Benchmark
  public double text() {
    next = (next + 1) % REVIEWS;
    return model.probability(texts[next]);
  }

  /** From token ids to the probability. */
  @Benchmark
  public double ids() {
    next = (next + 1) % REVIEWS;
    return model.probability(ids[next]);
  }
}
