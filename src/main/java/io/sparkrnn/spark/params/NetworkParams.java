package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.NETWORK;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Network, in the words and formulas of Keras.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface NetworkParams<S extends NetworkParams<S>> extends FluentParams<S> {
  /** Kind of the recurrent layers: simple_rnn, lstm or gru. */
  default Param<String> layer() { return NETWORK.param(this, "layer"); }
  /** Returns {@link #layer}. */
  default String getLayer() { return getOrDefault(layer()); }
  /** Sets {@link #layer}. */
  default S setLayer(String value) { return with(layer(), value); }

  /** Units of a recurrent layer; a comma list, first layer first, stacks several. */
  default Param<String> units() { return NETWORK.param(this, "units"); }
  /** Returns {@link #units}. */
  default String getUnits() { return getOrDefault(units()); }
  /** Sets {@link #units}. */
  default S setUnits(String value) { return with(units(), value); }

  /** Whether each recurrent layer also reads the sequence from its end. */
  default BooleanParam bidirectional() { return NETWORK.param(this, "bidirectional"); }
  /** Returns {@link #bidirectional}. */
  default boolean getBidirectional() { return (boolean) getOrDefault(bidirectional()); }
  /** Sets {@link #bidirectional}. */
  default S setBidirectional(boolean value) { return with(bidirectional(), value); }

  /** How a bidirectional layer joins its directions: concat, sum, mul or ave. */
  default Param<String> mergeMode() { return NETWORK.param(this, "mergeMode"); }
  /** Returns {@link #mergeMode}. */
  default String getMergeMode() { return getOrDefault(mergeMode()); }
  /** Sets {@link #mergeMode}. */
  default S setMergeMode(String value) { return with(mergeMode(), value); }

  /** Fraction of a recurrent layer's inputs dropped while training. */
  default DoubleParam dropout() { return NETWORK.param(this, "dropout"); }
  /** Returns {@link #dropout}. */
  default double getDropout() { return (double) getOrDefault(dropout()); }
  /** Sets {@link #dropout}. */
  default S setDropout(double value) { return with(dropout(), value); }

  /** Fraction of the previous state dropped while training. */
  default DoubleParam recurrentDropout() { return NETWORK.param(this, "recurrentDropout"); }
  /** Returns {@link #recurrentDropout}. */
  default double getRecurrentDropout() { return (double) getOrDefault(recurrentDropout()); }
  /** Sets {@link #recurrentDropout}. */
  default S setRecurrentDropout(double value) { return with(recurrentDropout(), value); }

  /** Gru only: whether the reset gate comes after the recurrent product. */
  default BooleanParam resetAfter() { return NETWORK.param(this, "resetAfter"); }
  /** Returns {@link #resetAfter}. */
  default boolean getResetAfter() { return (boolean) getOrDefault(resetAfter()); }
  /** Sets {@link #resetAfter}. */
  default S setResetAfter(boolean value) { return with(resetAfter(), value); }

  /** Whether each recurrent layer reads its input from the end. */
  default BooleanParam goBackwards() { return NETWORK.param(this, "goBackwards"); }
  /** Returns {@link #goBackwards}. */
  default boolean getGoBackwards() { return (boolean) getOrDefault(goBackwards()); }
  /** Sets {@link #goBackwards}. */
  default S setGoBackwards(boolean value) { return with(goBackwards(), value); }

  /**
   * A stack of different recurrent layers, in place of layer, units and the options of all layers,
   * such as 'bidirectional(gru:64, mergeMode=sum), lstm:32 dropout=0.2 recurrentDropout=0.2, gru:16
   * goBackwards resetAfter=false'.
   */
  default Param<String> layers() { return NETWORK.param(this, "layers"); }
  /** Returns {@link #layers}. */
  default String getLayers() { return getOrDefault(layers()); }
  /** Sets {@link #layers}. */
  default S setLayers(String value) { return with(layers(), value); }

  /** What the output layer sees of the steps: last, max, mean, max_mean or attention. */
  default Param<String> pooling() { return NETWORK.param(this, "pooling"); }
  /** Returns {@link #pooling}. */
  default String getPooling() { return getOrDefault(pooling()); }
  /** Sets {@link #pooling}. */
  default S setPooling(String value) { return with(pooling(), value); }

  /** Number of token ids, padding and out-of-vocabulary included. */
  default IntParam vocabularySize() { return NETWORK.param(this, "vocabularySize"); }
  /** Returns {@link #vocabularySize}. */
  default int getVocabularySize() { return (int) getOrDefault(vocabularySize()); }
  /** Sets {@link #vocabularySize}. */
  default S setVocabularySize(int value) { return with(vocabularySize(), value); }

  /** Width of an embedding row. */
  default IntParam embeddingSize() { return NETWORK.param(this, "embeddingSize"); }
  /** Returns {@link #embeddingSize}. */
  default int getEmbeddingSize() { return (int) getOrDefault(embeddingSize()); }
  /** Sets {@link #embeddingSize}. */
  default S setEmbeddingSize(int value) { return with(embeddingSize(), value); }

  /** Whether steps with id 0 are skipped; if not, they are read like any other id. */
  default BooleanParam maskZero() { return NETWORK.param(this, "maskZero"); }
  /** Returns {@link #maskZero}. */
  default boolean getMaskZero() { return (boolean) getOrDefault(maskZero()); }
  /** Sets {@link #maskZero}. */
  default S setMaskZero(boolean value) { return with(maskZero(), value); }

  /** Fraction of a sequence's words dropped while training, each at all its places. */
  default DoubleParam embeddingDropout() { return NETWORK.param(this, "embeddingDropout"); }
  /** Returns {@link #embeddingDropout}. */
  default double getEmbeddingDropout() { return (double) getOrDefault(embeddingDropout()); }
  /** Sets {@link #embeddingDropout}. */
  default S setEmbeddingDropout(double value) { return with(embeddingDropout(), value); }

  /** Fraction of the embedding's channels dropped while training, one mask per sequence. */
  default DoubleParam spatialDropout() { return NETWORK.param(this, "spatialDropout"); }
  /** Returns {@link #spatialDropout}. */
  default double getSpatialDropout() { return (double) getOrDefault(spatialDropout()); }
  /** Sets {@link #spatialDropout}. */
  default S setSpatialDropout(double value) { return with(spatialDropout(), value); }

  /** Width of the vectors of featuresCol; 0 when it holds token ids. */
  default IntParam vectorSize() { return NETWORK.param(this, "vectorSize"); }
  /** Returns {@link #vectorSize}. */
  default int getVectorSize() { return (int) getOrDefault(vectorSize()); }
  /** Sets {@link #vectorSize}. */
  default S setVectorSize(int value) { return with(vectorSize(), value); }

  /**
   * Model directory, of whatever task, that training starts from: its words, embedding and
   * recurrent layers, and its output layer where it is the same; none when empty.
   */
  default Param<String> initialModel() { return NETWORK.param(this, "initialModel"); }
  /** Returns {@link #initialModel}. */
  default String getInitialModel() { return getOrDefault(initialModel()); }
  /** Sets {@link #initialModel}. */
  default S setInitialModel(String value) { return with(initialModel(), value); }
}
// spotless:on
