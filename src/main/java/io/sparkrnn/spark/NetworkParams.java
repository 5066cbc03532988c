package io.sparkrnn.spark;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/**
 * Parameters of the network; words and formulas are those of Keras.
 *
 * @param <S> the class that has the parameters
 */
public interface NetworkParams<S extends NetworkParams<S>> extends FluentParams<S> {
  /** Kind of the recurrent layers: simple_rnn, lstm or gru. */
  default Param<String> layer() {
    return new Param<>(
        this,
        "layer",
        "kind of the recurrent layers: simple_rnn, lstm or gru",
        ParamRules.oneOf("layer", "simple_rnn", "lstm", "gru"));
  }

  /** Returns {@link #layer}. */
  default String getLayer() {
    return getOrDefault(layer());
  }

  /** Sets {@link #layer}. */
  default S setLayer(String value) {
    return with(layer(), value);
  }

  /** Units of a recurrent layer; a comma list, first layer first, stacks several. */
  default Param<String> units() {
    return new Param<>(
        this,
        "units",
        "units of a recurrent layer; a comma list, first layer first, stacks several",
        ParamRules.units("units"));
  }

  /** Returns {@link #units}. */
  default String getUnits() {
    return getOrDefault(units());
  }

  /** Sets {@link #units}. */
  default S setUnits(String value) {
    return with(units(), value);
  }

  /** Whether each recurrent layer also reads the sequence from its end. */
  default BooleanParam bidirectional() {
    return new BooleanParam(
        this, "bidirectional", "whether each recurrent layer also reads the sequence from its end");
  }

  /** Returns {@link #bidirectional}. */
  default boolean getBidirectional() {
    return (boolean) getOrDefault(bidirectional());
  }

  /** Sets {@link #bidirectional}. */
  default S setBidirectional(boolean value) {
    return with(bidirectional(), value);
  }

  /** How a bidirectional layer joins its directions: concat, sum, mul or ave. */
  default Param<String> mergeMode() {
    return new Param<>(
        this,
        "mergeMode",
        "how a bidirectional layer joins its directions: concat, sum, mul or ave",
        ParamRules.oneOf("mergeMode", "concat", "sum", "mul", "ave"));
  }

  /** Returns {@link #mergeMode}. */
  default String getMergeMode() {
    return getOrDefault(mergeMode());
  }

  /** Sets {@link #mergeMode}. */
  default S setMergeMode(String value) {
    return with(mergeMode(), value);
  }

  /** Whether each recurrent layer reads its input from the end, as Keras's go_backwards. */
  default BooleanParam goBackwards() {
    return new BooleanParam(
        this, "goBackwards", "whether each recurrent layer reads its input from the end");
  }

  /** Returns {@link #goBackwards}. */
  default boolean getGoBackwards() {
    return (boolean) getOrDefault(goBackwards());
  }

  /** Sets {@link #goBackwards}. */
  default S setGoBackwards(boolean value) {
    return with(goBackwards(), value);
  }

  /**
   * A stack of different recurrent layers, first layer first, such as {@code bidirectional(gru:64,
   * mergeMode=sum), lstm:32 dropout=0.2, simple_rnn:16 goBackwards}; in place of the parameters
   * that hold for all layers. Options of a layer are dropout, recurrentDropout, resetAfter and
   * goBackwards.
   */
  default Param<String> layers() {
    return new Param<>(
        this,
        "layers",
        "a stack of different recurrent layers, in place of layer, units and the options of all layers, such as"
            + " 'bidirectional(gru:64, mergeMode=sum), lstm:32 dropout=0.2 recurrentDropout=0.2, gru:16 goBackwards resetAfter=false'",
        LayerText.rule("layers"));
  }

  /** Returns {@link #layers}. */
  default String getLayers() {
    return getOrDefault(layers());
  }

  /** Sets {@link #layers}. */
  default S setLayers(String value) {
    return with(layers(), value);
  }

  /** What the output layer sees of the steps: last, max, mean, max_mean or attention. */
  default Param<String> pooling() {
    return new Param<>(
        this,
        "pooling",
        "what the output layer sees of the steps: last, max, mean, max_mean or attention",
        ParamRules.oneOf("pooling", "last", "max", "mean", "max_mean", "attention"));
  }

  /** Returns {@link #pooling}. */
  default String getPooling() {
    return getOrDefault(pooling());
  }

  /** Sets {@link #pooling}. */
  default S setPooling(String value) {
    return with(pooling(), value);
  }

  /** Width of an embedding row. */
  default IntParam embeddingSize() {
    return new IntParam(
        this, "embeddingSize", "width of an embedding row", ParamRules.atLeast("embeddingSize", 1));
  }

  /** Returns {@link #embeddingSize}. */
  default int getEmbeddingSize() {
    return (int) getOrDefault(embeddingSize());
  }

  /** Sets {@link #embeddingSize}. */
  default S setEmbeddingSize(int value) {
    return with(embeddingSize(), value);
  }

  /** Number of token ids, padding and out-of-vocabulary included. */
  default IntParam vocabularySize() {
    return new IntParam(
        this,
        "vocabularySize",
        "number of token ids, padding and out-of-vocabulary included",
        ParamRules.atLeast("vocabularySize", 2));
  }

  /** Returns {@link #vocabularySize}. */
  default int getVocabularySize() {
    return (int) getOrDefault(vocabularySize());
  }

  /** Sets {@link #vocabularySize}. */
  default S setVocabularySize(int value) {
    return with(vocabularySize(), value);
  }

  /** Width of the vectors of featuresCol; 0 when it holds token ids. */
  default IntParam vectorSize() {
    return new IntParam(
        this,
        "vectorSize",
        "width of the vectors of featuresCol; 0 when it holds token ids",
        ParamRules.atLeast("vectorSize", 0));
  }

  /** Returns {@link #vectorSize}. */
  default int getVectorSize() {
    return (int) getOrDefault(vectorSize());
  }

  /** Sets {@link #vectorSize}. */
  default S setVectorSize(int value) {
    return with(vectorSize(), value);
  }

  /** Fraction of a recurrent layer's inputs dropped while training. */
  default DoubleParam dropout() {
    return new DoubleParam(
        this,
        "dropout",
        "fraction of a recurrent layer's inputs dropped while training",
        ParamRules.rate("dropout"));
  }

  /** Returns {@link #dropout}. */
  default double getDropout() {
    return (double) getOrDefault(dropout());
  }

  /** Sets {@link #dropout}. */
  default S setDropout(double value) {
    return with(dropout(), value);
  }

  /** Fraction of the previous state dropped while training. */
  default DoubleParam recurrentDropout() {
    return new DoubleParam(
        this,
        "recurrentDropout",
        "fraction of the previous state dropped while training",
        ParamRules.rate("recurrentDropout"));
  }

  /** Returns {@link #recurrentDropout}. */
  default double getRecurrentDropout() {
    return (double) getOrDefault(recurrentDropout());
  }

  /** Sets {@link #recurrentDropout}. */
  default S setRecurrentDropout(double value) {
    return with(recurrentDropout(), value);
  }

  /** Gru only: whether the reset gate comes after the recurrent product. */
  default BooleanParam resetAfter() {
    return new BooleanParam(
        this, "resetAfter", "gru only: whether the reset gate comes after the recurrent product");
  }

  /** Returns {@link #resetAfter}. */
  default boolean getResetAfter() {
    return (boolean) getOrDefault(resetAfter());
  }

  /** Sets {@link #resetAfter}. */
  default S setResetAfter(boolean value) {
    return with(resetAfter(), value);
  }

  /** Whether steps with id 0 are skipped; if not, they are read like any other id. */
  default BooleanParam maskZero() {
    return new BooleanParam(
        this,
        "maskZero",
        "whether steps with id 0 are skipped; if not, they are read like any other id");
  }

  /** Returns {@link #maskZero}. */
  default boolean getMaskZero() {
    return (boolean) getOrDefault(maskZero());
  }

  /** Sets {@link #maskZero}. */
  default S setMaskZero(boolean value) {
    return with(maskZero(), value);
  }

  /** Auto (by the labels), binary_crossentropy, categorical_crossentropy or mean_squared_error. */
  default Param<String> loss() {
    return new Param<>(
        this,
        "loss",
        "auto (by the labels), binary_crossentropy, categorical_crossentropy or mean_squared_error",
        ParamRules.oneOf(
            "loss",
            "auto",
            "binary_crossentropy",
            "categorical_crossentropy",
            "mean_squared_error"));
  }

  /** Returns {@link #loss}. */
  default String getLoss() {
    return getOrDefault(loss());
  }

  /** Sets {@link #loss}. */
  default S setLoss(String value) {
    return with(loss(), value);
  }
}
