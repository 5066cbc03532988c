package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.options.OptionRow.Mark.OF_ALL_LAYERS;
import static io.sparkrnn.spark.options.OptionRow.Mark.OF_TOKENS;
import static io.sparkrnn.spark.options.OptionRow.Mark.OF_VECTORS;

import io.sparkrnn.audio.LogMelSettings;
import io.sparkrnn.io.features.FeatureSettings;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.MergeMode;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.nn.ValueHead;
import io.sparkrnn.spark.options.LayerText;
import io.sparkrnn.spark.options.OptionRow;
import io.sparkrnn.spark.options.OptionRow.Mark;
import io.sparkrnn.spark.params.task.ForecastParams;
import io.sparkrnn.spark.params.task.LanguageParams;
import io.sparkrnn.spark.params.task.RegressionParams;
import io.sparkrnn.spark.params.task.TaggingParams;
import io.sparkrnn.spark.params.task.TranscriptParams;
import io.sparkrnn.spark.params.task.TranslationParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of {@link TrainingSetup} that is about the network. */
public final class NetworkSetup {
  private NetworkSetup() {}

  /** Returns the network that the parameters of {@code from} describe. */
  static NetworkSpec network(TrainingParams<?> from, int classes) {
    return new NetworkSpec(input(from), layers(from), head(from, classes));
  }

  /**
   * Returns the head that the parameters of {@code from} describe.
   *
   * @param classes number of classes at most; not read when the loss says how many, or is of
   *     numbers
   */
  public static HeadSpec head(TrainingParams<?> from, int classes) {
    if (from instanceof LanguageParams<?> language) {
      return tokens(language, from.getVocabularySize());
    }
    if (from instanceof TaggingParams<?> tagging) {
      return new TagHead(List.of("0", "1"), tagging.getCrf()); // whose names are found in the rows
    }
    if (from instanceof RegressionParams<?> regression) {
      return number(from, regression.getDelta());
    } else if (from instanceof TranscriptParams<?> transcripts) {
      return new CtcHead(1 + Math.max(1, transcripts.getLabelCount()));
    }
    if (from instanceof ForecastParams<?> forecast) {
      return ForecastSetup.head(forecast, from);
    }
    if (from instanceof TranslationParams<?> translation) {
      return translation(translation, from);
    }
    return HeadSpec.of(pooling(from), TrainingSetup.loss(from.getLoss(), classes), classes);
  }

  /** Returns the head of a regression, whose scale the labels tell later. */
  private static HeadSpec number(TrainingParams<?> from, double delta) {
    String loss = from.getLoss().equals("auto") ? "mean_squared_error" : from.getLoss();
    return new ValueHead(pooling(from), TrainingSetup.constant(Loss.class, loss), delta);
  }

  /** Returns the head of a language model of so many tokens. */
  private static HeadSpec tokens(LanguageParams<?> from, int vocabularySize) {
    boolean samples =
        from.getTieEmbedding()
            && vocabularySize > from.getSampleAbove()
            && vocabularySize >= 2 * from.getSoftmaxSamples();
    return new TokenHead(
        vocabularySize, from.getTieEmbedding(), samples ? from.getSoftmaxSamples() : 0);
  }

  /** Returns the head of a translator, whose decoder has the encoder's layers, forward. */
  private static HeadSpec translation(TranslationParams<?> translation, TrainingParams<?> from) {
    List<LayerSpec.Recurrent> decoder = layers(from).stream().map(NetworkSetup::direction).toList();
    return new TranslationHead(
        translation.getTargetVocabularySize(),
        from.getEmbeddingSize(),
        decoder,
        TrainingSetup.constant(TranslationHead.Score.class, translation.getAttention()),
        translation.getTieEmbedding());
  }

  /** Returns the pooling that the parameters of {@code from} name. */
  public static Pooling pooling(TrainingParams<?> from) {
    return TrainingSetup.constant(Pooling.class, from.getPooling());
  }

  /** Returns what the network reads: token ids or, when vectorSize is set, vectors. */
  public static InputSpec input(TrainingParams<?> from) {
    if (from instanceof ForecastParams<?> forecast) {
      return new InputSpec.Vectors(ForecastSetup.layout(forecast).inputSize());
    }
    boolean isAudio = !from.getAudioCol().isEmpty();
    if (isAudio || from.getVectorSize() > 0) {
      refuseSet(
          from,
          OF_TOKENS,
          (isAudio ? "audioCol" : "vectorSize")
              + " must go without %s, which is for token ids, got %s");
      if (isAudio && from.getVectorSize() > 0) {
        throw new IllegalArgumentException(
            "audioCol must go without vectorSize, which is melBands then, got "
                + from.getVectorSize());
      }
      return new InputSpec.Vectors(isAudio ? from.getMelBands() : from.getVectorSize());
    }
    return new InputSpec.Tokens(
        from.getVocabularySize(),
        from.getEmbeddingSize(),
        from.getMaskZero(),
        from.getEmbeddingDropout(),
        from.getSpatialDropout());
  }

  /**
   * Returns how rows become what the network reads, before anything is learnt of them.
   *
   * @throws IllegalArgumentException if the constants of audio contradict each other
   */
  public static FeatureSettings features(TrainingParams<?> from) {
    if (from.getAudioCol().isEmpty()) {
      return FeatureSettings.NONE;
    }
    return new FeatureSettings(
        new LogMelSettings(
            from.getMelBands(),
            from.getMelLow(),
            from.getMelHigh(),
            from.getFrameMillis(),
            from.getHopMillis()),
        null,
        null);
  }

  private static boolean readsVectors(TrainingParams<?> from) {
    return from instanceof ForecastParams<?>
        || from.getVectorSize() > 0
        || !from.getAudioCol().isEmpty();
  }

  /** Returns the options that are not read, by layers and what the network reads. */
  static Stream<OptionRow> unread(TrainingParams<?> from) {
    Mark others = readsVectors(from) ? OF_TOKENS : OF_VECTORS;
    return OptionTable.rows()
        .filter(
            row ->
                (!from.getLayers().isBlank() && row.traits().contains(OF_ALL_LAYERS))
                    || row.traits().contains(others));
  }

  /** Returns the names of the options that are not read when the network reads vectors. */
  public static List<String> ofTokens() {
    return OptionTable.rows()
        .filter(row -> row.traits().contains(OF_TOKENS))
        .map(OptionRow::name)
        .toList();
  }

  private static void refuseSet(TrainingParams<?> from, Mark mark, String message) {
    OptionTable.rows()
        .filter(row -> row.traits().contains(mark))
        .map(row -> from.getParam(row.name()))
        .filter(from::isSet)
        .findFirst()
        .ifPresent(
            param -> {
              throw new IllegalArgumentException(
                  message.formatted(param.name(), from.getOrDefault(param)));
            });
  }

  private static List<LayerSpec> layers(TrainingParams<?> from) {
    if (from.getLayers().isBlank()) {
      return stack(from);
    }
    refuseSet(
        from,
        OF_ALL_LAYERS,
        "layers must go without %s, got %s; say it of each layer, such as lstm:32 dropout=0.2");
    return LayerText.parse(from.getLayers());
  }

  /** Layers of one kind. */
  private static List<LayerSpec> stack(TrainingParams<?> from) {
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

  /**
   * Makes a network's input and recurrent layers the defaults of an estimator; its head is no
   * matter.
   *
   * @param to whose options. Modified.
   * @param network what they become
   */
  public static void setDefaults(TrainingParams<?> to, NetworkSpec network) {
    if (network.input() instanceof InputSpec.Tokens tokens) {
      to.setDefault(to.embeddingSize(), tokens.embeddingSize());
      to.setDefault(to.maskZero(), tokens.maskZero());
      to.setDefault(to.embeddingDropout(), tokens.embeddingDropout());
      to.setDefault(to.spatialDropout(), tokens.spatialDropout());
    }
    if (!to.isSet(to.layers())) {
      setDefaultLayers(to, network.layers());
    }
  }

  private static void setDefaultLayers(TrainingParams<?> to, List<LayerSpec> layers) {
    LayerSpec first = layers.get(0);
    if (!layers.stream().allMatch(layer -> isLike(first, layer))) {
      to.setDefault(to.layers(), LayerText.of(layers));
      return;
    }
    LayerSpec.Recurrent cell = direction(first);
    to.setDefault(to.layer(), cell.cell().name().toLowerCase(Locale.ROOT));
    to.setDefault(
        to.units(),
        layers.stream()
            .map(layer -> "" + direction(layer).units())
            .collect(Collectors.joining(",")));
    to.setDefault(to.dropout(), cell.dropout());
    to.setDefault(to.recurrentDropout(), cell.recurrentDropout());
    to.setDefault(to.resetAfter(), cell.resetAfter());
    to.setDefault(to.goBackwards(), cell.goBackwards());
    to.setDefault(to.bidirectional(), first instanceof LayerSpec.Bidirectional);
    if (first instanceof LayerSpec.Bidirectional pair) {
      to.setDefault(to.mergeMode(), pair.mergeMode().name().toLowerCase(Locale.ROOT));
    }
  }

  /** Whether two layers differ in nothing but units. */
  private static boolean isLike(LayerSpec one, LayerSpec other) {
    return withUnits(one, 1).equals(withUnits(other, 1));
  }

  private static LayerSpec withUnits(LayerSpec layer, int units) {
    LayerSpec.Recurrent cell = direction(layer);
    LayerSpec.Recurrent other =
        new LayerSpec.Recurrent(
            cell.cell(),
            units,
            cell.dropout(),
            cell.recurrentDropout(),
            cell.resetAfter(),
            cell.goBackwards());
    return layer instanceof LayerSpec.Bidirectional pair
        ? new LayerSpec.Bidirectional(other, pair.mergeMode())
        : other;
  }

  private static LayerSpec.Recurrent direction(LayerSpec layer) {
    return layer instanceof LayerSpec.Bidirectional pair
        ? pair.layer()
        : (LayerSpec.Recurrent) layer;
  }
}
