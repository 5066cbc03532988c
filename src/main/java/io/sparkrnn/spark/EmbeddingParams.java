package io.sparkrnn.spark;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;

/**
 * Parameters of the embedding: how it begins and how it is trained.
 *
 * @param <S> the class that has the parameters
 */
public interface EmbeddingParams<S extends EmbeddingParams<S>> extends FluentParams<S> {
  /**
   * Embedding rows a step updates: auto (those of the batch's tokens where that changes nothing
   * else), dense (all) or lazy (those of the batch's tokens, also with adam and adamw).
   */
  default Param<String> embeddingUpdates() {
    return new Param<>(
        this,
        "embeddingUpdates",
        "embedding rows a step updates: auto (those of the batch's tokens where that changes"
            + " nothing else), dense (all) or lazy (those of the batch's tokens, also with adam and"
            + " adamw)",
        ParamRules.oneOf("embeddingUpdates", "auto", "dense", "lazy"));
  }

  /** Returns {@link #embeddingUpdates}. */
  default String getEmbeddingUpdates() {
    return getOrDefault(embeddingUpdates());
  }

  /** Sets {@link #embeddingUpdates}. */
  default S setEmbeddingUpdates(String value) {
    return with(embeddingUpdates(), value);
  }

  /**
   * Text file of word vectors (word2vec, GloVe, fastText; .gz too) that the embedding starts from;
   * none when empty.
   */
  default Param<String> pretrainedVectors() {
    return new Param<>(
        this,
        "pretrainedVectors",
        "text file of word vectors (word2vec, GloVe, fastText; .gz too) that the embedding starts"
            + " from; none when empty");
  }

  /** Returns {@link #pretrainedVectors}. */
  default String getPretrainedVectors() {
    return getOrDefault(pretrainedVectors());
  }

  /** Sets {@link #pretrainedVectors}. */
  default S setPretrainedVectors(String value) {
    return with(pretrainedVectors(), value);
  }

  /** Where words without a pretrained vector start: random or zero. */
  default Param<String> missingVectors() {
    return new Param<>(
        this,
        "missingVectors",
        "where words without a pretrained vector start: random or zero",
        ParamRules.oneOf("missingVectors", "random", "zero"));
  }

  /** Returns {@link #missingVectors}. */
  default String getMissingVectors() {
    return getOrDefault(missingVectors());
  }

  /** Sets {@link #missingVectors}. */
  default S setMissingVectors(String value) {
    return with(missingVectors(), value);
  }

  /** Whether the embedding is not trained. */
  default BooleanParam freezeEmbedding() {
    return new BooleanParam(this, "freezeEmbedding", "whether the embedding is not trained");
  }

  /** Returns {@link #freezeEmbedding}. */
  default boolean getFreezeEmbedding() {
    return (boolean) getOrDefault(freezeEmbedding());
  }

  /** Sets {@link #freezeEmbedding}. */
  default S setFreezeEmbedding(boolean value) {
    return with(freezeEmbedding(), value);
  }

  /** Fraction of a sequence's words dropped while training, each at all its places. */
  default DoubleParam embeddingDropout() {
    return new DoubleParam(
        this,
        "embeddingDropout",
        "fraction of a sequence's words dropped while training, each at all its places",
        ParamRules.rate("embeddingDropout"));
  }

  /** Returns {@link #embeddingDropout}. */
  default double getEmbeddingDropout() {
    return (double) getOrDefault(embeddingDropout());
  }

  /** Sets {@link #embeddingDropout}. */
  default S setEmbeddingDropout(double value) {
    return with(embeddingDropout(), value);
  }

  /** Fraction of a sequence's words left out of it while training, which makes it shorter. */
  default DoubleParam wordDropout() {
    return new DoubleParam(
        this,
        "wordDropout",
        "fraction of a sequence's words left out of it while training, which makes it shorter",
        ParamRules.rate("wordDropout"));
  }

  /** Returns {@link #wordDropout}. */
  default double getWordDropout() {
    return (double) getOrDefault(wordDropout());
  }

  /** Sets {@link #wordDropout}. */
  default S setWordDropout(double value) {
    return with(wordDropout(), value);
  }

  /** Fraction of the embedding's channels dropped while training, one mask per sequence. */
  default DoubleParam spatialDropout() {
    return new DoubleParam(
        this,
        "spatialDropout",
        "fraction of the embedding's channels dropped while training, one mask per sequence",
        ParamRules.rate("spatialDropout"));
  }

  /** Returns {@link #spatialDropout}. */
  default double getSpatialDropout() {
    return (double) getOrDefault(spatialDropout());
  }

  /** Sets {@link #spatialDropout}. */
  default S setSpatialDropout(double value) {
    return with(spatialDropout(), value);
  }
}
