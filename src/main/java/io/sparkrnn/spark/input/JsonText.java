package io.sparkrnn.spark.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.sparkrnn.spark.files.FileSlice;
import io.sparkrnn.spark.files.TextInput;
import io.sparkrnn.spark.files.ValidText;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The objects of a JSON text: values that follow one another, or elements of arrays.
 *
 * <p>Single quotes and numbers that are none are read, as Spark reads them.
 */
final class JsonText {
  /** Reads texts of any length. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  /** How a message begins of a string that UTF-8 cannot hold. */
  static final String HALF_PAIR = "half of a surrogate pair";

  /** Takes an object that a parser is at the beginning of, up to its end. */
  interface Consumer {
    /** Takes it. */
    void accept(JsonParser parser) throws IOException;
  }

  /** What is wrong with a line. */
  enum Fault {
    NONE(null),
    ENCODING("line is not valid UTF-8"),
    SYNTAX("line is not a JSON object"),
    REPEATED("an object of the line has a key twice"),
    SURROGATE("a string of the line has half of a surrogate pair"),
    LIMIT("line is nested too deeply or has too long a number");

    private final UTF8String reason;

    Fault(String reason) {
      this.reason = UTF8String.fromString(reason);
    }

    static Fault of(Exception failure) {
      String message = String.valueOf(failure.getMessage());
      if (failure instanceof StreamConstraintsException) {
        return LIMIT;
      } else if (message.startsWith(HALF_PAIR)) {
        return SURROGATE;
      }
      return message.startsWith("Duplicate field") ? REPEATED : SYNTAX;
    }

    /** The reason of refusal. */
    UTF8String reason() {
      return reason;
    }
  }

  private JsonText() {}

  /** Returns a parser of a whole file. */
  static JsonParser parser(FileSlice slice, Configuration hadoop) throws IOException {
    return FACTORY.createParser(TextInput.open(slice.path(), 0, hadoop));
  }

  /** Reads a line; the objects before a fault have been taken. */
  static Fault line(byte[] bytes, int from, int length, Consumer objects) throws IOException {
    if (!ValidText.isValid(UTF8String.fromBytes(bytes, from, length))) {
      return Fault.ENCODING;
    }
    try (JsonParser parser = FACTORY.createParser(bytes, from, length)) {
      while (next(parser)) {
        objects.accept(parser);
      }
      return Fault.NONE;
    } catch (JsonProcessingException | ArithmeticException e) {
      return Fault.of(e);
    }
  }

  /** Goes to the next object at the top or in an array there; whether there is one. */
  static boolean next(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    while (token == JsonToken.START_ARRAY && parser.getParsingContext().getParent().inRoot()
        || token == JsonToken.END_ARRAY) {
      token = parser.nextToken();
    }
    if (token != null && token != JsonToken.START_OBJECT) {
      throw new JsonParseException(parser, "not an object");
    }
    return token != null;
  }
}
