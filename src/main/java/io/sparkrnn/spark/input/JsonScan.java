package io.sparkrnn.spark.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.sparkrnn.spark.files.FileSlice;
import java.io.IOException;
import java.io.Serializable;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * What a slice of a JSON file holds.
 *
 * @param type of its objects
 * @param whole whether the file is one text of values that go over lines, and the slice all of it
 */
record JsonScan(JsonType type, boolean whole) implements Serializable {
  /**
   * Reads a slice.
   *
   * @throws IOException when it cannot be read
   * @throws InputException when it is in an encoding that is not read
   */
  static JsonScan of(FileSlice slice, Configuration hadoop) throws IOException {
    JsonType[] type = {new JsonType.Objects(new TreeMap<>())};
    JsonText.Consumer merge = parser -> type[0] = type[0].merge(JsonType.object(parser));
    try (JsonSlice lines = JsonSlice.open(slice, hadoop)) {
      boolean first = slice.start() == 0;
      while (lines.next()) {
        JsonType before = type[0];
        JsonText.Fault fault = lines.read(merge);
        if (fault != JsonText.Fault.NONE) {
          type[0] = before;
        }
        if (first && fault == JsonText.Fault.SYNTAX) {
          JsonType whole = whole(slice, hadoop);
          if (whole != null) {
            return new JsonScan(whole, true);
          }
        }
        first &= lines.isBlank();
      }
    }
    return new JsonScan(type[0], false);
  }

  /** The type of the objects of a file that is one text, else null. */
  private static JsonType whole(FileSlice slice, Configuration hadoop) throws IOException {
    JsonType type = new JsonType.Objects(new TreeMap<>());
    try (JsonParser parser = JsonText.parser(slice, hadoop)) {
      while (JsonText.next(parser)) {
        type = type.merge(JsonType.object(parser));
      }
      return type;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
