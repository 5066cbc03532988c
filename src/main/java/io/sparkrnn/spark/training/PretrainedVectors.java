package io.sparkrnn.spark.training;

import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.text.WordVectorReader;
import io.sparkrnn.train.VectorCoverage;
import io.sparkrnn.train.shards.PackedShard;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The word vectors that an embedding starts from, a file on any Hadoop file system.
 *
 * <p>Read on the driver; executors see nothing but the parameters of the first round.
 *
 * @param file where they are
 * @param missing what words without one start from: {@code random} or {@code zero}
 * @param vocabulary the words of the ids, or null when they are not known
 * @param vocabularySize number of ids of the network
 * @param embeddingSize length of the network's vectors
 */
public record PretrainedVectors(
    String file, String missing, Vocabulary vocabulary, int vocabularySize, int embeddingSize) {

  /**
   * Reads the beginning of the file.
   *
   * @throws InputException if it cannot be used
   */
  public void check(Configuration configuration) {
    reading(
        configuration,
        in -> {
          reader().check(in);
          return null;
        });
  }

  /**
   * Checks that the words of the ids are known.
   *
   * @throws InputException if they are not
   */
  void checkVocabulary() {
    if (vocabulary == null) {
      throw new InputException("pretrainedVectors needs the words of the ids; call setVocabulary");
    }
    if (vocabulary.size() != vocabularySize) {
      throw new InputException(
          "vocabularySize must be %d, the number of ids of the vocabulary, got %d"
              .formatted(vocabulary.size(), vocabularySize));
    }
  }

  /**
   * Replaces the rows of the embedding whose words have vectors; the others keep their values, or
   * become zero when missingVectors says so.
   *
   * @param parameters all parameters. Modified.
   * @param table where the embedding is
   * @return the ids whose words have vectors
   * @throws InputException if the file cannot be used
   */
  BitSet copy(Configuration configuration, float[] parameters, ParameterLayout.Entry table) {
    if (missing.equals("zero")) {
      Arrays.fill(parameters, table.offset(), table.offset() + table.size(), 0f);
    }
    return reading(configuration, in -> reader().read(in, vocabulary, parameters, table.offset()));
  }

  /** Counts the tokens of the training rows that have a vector, on the executors. */
  VectorCoverage coverage(ShardedRows rows, BitSet found) {
    long[] tokens =
        rows.shards()
            .map(data -> tokens(data.training(), found))
            .reduce((a, b) -> new long[] {a[0] + b[0], a[1] + b[1]});
    int words = vocabularySize - (Vocabulary.UNKNOWN_ID + 1);
    return new VectorCoverage(file, words, found.cardinality(), tokens[0], tokens[1]);
  }

  /** Returns the number of tokens other than padding, and of those with a vector. */
  private static long[] tokens(PackedShard shard, BitSet found) {
    long all = 0;
    long known = 0;
    for (int id : shard.tokens()) {
      all += id == Vocabulary.PADDING_ID ? 0 : 1;
      known += found.get(id) ? 1 : 0;
    }
    return new long[] {all, known};
  }

  private WordVectorReader reader() {
    return new WordVectorReader(file, embeddingSize);
  }

  /** What is done with an open file. */
  private interface Use<T> {
    T read(InputStream in) throws IOException;
  }

  private <T> T reading(Configuration configuration, Use<T> use) {
    try {
      Path path = new Path(file);
      FileSystem files = path.getFileSystem(configuration);
      if (!files.exists(path)) {
        throw new InputException("pretrainedVectors " + file + " does not exist");
      }
      try (InputStream in = files.open(path)) {
        return use.read(in);
      }
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    } catch (IOException e) {
      throw new InputException(
          "cannot read pretrainedVectors " + file + ": " + FailureReason.of(e), e);
    }
  }
}
