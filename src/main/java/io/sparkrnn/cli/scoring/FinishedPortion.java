package io.sparkrnn.cli.scoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A portion that is written.
 *
 * @param rows how many it has
 * @param scored how many of them have a prediction
 * @param reason why most of the others have none; null when there are no others
 * @param directory where it was written, below that of the whole output
 * @param files what was written there
 */
record FinishedPortion(
    long rows, long scored, String reason, String directory, List<Written> files) {
  /**
   * A file of a portion.
   *
   * @param name below the portion's directory
   * @param place below that of the table
   * @param bytes its length
   */
  record Written(String name, String place, long bytes) {}

  /** Returns how many rows have no prediction. */
  long refused() {
    return rows - scored;
  }

  /** Returns this as JSON. */
  ObjectNode json() {
    ObjectNode json = Json.object().put("rows", rows).put("scored", scored).put("reason", reason);
    ArrayNode array = json.put("directory", directory).putArray("files");
    for (Written file : files) {
      array.addObject().put("name", file.name).put("place", file.place).put("bytes", file.bytes);
    }
    return json;
  }

  /** Returns what JSON says; its checksum was checked, so that it is what was written. */
  static FinishedPortion of(JsonNode json) {
    List<Written> files = new ArrayList<>();
    for (JsonNode file : json.get("files")) {
      files.add(
          new Written(
              file.get("name").asText(), file.get("place").asText(), file.get("bytes").asLong()));
    }
    return new FinishedPortion(
        json.get("rows").asLong(),
        json.get("scored").asLong(),
        json.get("reason").isNull() ? null : json.get("reason").asText(),
        json.get("directory").asText(),
        files);
  }
}
