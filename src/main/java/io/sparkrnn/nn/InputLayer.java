package io.sparkrnn.nn;

import java.util.SplittableRandom;

/**
 * The first layer: rows of the embedding table for the distinct tokens of a batch, or the batch's
 * vectors as they are.
 */
final class InputLayer {
  /** Floats of an embedding table up to which it is projected as a whole when scoring. */
  private static final long WHOLE_TABLE = 1L << 22;

  private static final String EMBEDDING = "embedding/embeddings";

  private final InputSpec spec;
  private final int offset;

  InputLayer(InputSpec spec, ParameterLayout.Builder layout) {
    this.spec = spec;
    this.offset =
        spec instanceof InputSpec.Tokens tokens
            ? layout.add(EMBEDDING, tokens.vocabularySize(), tokens.embeddingSize())
            : -1;
  }

  /** Returns the embedding among the network's variables, or null when there is none. */
  ParameterLayout.Entry entry(ParameterLayout layout) {
    return spec instanceof InputSpec.Tokens ? layout.entry(EMBEDDING) : null;
  }

  /** Keras's default for embeddings: uniform on [-0.05, 0.05]. */
  void initialize(float[] parameters, SplittableRandom random) {
    if (spec instanceof InputSpec.Tokens tokens) {
      Initializers.uniform(
          parameters, offset, tokens.vocabularySize() * tokens.embeddingSize(), 0.05, random);
    }
  }

  /**
   * Fills the features of a batch. When scoring with a vocabulary of moderate size the features are
   * the whole table, so that its projection is computed once per model and not once per batch.
   */
  void forward(float[] parameters, PackedBatch batch, boolean training, Features features) {
    checkKind(batch);
    if (spec instanceof InputSpec.Tokens tokens) {
      check(batch, tokens.vocabularySize());
      if (!training && (long) tokens.vocabularySize() * spec.size() <= WHOLE_TABLE) {
        wholeTable(parameters, batch, tokens.vocabularySize(), features);
      } else {
        distinctRows(parameters, batch, features);
      }
    } else {
      features.resize(batch.tokens(), null);
      System.arraycopy(batch.vectors(), 0, features.rows(), 0, batch.tokens() * spec.size());
    }
  }

  private void checkKind(PackedBatch batch) {
    int width = spec instanceof InputSpec.Vectors ? spec.size() : 0;
    if (batch.vectorSize() != width) {
      throw new IllegalArgumentException(
          "the network reads " + kind(width) + ", got a batch of " + kind(batch.vectorSize()));
    }
  }

  private static String kind(int width) {
    return width == 0 ? "token ids" : "vectors of " + width;
  }

  private static void check(PackedBatch batch, int vocabularySize) {
    for (int n = 0; n < batch.tokens(); n++) {
      int id = batch.ids()[n];
      if (id < 0 || id >= vocabularySize) {
        throw new IllegalArgumentException(
            "token id "
                + id
                + " is outside [0, "
                + vocabularySize
                + "); the vocabulary does not fit the model");
      }
    }
  }

  private void wholeTable(float[] parameters, PackedBatch batch, int rows, Features features) {
    if (features.isFixed()) {
      features.reindex(batch.ids());
    } else {
      features.resize(rows, batch.ids());
      System.arraycopy(parameters, offset, features.rows(), 0, rows * spec.size());
      features.fix();
    }
  }

  private void distinctRows(float[] parameters, PackedBatch batch, Features features) {
    int width = spec.size();
    DistinctIds distinct = batch.distinct();
    features.resize(distinct.count(), distinct.index());
    for (int d = 0; d < distinct.count(); d++) {
      System.arraycopy(
          parameters, offset + distinct.id(d) * width, features.rows(), d * width, width);
    }
  }

  void backward(PackedBatch batch, Features features, float[] gradient) {
    if (spec instanceof InputSpec.Tokens) {
      int width = spec.size();
      DistinctIds distinct = batch.distinct();
      for (int d = 0; d < distinct.count(); d++) {
        int to = offset + distinct.id(d) * width;
        for (int i = 0; i < width; i++) {
          gradient[to + i] += features.gradient()[d * width + i];
        }
      }
    }
  }
}
