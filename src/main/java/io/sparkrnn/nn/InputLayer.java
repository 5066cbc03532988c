package io.sparkrnn.nn;

import java.util.SplittableRandom;

/**
 * The first layer: rows of the embedding table for the distinct tokens of a batch, or the batch's
 * vectors as they are.
 */
final class InputLayer {
  private final InputSpec spec;
  private final int offset;

  InputLayer(InputSpec spec, ParameterLayout.Builder layout) {
    this.spec = spec;
    this.offset =
        spec instanceof InputSpec.Tokens tokens
            ? layout.add("embedding/embeddings", tokens.vocabularySize(), tokens.embeddingSize())
            : -1;
  }

  /** Keras's default for embeddings: uniform on [-0.05, 0.05]. */
  void initialize(float[] parameters, SplittableRandom random) {
    if (spec instanceof InputSpec.Tokens tokens) {
      Initializers.uniform(
          parameters, offset, tokens.vocabularySize() * tokens.embeddingSize(), 0.05, random);
    }
  }

  void forward(float[] parameters, PackedBatch batch, Features features) {
    int width = spec.size();
    if (spec instanceof InputSpec.Tokens tokens) {
      DistinctIds distinct = batch.distinct();
      features.resize(distinct.count(), distinct.index());
      for (int d = 0; d < distinct.count(); d++) {
        int id = distinct.id(d);
        if (id < 0 || id >= tokens.vocabularySize()) {
          throw new IllegalArgumentException(
              "token id "
                  + id
                  + " is outside [0, "
                  + tokens.vocabularySize()
                  + "); the vocabulary does not fit the model");
        }
        System.arraycopy(parameters, offset + id * width, features.rows(), d * width, width);
      }
    } else {
      features.resize(batch.tokens(), null);
      System.arraycopy(batch.vectors(), 0, features.rows(), 0, batch.tokens() * width);
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
