package io.sparkrnn.io.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.io.ModelFormatException;
import io.sparkrnn.io.NewerVersionException;
import io.sparkrnn.io.Product;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An object of a JSON file that knows its place, so that each refusal names file and field.
 *
 * @param place file and path, as messages show it
 * @param node the object
 */
public record JsonObject(String place, JsonNode node) {

  /** Returns the object that a file holds, however large. */
  public static JsonObject parse(byte[] json, String file) throws ModelFormatException {
    return parse(json, file, Json.Limits.LARGE);
  }

  /**
   * Returns the object that a file holds.
   *
   * @throws ModelFormatException if it holds something else, or more than the limits allow
   */
  public static JsonObject parse(byte[] json, String file, Json.Limits limits)
      throws ModelFormatException {
    try {
      JsonNode node = limits.parse(json);
      if (!node.isObject()) {
        throw new ModelFormatException(file + ": must be a JSON object");
      }
      return new JsonObject(file, node);
    } catch (ModelFormatException e) {
      throw e;
    } catch (IOException e) {
      throw new ModelFormatException(file + ": is no valid JSON: " + firstLine(e), e);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Returns whether the field is there and not null. */
  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  public JsonObject object(String name) throws ModelFormatException {
    JsonNode value = node.path(name);
    if (!value.isObject()) {
      throw wrong(name, "must be an object", value);
    }
    return new JsonObject(place + (place.contains(": ") ? "." : ": ") + name, value);
  }

  public List<JsonObject> objects(String name) throws ModelFormatException {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isObject()) {
        throw wrong(name, "must hold objects", element);
      }
      String separator = place.contains(": ") ? "." : ": ";
      objects.add(new JsonObject(place + separator + name + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  public JsonNode array(String name) throws ModelFormatException {
    JsonNode value = node.path(name);
    if (!value.isArray()) {
      throw wrong(name, "must be an array", value);
    }
    return value;
  }

  public String text(String name) throws ModelFormatException {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw wrong(name, "must be a string", value);
    }
    return value.asText();
  }

  public List<String> texts(String name) throws ModelFormatException {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isTextual()) {
        throw wrong(name, "must hold strings", element);
      }
      texts.add(element.asText());
    }
    return texts;
  }

  public boolean flag(String name) throws ModelFormatException {
    JsonNode value = node.path(name);
    if (!value.isBoolean()) {
      throw wrong(name, "must be true or false", value);
    }
    return value.asBoolean();
  }

  public int integer(String name) throws ModelFormatException {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(
          name,
          value.isIntegralNumber() ? "must be less than 2^31" : "must be a whole number",
          value);
    }
    return value.asInt();
  }

  public long whole(String name) throws ModelFormatException {
    return whole(name, node.path(name));
  }

  public long[] wholes(String name) throws ModelFormatException {
    return wholes(name, node.path(name));
  }

  /** Returns the rows of a matrix of whole numbers, not always of one length. */
  public long[][] matrix(String name) throws ModelFormatException {
    JsonNode array = array(name);
    long[][] rows = new long[array.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = wholes(name + "[" + i + "]", array.get(i));
    }
    return rows;
  }

  private long[] wholes(String name, JsonNode array) throws ModelFormatException {
    if (!array.isArray()) {
      throw wrong(name, "must be an array", array);
    }
    long[] wholes = new long[array.size()];
    for (int i = 0; i < wholes.length; i++) {
      wholes[i] = whole(name + "[" + i + "]", array.get(i));
    }
    return wholes;
  }

  private long whole(String name, JsonNode value) throws ModelFormatException {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name, "must be a whole number", value);
    }
    return value.asLong();
  }

  /** Returns a number; null stands for NaN. */
  public double number(String name) throws ModelFormatException {
    return number(name, node.path(name));
  }

  /** Returns numbers; null stands for NaN. */
  public double[] numbers(String name) throws ModelFormatException {
    JsonNode array = array(name);
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(name + "[" + i + "]", array.get(i));
    }
    return numbers;
  }

  private double number(String name, JsonNode value) throws ModelFormatException {
    if (!value.isNumber() && !value.isNull()) {
      throw wrong(name, "must be a number or null", value);
    } else if (Double.isInfinite(value.asDouble())) {
      throw wrong(name, "must be less than 2^1024", value);
    }
    return value.isNull() ? Double.NaN : value.asDouble();
  }

  public <E extends Enum<E>> E constant(String name, Class<E> type) throws ModelFormatException {
    String text = text(name);
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw wrong(name, "is not known to this version", text);
    }
  }

  /**
   * Returns the version of a file that can be read.
   *
   * @param newest the newest version that this program reads
   */
  public int formatVersion(int newest) throws ModelFormatException {
    int version = integer("formatVersion");
    if (version > newest) {
      String writer = has("createdBy") ? text("createdBy") : "a newer version";
      throw new NewerVersionException(
          "%s: formatVersion %d was written by %s; this is %s, which reads up to %d; use the newer one"
              .formatted(place(), version, writer, Product.name(), newest));
    }
    if (version < 1) {
      throw wrong("formatVersion", "must be >= 1", version);
    }
    return version;
  }

  public ModelFormatException wrong(String name, String rule, Object found) {
    String shown = found instanceof JsonNode json && json.isMissingNode() ? "nothing" : "" + found;
    String separator = place.contains(": ") ? "." : ": ";
    return new ModelFormatException(place + separator + name + " " + rule + ", got " + shown);
  }
}
