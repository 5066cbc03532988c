package io.sparkrnn.spark.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The type of JSON values, found from all of them: the narrowest that holds each as it is. Values
 * of several kinds are strings, which hold them as they are written.
 */
sealed interface JsonType extends Serializable {
  /** What needs no more than its name. */
  enum Kind implements JsonType {
    /** No value but null so far. */
    NULL,
    BOOLEAN,
    STRING
  }

  /** Numbers. */
  record Numbers(JsonNumber number) implements JsonType {}

  /** Arrays with elements of one type. */
  record Arrays(JsonType element) implements JsonType {}

  /** Objects with these keys. */
  record Objects(TreeMap<String, JsonType> fields) implements JsonType {}

  /**
   * Reads a value.
   *
   * @param parser at the first token of the value; afterwards at its last
   */
  static JsonType read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Kind.NULL;
      case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
      case VALUE_NUMBER_INT -> new Numbers(whole(parser));
      case VALUE_NUMBER_FLOAT -> new Numbers(JsonNumber.of(parser.getText()));
      case START_ARRAY -> {
        JsonType element = Kind.NULL;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          element = element.merge(read(parser));
        }
        yield new Arrays(element);
      }
      case START_OBJECT -> object(parser);
      default -> Kind.STRING;
    };
  }

  /** A number without a point; -0 is none of 64 bits, which know no sign of zero. */
  private static JsonNumber whole(JsonParser parser) throws IOException {
    boolean isLarge = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
    return isLarge || parser.getLongValue() == 0 && parser.getText().startsWith("-")
        ? JsonNumber.of(parser.getText())
        : JsonNumber.of(parser.getLongValue());
  }

  /** Reads an object. */
  static Objects object(JsonParser parser) throws IOException {
    TreeMap<String, JsonType> fields = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, read(parser));
    }
    return new Objects(fields);
  }

  /** The type of values of this type and of another. */
  default JsonType merge(JsonType other) {
    if (equals(other) || other == Kind.NULL) {
      return this;
    } else if (this == Kind.NULL) {
      return other;
    } else if (this instanceof Numbers one && other instanceof Numbers two) {
      return new Numbers(one.number.merge(two.number));
    } else if (this instanceof Arrays one && other instanceof Arrays two) {
      return new Arrays(one.element.merge(two.element));
    } else if (this instanceof Objects one && other instanceof Objects two) {
      TreeMap<String, JsonType> fields = new TreeMap<>(one.fields);
      two.fields.forEach((name, type) -> fields.merge(name, type, JsonType::merge));
      return new Objects(fields);
    }
    return Kind.STRING;
  }

  /** Spark's type. Objects without any key are empty maps: Spark cannot write such structures. */
  default DataType dataType() {
    if (this instanceof Numbers numbers) {
      return numbers.number.type();
    } else if (this instanceof Arrays array) {
      return DataTypes.createArrayType(array.element.dataType());
    } else if (this instanceof Objects object && object.fields.isEmpty()) {
      return DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
    } else if (this instanceof Objects object) {
      StructType type = new StructType();
      for (Map.Entry<String, JsonType> field : object.fields.entrySet()) {
        type = type.add(field.getKey(), field.getValue().dataType());
      }
      return type;
    }
    return this == Kind.BOOLEAN ? DataTypes.BooleanType : DataTypes.StringType;
  }
}
