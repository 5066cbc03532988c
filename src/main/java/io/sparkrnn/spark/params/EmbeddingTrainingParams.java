package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.EMBEDDING_TRAINING;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Embedding: how it begins and is trained.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface EmbeddingTrainingParams<S extends EmbeddingTrainingParams<S>> extends FluentParams<S> {
  /**
   * Embedding rows a step updates: auto (those of the batch's tokens where that changes nothing
   * else), dense (all) or lazy (those of the batch's tokens, also with adam and adamw).
   */
  default Param<String> embeddingUpdates() { return EMBEDDING_TRAINING.param(this, "embeddingUpdates"); }
  /** Returns {@link #embeddingUpdates}. */
  default String getEmbeddingUpdates() { return getOrDefault(embeddingUpdates()); }
  /** Sets {@link #embeddingUpdates}. */
  default S setEmbeddingUpdates(String value) { return with(embeddingUpdates(), value); }

  /**
   * Text file of word vectors (word2vec, GloVe, fastText; .gz too) that the embedding starts from;
   * none when empty.
   */
  default Param<String> pretrainedVectors() { return EMBEDDING_TRAINING.param(this, "pretrainedVectors"); }
  /** Returns {@link #pretrainedVectors}. */
  default String getPretrainedVectors() { return getOrDefault(pretrainedVectors()); }
  /** Sets {@link #pretrainedVectors}. */
  default S setPretrainedVectors(String value) { return with(pretrainedVectors(), value); }

  /** Where words without a pretrained vector start: random or zero. */
  default Param<String> missingVectors() { return EMBEDDING_TRAINING.param(this, "missingVectors"); }
  /** Returns {@link #missingVectors}. */
  default String getMissingVectors() { return getOrDefault(missingVectors()); }
  /** Sets {@link #missingVectors}. */
  default S setMissingVectors(String value) { return with(missingVectors(), value); }

  /** Whether the embedding is not trained. */
  default BooleanParam freezeEmbedding() { return EMBEDDING_TRAINING.param(this, "freezeEmbedding"); }
  /** Returns {@link #freezeEmbedding}. */
  default boolean getFreezeEmbedding() { return (boolean) getOrDefault(freezeEmbedding()); }
  /** Sets {@link #freezeEmbedding}. */
  default S setFreezeEmbedding(boolean value) { return with(freezeEmbedding(), value); }
}
// spotless:on
