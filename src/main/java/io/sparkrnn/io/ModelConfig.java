package io.sparkrnn.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.features.FeatureJson;
import io.sparkrnn.io.features.FeatureSettings;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.io.json.JsonObject;
import io.sparkrnn.io.json.SealedJson;
import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.nn.ValueHead;
import io.sparkrnn.text.Padding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of {@code config.json}.
 *
 * @param network topology
 * @param text text settings, or null
 * @param labels names of the classes
 * @param wide the wide branch, or null
 * @param features how rows that are no text become vectors
 * @param files SHA-256 of each other file of the model, by name; null when the first version of the
 *     format was written without any
 */
record ModelConfig(
    NetworkSpec network,
    TextSettings text,
    List<String> labels,
    WideFiles.Header wide,
    FeatureSettings features,
    Map<String, String> files) {
  static final String FILE = "config.json";
  private static final int VERSION = 5;

  /** The version of language models. */
  private static final int WITH_TOKENS = 4;

  /** The version of models with a wide branch. */
  private static final int WITH_WIDE = 3;

  /** What a classifier without a wide branch is written as, so that older programs read it too. */
  private static final int WITHOUT_WIDE = 2;

  /** The first version in which every file has a checksum, this one too. */
  private static final int SEALED = 2;

  byte[] encode() throws IOException {
    ObjectNode root = Json.object().put("formatVersion", version());
    root.put("createdBy", Product.name());
    root.set("network", NetworkJson.write(network));
    root.set("text", text == null ? null : text(text));
    ArrayNode names = root.putArray("labels");
    labels.forEach(names::add);
    if (wide != null) {
      root.set("wide", WideFiles.json(wide));
    }
    if (!features.equals(FeatureSettings.NONE)) {
      root.set("features", FeatureJson.write(features));
    }
    ObjectNode hashes = root.putObject("sha256");
    new TreeMap<>(files).forEach(hashes::put);
    return SealedJson.encode(root);
  }

  /** Returns the oldest version whose readers understand the model. */
  private int version() {
    if (network.head() instanceof ValueHead
        || network.head() instanceof ForecastHead
        || network.head() instanceof TranslationHead
        || network.head() instanceof CtcHead
        || network.head() instanceof TagHead
        || !features.equals(FeatureSettings.NONE)) {
      return VERSION;
    } else if (network.head() instanceof TokenHead) {
      return WITH_TOKENS;
    }
    return wide == null ? WITHOUT_WIDE : WITH_WIDE;
  }

  /** Returns whether a file belongs to the model. */
  boolean names(String file) {
    return files != null && files.containsKey(file);
  }

  /**
   * Returns the SHA-256 that a file of the model must have, or null where none was written at all.
   *
   * @throws ModelFormatException if other files have one and this one does not
   */
  String sha256(String file) throws ModelFormatException {
    if (files != null && !files.containsKey(file)) {
      throw new ModelFormatException(
          "%s: sha256 must name %s, which is there; remove the file, or train anew"
              .formatted(FILE, file));
    }
    return files == null ? null : files.get(file);
  }

  static ModelConfig decode(byte[] json) throws ModelFormatException {
    JsonObject root = JsonObject.parse(json, FILE, Json.Limits.SMALL);
    int version = root.formatVersion(VERSION);
    boolean sealed = version >= SEALED;
    SealedJson.check(json, root, sealed);
    return new ModelConfig(
        NetworkJson.read(root.object("network")),
        root.has("text") ? text(root.object("text")) : null,
        root.texts("labels"),
        version == WITH_WIDE ? WideFiles.header(root.object("wide")) : null,
        version >= VERSION && root.has("features")
            ? FeatureJson.read(root.object("features"))
            : FeatureSettings.NONE,
        sealed || root.has("sha256") ? files(root.object("sha256")) : null);
  }

  private static Map<String, String> files(JsonObject hashes) throws ModelFormatException {
    Map<String, String> files = new TreeMap<>();
    for (String name : hashes.names()) {
      files.put(name, hashes.text(name));
    }
    return files;
  }

  private static ObjectNode text(TextSettings text) {
    Padding padding = text.padding();
    return Json.object()
        .put("tokenizer", text.tokenizer())
        .put("maxLength", padding.maxLength())
        .put("padding", padding.padding().name().toLowerCase(Locale.ROOT))
        .put("truncating", padding.truncating().name().toLowerCase(Locale.ROOT));
  }

  private static TextSettings text(JsonObject node) throws ModelFormatException {
    try {
      return new TextSettings(
          node.text("tokenizer"),
          new Padding(
              node.integer("maxLength"),
              node.constant("padding", Padding.Side.class),
              node.constant("truncating", Padding.Side.class)));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(node.place() + ": " + e.getMessage(), e);
    }
  }
}
