package io.sparkrnn.spark;

import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.Param;

/** The part of {@link TrainingSetup} that is about the network. */
public final class NetworkSetup {
  private NetworkSetup() {}

  /** Returns the network that the parameters of {@code from} describe. */
  static NetworkSpec network(RnnClassifier from, Loss loss, int classes) {
    return new NetworkSpec(input(from), layers(from), head(loss, classes, pooling(from)));
  }

  /** Returns the pooling that the parameters of {@code from} name. */
  static Pooling pooling(RnnClassifier from) {
    return TrainingSetup.constant(Pooling.class, from.getPooling());
  }

  /** Returns what the network reads: token ids or, when vectorSize is set, vectors. */
  public static InputSpec input(RnnClassifier from) {
    if (from.getVectorSize() > 0) {
      refuseSet(
          from, ofTokens(from), "vectorSize must go without %s, which is for token ids, got %s");
      return new InputSpec.Vectors(from.getVectorSize());
    }
    return new InputSpec.Tokens(
        from.getVocabularySize(),
        from.getEmbeddingSize(),
        from.getMaskZero(),
        from.getEmbeddingDropout(),
        from.getSpatialDropout());
  }

  /** Returns the parameters that are not read with vectorSize. */
  static List<Param<?>> ofTokens(RnnClassifier from) {
    return List.of(
        from.vocabularySize(),
        from.embeddingSize(),
        from.maskZero(),
        from.embeddingDropout(),
        from.spatialDropout(),
        from.wordDropout(),
        from.embeddingUpdates(),
        from.pretrainedVectors(),
        from.missingVectors(),
        from.freezeEmbedding());
  }

  private static void refuseSet(RnnClassifier from, List<Param<?>> params, String message) {
    for (Param<?> param : params) {
      if (from.isSet(param)) {
        throw new IllegalArgumentException(
            message.formatted(param.name(), from.getOrDefault(param)));
      }
    }
  }

  private static List<LayerSpec> layers(RnnClassifier from) {
    if (from.getLayers().isBlank()) {
      return stack(from);
    }
    refuseSet(
        from,
        ofAllLayers(from),
        "layers must go without %s, got %s; say it of each layer, such as lstm:32 dropout=0.2");
    return LayerText.parse(from.getLayers());
  }

  /** Returns the parameters that layers stands in the place of. */
  static List<Param<?>> ofAllLayers(RnnClassifier from) {
    return List.of(
        from.layer(),
        from.units(),
        from.bidirectional(),
        from.mergeMode(),
        from.dropout(),
        from.recurrentDropout(),
        from.resetAfter(),
        from.goBackwards());
  }

  /** Layers of one kind. */
  private static List<LayerSpec> stack(RnnClassifier from) {
    CellType cell = TrainingSetup.constant(CellType.class, from.getLayer());
    List<LayerSpec> layers = new ArrayList<>();
    for (String units : from.getUnits().split(",")) {
      LayerSpec.Recurrent layer =
          new LayerSpec.Recurrent(
              cell,
              Integer.parseInt(units.strip()),
              from.getDropout(),
              from.getRecurrentDropout(),
              from.getResetAfter(),
              from.getGoBackwards());
      layers.add(
          from.getBidirectional()
              ? new LayerSpec.Bidirectional(
                  layer, TrainingSetup.constant(MergeMode.class, from.getMergeMode()))
              : layer);
    }
    return layers;
  }

  private static HeadSpec head(Loss loss, int classes, Pooling pooling) {
    return switch (loss) {
      case BINARY_CROSSENTROPY -> new HeadSpec(pooling, 1, Activation.SIGMOID);
      case CATEGORICAL_CROSSENTROPY -> new HeadSpec(pooling, classes, Activation.SOFTMAX);
      case MEAN_SQUARED_ERROR -> new HeadSpec(pooling, 1, Activation.LINEAR);
    };
  }
}
