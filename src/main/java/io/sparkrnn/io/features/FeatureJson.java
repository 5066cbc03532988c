package io.sparkrnn.io.features;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.audio.LogMelSettings;
import io.sparkrnn.io.ModelFormatException;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.io.json.JsonObject;
import io.sparkrnn.train.shards.Standardization;
import java.util.Locale;

/** {@link FeatureSettings} as JSON; floats keep their bits. */
public final class FeatureJson {
  private FeatureJson() {}

  /** Returns the settings as an object. */
  public static ObjectNode write(FeatureSettings settings) {
    ObjectNode node = Json.object();
    LogMelSettings audio = settings.audio();
    if (audio != null) {
      node.putObject("audio")
          .put("bands", audio.bands())
          .put("lowHz", audio.lowHz())
          .put("highHz", audio.highHz())
          .put("frameMillis", audio.frameMillis())
          .put("hopMillis", audio.hopMillis());
    }
    Standardization standardization = settings.standardization();
    if (standardization != null) {
      ObjectNode written = node.putObject("standardization");
      add(written.putArray("mean"), standardization.mean());
      add(written.putArray("scale"), standardization.scale());
    }
    if (settings.labels() != null) {
      node.put("labels", settings.labels().name().toLowerCase(Locale.ROOT));
    }
    return node;
  }

  private static void add(ArrayNode array, float[] values) {
    for (float value : values) {
      array.add((double) value);
    }
  }

  /**
   * Returns the settings of an object.
   *
   * @throws ModelFormatException if something is missing or out of range
   */
  public static FeatureSettings read(JsonObject node) throws ModelFormatException {
    try {
      return new FeatureSettings(
          node.has("audio") ? audio(node.object("audio")) : null,
          node.has("standardization") ? standardization(node.object("standardization")) : null,
          node.has("labels") ? node.constant("labels", LabelUnit.class) : null);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(node.place() + ": " + e.getMessage(), e);
    }
  }

  private static LogMelSettings audio(JsonObject node) throws ModelFormatException {
    return new LogMelSettings(
        node.integer("bands"),
        node.number("lowHz"),
        node.number("highHz"),
        node.number("frameMillis"),
        node.number("hopMillis"));
  }

  private static Standardization standardization(JsonObject node) throws ModelFormatException {
    return new Standardization(floats(node.numbers("mean")), floats(node.numbers("scale")));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
