package io.sparkrnn.spark.input;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Turns JSON values into what Spark keeps for the types that {@link JsonType} finds. */
interface JsonValues {
  /**
   * Returns the value that a parser is at; afterwards it is at the last token of the value.
   *
   * @throws JsonParseException when it is not of the type
   */
  Object read(JsonParser parser) throws IOException;

  /** Returns what reads values of a type. */
  static JsonValues of(DataType type) {
    JsonValues values = notNull(type);
    return parser -> parser.currentToken() == JsonToken.VALUE_NULL ? null : values.read(parser);
  }

  private static JsonValues notNull(DataType type) {
    if (type instanceof StringType) {
      return JsonValues::string;
    } else if (type instanceof LongType) {
      return JsonParser::getLongValue;
    } else if (type instanceof DoubleType) {
      return JsonValues::real;
    } else if (type instanceof DecimalType decimal) {
      return parser ->
          Decimal.apply(
              new BigDecimal(parser.getText()).setScale(decimal.scale()),
              decimal.precision(),
              decimal.scale());
    } else if (type instanceof BooleanType) {
      return JsonParser::getBooleanValue;
    } else if (type instanceof ArrayType array) {
      return array(of(array.elementType()));
    }
    return type instanceof StructType struct ? struct(struct, 0) : JsonValues::emptyMap;
  }

  /** Jackson takes -0 for the whole number 0. */
  private static Object real(JsonParser parser) throws IOException {
    double value = parser.getDoubleValue();
    return value == 0 ? Double.parseDouble(parser.getText()) : value;
  }

  private static Object string(JsonParser parser) throws IOException {
    String text = parser.currentToken().isScalarValue() ? parser.getText() : written(parser);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            Character.isSurrogatePair(
                text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0);
        if (!pair) {
          throw new JsonParseException(parser, JsonText.HALF_PAIR);
        }
        i++;
      }
    }
    return UTF8String.fromString(text);
  }

  private static String written(JsonParser parser) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JsonText.FACTORY.createGenerator(text)) {
      int depth = 0;
      do {
        JsonToken token = parser.currentToken();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token.isNumeric()) {
          out.writeNumber(parser.getText());
        } else {
          out.copyCurrentEvent(parser);
        }
      } while (depth > 0 && parser.nextToken() != null);
    }
    return text.toString();
  }

  private static JsonValues array(JsonValues element) {
    return parser -> {
      require(parser, JsonToken.START_ARRAY);
      List<Object> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(element.read(parser));
      }
      return new GenericArrayData(elements.toArray());
    };
  }

  private static Object emptyMap(JsonParser parser) throws IOException {
    require(parser, JsonToken.START_OBJECT);
    parser.skipChildren();
    return ArrayBasedMapData.apply(new Object[0], new Object[0]);
  }

  /**
   * Returns what reads objects as rows.
   *
   * @param others further columns of every row, which stay null
   */
  static JsonValues struct(StructType type, int others) {
    StructField[] fields = type.fields();
    JsonValues[] values = new JsonValues[fields.length];
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < fields.length; i++) {
      values[i] = of(fields[i].dataType());
      numbers.put(fields[i].name(), i);
    }
    return parser -> {
      require(parser, JsonToken.START_OBJECT);
      Object[] row = new Object[fields.length + others];
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        Integer number = numbers.get(parser.currentName());
        parser.nextToken();
        if (number == null) {
          parser.skipChildren();
        } else {
          row[number] = values[number].read(parser);
        }
      }
      return new GenericInternalRow(row);
    };
  }

  private static void require(JsonParser parser, JsonToken token) throws JsonParseException {
    if (parser.currentToken() != token) {
      throw new JsonParseException(parser, "not of the type of the column");
    }
  }
}
