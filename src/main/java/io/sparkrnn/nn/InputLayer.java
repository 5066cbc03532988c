package io.sparkrnn.nn;

import io.sparkrnn.nn.recurrent.DistinctIds;
import io.sparkrnn.nn.recurrent.Features;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The first layer: rows of the embedding table for the distinct tokens of a batch, or the batch's
 * vectors as they are.
 */
final class InputLayer {
  /**
   * Floats of an embedding table and its projection up to which it is projected as a whole when
   * scoring: 128 MB, once per model.
   */
  private static final long WHOLE_TABLE = 1L << 25;

  private static final String EMBEDDING = "embedding/embeddings";

  private final InputSpec spec;
  private final int offset;
  private final boolean projectsWhole;

  /**
   * Creates the layer and appends its variables.
   *
   * @param projectedWidth columns that the first recurrent layer projects a row to
   */
  InputLayer(InputSpec spec, int projectedWidth, ParameterLayout.Builder layout) {
    this.spec = spec;
    projectsWhole =
        spec instanceof InputSpec.Tokens tokens
            && tokens.vocabularySize() * ((long) spec.size() + projectedWidth) <= WHOLE_TABLE;
    this.offset =
        spec instanceof InputSpec.Tokens tokens
            ? layout.add(EMBEDDING, tokens.vocabularySize(), tokens.embeddingSize())
            : -1;
  }

  /** Returns the embedding among the network's variables, or null when there is none. */
  ParameterLayout.Entry entry(ParameterLayout layout) {
    return spec instanceof InputSpec.Tokens ? layout.entry(EMBEDDING) : null;
  }

  /** Returns where the embedding starts among the parameters, negative when there is none. */
  int tableOffset() {
    return offset;
  }

  /** Fills the embedding, uniform on [-limit, limit]. */
  void initialize(float[] parameters, double limit, SplittableRandom random) {
    if (spec instanceof InputSpec.Tokens tokens) {
      Initializers.uniform(
          parameters, offset, tokens.vocabularySize() * tokens.embeddingSize(), limit, random);
    }
  }

  /**
   * Fills the features of a batch. When scoring with a vocabulary of moderate size the features are
   * the whole table, so that its projection is computed once per model and not once per batch.
   *
   * @param random source of the dropout masks, or null for none
   */
  void forward(
      float[] parameters,
      PackedBatch batch,
      boolean training,
      SplittableRandom random,
      Features features,
      TokenDropout dropout) {
    dropout.clear();
    if (spec instanceof InputSpec.Tokens tokens) {
      if (training && random != null && tokens.drops()) {
        dropout.draw(tokens, batch.size(), random);
      }
      if (!training && projectsWhole) {
        wholeTable(parameters, batch, tokens.vocabularySize(), features);
      } else if (dropout.dropsChannels()) {
        maskedRows(parameters, batch, features, dropout);
      } else {
        distinctRows(parameters, batch, features, dropout);
      }
    } else {
      features.resize(batch.tokens(), null);
      System.arraycopy(batch.vectors(), 0, features.rows(), 0, batch.tokens() * spec.size());
    }
  }

  /**
   * Checks that the batch is what the network reads.
   *
   * @throws IllegalArgumentException if it has vectors for ids or the reverse, an id outside the
   *     vocabulary, or a value that is not finite
   */
  void check(PackedBatch batch) {
    checkKind(batch);
    if (spec instanceof InputSpec.Tokens tokens) {
      checkIds(batch, tokens.vocabularySize());
    } else {
      checkFinite(batch);
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

  private static void checkIds(PackedBatch batch, int vocabularySize) {
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

  /** One multiplication per value, next to hundreds in the products that follow. */
  private void checkFinite(PackedBatch batch) {
    float[] vectors = batch.vectors();
    float sum = 0;
    for (int i = 0; i < batch.tokens() * spec.size(); i++) {
      sum += 0f * vectors[i];
    }
    if (sum != 0) {
      refuseFirst(batch);
    }
  }

  /** Names the first value, in the order of steps, that is NaN or infinite. */
  private void refuseFirst(PackedBatch batch) {
    for (int t = 0; t < batch.steps(); t++) {
      for (int b = 0; b < batch.live(t); b++) {
        for (int i = 0; i < spec.size(); i++) {
          float value = batch.vectors()[(batch.offset(t) + b) * spec.size() + i];
          if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(
                "vectors must be finite, got %s in row %d of the batch at step %d"
                    .formatted(value, batch.position(b), t));
          }
        }
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

  /** Dropped words share one more row, of zeros: it too is projected once. */
  private void distinctRows(
      float[] parameters, PackedBatch batch, Features features, TokenDropout dropout) {
    int width = spec.size();
    DistinctIds distinct = batch.distinct();
    int count = distinct.count();
    if (!dropout.dropsWords()) {
      features.resize(count, distinct.index());
    } else {
      features.resize(count + 1, dropout.index(batch, count));
      Arrays.fill(features.rows(), count * width, (count + 1) * width, 0f);
    }
    for (int d = 0; d < count; d++) {
      System.arraycopy(
          parameters, offset + distinct.id(d) * width, features.rows(), d * width, width);
    }
    for (int i = 0; dropout.dropsWords() && i < count * width; i++) {
      features.rows()[i] *= dropout.keep();
    }
  }

  /** With channels dropped a word's row differs by sequence: one row per step. */
  private void maskedRows(
      float[] parameters, PackedBatch batch, Features features, TokenDropout dropout) {
    int width = spec.size();
    features.resize(batch.tokens(), null);
    for (int t = 0; t < batch.steps(); t++) {
      for (int b = 0; b < batch.live(t); b++) {
        int step = batch.offset(t) + b;
        int from = offset + batch.ids()[step] * width;
        boolean dropped = dropout.drops(b, batch.ids()[step]);
        for (int i = 0; i < width; i++) {
          features.rows()[step * width + i] =
              dropped ? 0f : parameters[from + i] * dropout.mask()[b * width + i];
        }
      }
    }
  }

  /** Adds the gradient by the table's rows; vectors have none. */
  void backward(PackedBatch batch, Features features, TokenDropout dropout, float[] gradient) {
    if (spec instanceof InputSpec.Tokens) {
      if (dropout.dropsChannels()) {
        maskedBackward(batch, features, dropout, gradient);
      } else {
        distinctBackward(batch.distinct(), features, dropout.keep(), gradient);
      }
    }
  }

  /** A factor of 1 leaves the bits as they are; the row of dropped words is nobody's. */
  private void distinctBackward(
      DistinctIds distinct, Features features, float keep, float[] gradient) {
    int width = spec.size();
    for (int d = 0; d < distinct.count(); d++) {
      int to = offset + distinct.id(d) * width;
      for (int i = 0; i < width; i++) {
        gradient[to + i] += keep * features.gradient()[d * width + i];
      }
    }
  }

  private void maskedBackward(
      PackedBatch batch, Features features, TokenDropout dropout, float[] gradient) {
    int width = spec.size();
    for (int t = 0; t < batch.steps(); t++) {
      for (int b = 0; b < batch.live(t); b++) {
        int step = batch.offset(t) + b;
        int to = offset + batch.ids()[step] * width;
        boolean dropped = dropout.drops(b, batch.ids()[step]);
        for (int i = 0; i < width && !dropped; i++) {
          gradient[to + i] += dropout.mask()[b * width + i] * features.gradient()[step * width + i];
        }
      }
    }
  }
}
