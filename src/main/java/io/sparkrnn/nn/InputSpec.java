package io.sparkrnn.nn;

import io.sparkrnn.kernel.Require;
import java.io.Serializable;

/** What a network reads: token ids through an embedding, or vectors as they are. */
public sealed interface InputSpec extends Serializable permits InputSpec.Tokens, InputSpec.Vectors {

  /** Returns the width of one step as the first layer sees it. */
  int size();

  /**
   * Token ids 0 .. vocabularySize - 1, looked up in an embedding table. Id 0 is padding.
   *
   * @param vocabularySize number of ids, V
   * @param embeddingSize width of an embedding row, I
   * @param maskZero whether steps with id 0 are left out of a sequence (Keras: {@code mask_zero}).
   *     Whoever makes sequences of ids does that, as the readers of text and of id columns do; a
   *     batch has no mask, and an id 0 in it is a step like any other.
   * @param embeddingDropout fraction of a sequence's words dropped while training, each at all its
   *     places in the sequence (Gal and Ghahramani, 2016)
   * @param spatialDropout fraction of the embedding's channels dropped while training, one mask per
   *     sequence (Keras: {@code SpatialDropout1D})
   */
  record Tokens(
      int vocabularySize,
      int embeddingSize,
      boolean maskZero,
      double embeddingDropout,
      double spatialDropout)
      implements InputSpec {
    public Tokens {
      Require.positive("vocabularySize", vocabularySize);
      Require.positive("embeddingSize", embeddingSize);
      Require.rate("embeddingDropout", embeddingDropout);
      Require.rate("spatialDropout", spatialDropout);
    }

    /** Token ids without dropout. */
    public Tokens(int vocabularySize, int embeddingSize, boolean maskZero) {
      this(vocabularySize, embeddingSize, maskZero, 0, 0);
    }

    /** Returns whether anything is dropped while training. */
    boolean drops() {
      return embeddingDropout > 0 || spatialDropout > 0;
    }

    @Override
    public int size() {
      return embeddingSize;
    }
  }

  /**
   * One vector of floats per step.
   *
   * @param size width of a vector, I
   */
  record Vectors(int size) implements InputSpec {
    public Vectors {
      Require.positive("size", size);
    }
  }
}
