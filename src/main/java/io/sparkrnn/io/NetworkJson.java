package io.sparkrnn.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.io.json.JsonObject;
import io.sparkrnn.nn.Activation;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.nn.ForecastHead;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The topology of a network as JSON; kinds and constants are words in lower case. */
final class NetworkJson {
  private static final String TOKEN = "token";
  private static final String VALUE = "value";
  private static final String FORECAST = "forecast";
  private static final String TRANSLATION = "translation";
  private static final String CTC = "ctc";
  private static final String TAG = "tag";

  private NetworkJson() {}

  static ObjectNode write(NetworkSpec network) {
    ObjectNode node = Json.object();
    node.set("input", input(network.input()));
    ArrayNode layers = node.putArray("layers");
    network.layers().forEach(layer -> layers.add(layer(layer)));
    HeadSpec head = network.head();
    ObjectNode written =
        node.putObject("head")
            .put("pooling", word(head.pooling()))
            .put("outputs", head.outputs())
            .put("activation", word(head.activation()));
    if (head instanceof TokenHead tokens) {
      written.put("kind", TOKEN).put("tied", tokens.tied()).put("samples", tokens.samples());
    } else if (head instanceof ValueHead value) {
      written.put("kind", VALUE).put("loss", word(value.loss())).put("delta", value.delta());
      written.put("mean", value.mean()).put("deviation", value.deviation());
    } else if (head instanceof CtcHead) {
      written.put("kind", CTC);
    } else if (head instanceof TagHead tags) {
      ArrayNode labels = written.put("kind", TAG).put("crf", tags.crf()).putArray("labels");
      tags.labels().forEach(labels::add);
    }
    if (head instanceof ForecastHead forecast) {
      written
          .put("kind", FORECAST)
          .put("horizon", forecast.horizon())
          .put("values", forecast.values())
          .put("season", forecast.season())
          .put("loss", word(forecast.loss()));
      Json.put(
          written,
          "quantiles",
          forecast.quantiles().stream().mapToDouble(Double::doubleValue).toArray());
    }
    if (head instanceof TranslationHead translation) {
      written
          .put("kind", TRANSLATION)
          .put("embeddingSize", translation.embeddingSize())
          .put("score", word(translation.score()))
          .put("tied", translation.tied());
      ArrayNode decoder = written.putArray("layers");
      translation.layers().forEach(layer -> decoder.add(layer(layer)));
    }
    return node;
  }

  static NetworkSpec read(JsonObject node) throws ModelFormatException {
    try {
      List<LayerSpec> layers = new ArrayList<>();
      for (JsonObject layer : node.objects("layers")) {
        layers.add(layer(layer));
      }
      return new NetworkSpec(input(node.object("input")), layers, head(node.object("head")));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(node.place() + ": " + e.getMessage(), e);
    }
  }

  /** Kinds other than the first are named. */
  private static HeadSpec head(JsonObject head) throws ModelFormatException {
    if (!head.has("kind")) {
      return HeadSpec.of(
          head.constant("pooling", Pooling.class),
          head.integer("outputs"),
          head.constant("activation", Activation.class));
    }
    return switch (head.text("kind")) {
      case TOKEN ->
          new TokenHead(head.integer("outputs"), head.flag("tied"), head.integer("samples"));
      case VALUE ->
          new ValueHead(
              head.constant("pooling", Pooling.class),
              head.constant("loss", Loss.class),
              head.number("delta"),
              head.number("mean"),
              head.number("deviation"));
      case FORECAST ->
          new ForecastHead(
              head.constant("pooling", Pooling.class),
              head.integer("horizon"),
              head.integer("values"),
              head.integer("season"),
              Arrays.stream(head.numbers("quantiles")).boxed().toList(),
              head.constant("loss", Loss.class));
      case TRANSLATION -> translation(head);
      case CTC -> new CtcHead(head.integer("outputs"));
      case TAG -> new TagHead(head.texts("labels"), head.flag("crf"));
      default ->
          throw head.wrong(
              "kind",
              "must be %s or left out"
                  .formatted(String.join(", ", TOKEN, VALUE, FORECAST, TRANSLATION, CTC, TAG)),
              head.text("kind"));
    };
  }

  private static HeadSpec translation(JsonObject head) throws ModelFormatException {
    List<LayerSpec.Recurrent> layers = new ArrayList<>();
    for (JsonObject layer : head.objects("layers")) {
      layers.add(recurrent(layer));
    }
    return new TranslationHead(
        head.integer("outputs"),
        head.integer("embeddingSize"),
        layers,
        head.constant("score", TranslationHead.Score.class),
        head.flag("tied"));
  }

  private static ObjectNode input(InputSpec input) {
    ObjectNode node = Json.object();
    if (input instanceof InputSpec.Tokens tokens) {
      return node.put("kind", "tokens")
          .put("vocabularySize", tokens.vocabularySize())
          .put("embeddingSize", tokens.embeddingSize())
          .put("maskZero", tokens.maskZero())
          .put("embeddingDropout", tokens.embeddingDropout())
          .put("spatialDropout", tokens.spatialDropout());
    }
    return node.put("kind", "vectors").put("size", input.size());
  }

  private static InputSpec input(JsonObject node) throws ModelFormatException {
    return switch (node.text("kind")) {
      case "tokens" ->
          new InputSpec.Tokens(
              node.integer("vocabularySize"),
              node.integer("embeddingSize"),
              node.flag("maskZero"),
              rateSince02(node, "embeddingDropout"),
              rateSince02(node, "spatialDropout"));
      case "vectors" -> new InputSpec.Vectors(node.integer("size"));
      default -> throw node.wrong("kind", "must be tokens or vectors", node.text("kind"));
    };
  }

  /** Version 0.1.0 did not write these rates, and dropped nothing. */
  private static double rateSince02(JsonObject node, String name) throws ModelFormatException {
    return node.has(name) ? node.number(name) : 0;
  }

  private static ObjectNode layer(LayerSpec layer) {
    ObjectNode node = Json.object();
    if (layer instanceof LayerSpec.Bidirectional both) {
      node.put("kind", "bidirectional").put("mergeMode", word(both.mergeMode()));
      node.set("layer", layer(both.layer()));
      return node;
    }
    LayerSpec.Recurrent one = (LayerSpec.Recurrent) layer;
    return node.put("kind", "recurrent")
        .put("cell", one.cell().kerasName())
        .put("units", one.units())
        .put("dropout", one.dropout())
        .put("recurrentDropout", one.recurrentDropout())
        .put("resetAfter", one.resetAfter())
        .put("goBackwards", one.goBackwards());
  }

  private static LayerSpec layer(JsonObject node) throws ModelFormatException {
    return switch (node.text("kind")) {
      case "recurrent" -> recurrent(node);
      case "bidirectional" ->
          new LayerSpec.Bidirectional(
              recurrent(node.object("layer")), node.constant("mergeMode", MergeMode.class));
      default -> throw node.wrong("kind", "must be recurrent or bidirectional", node.text("kind"));
    };
  }

  private static LayerSpec.Recurrent recurrent(JsonObject node) throws ModelFormatException {
    return new LayerSpec.Recurrent(
        node.constant("cell", CellType.class),
        node.integer("units"),
        node.number("dropout"),
        node.number("recurrentDropout"),
        node.flag("resetAfter"),
        node.flag("goBackwards"));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
