package io.sparkrnn.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.io.json.JsonObject;
import io.sparkrnn.io.json.SealedJson;
import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.train.EpochSums;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.TrainingHistory;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The names of a checkpoint's two files, a pair, and the content of the JSON one.
 *
 * @param pair which of the pairs, a letter
 * @param number counts the checkpoints of a training
 * @param sha256 hash of the tensors file
 * @param epoch epoch of the state
 * @param round round of the state
 * @param steps steps of the optimizer
 * @param history the epochs so far
 * @param sums the sums of the begun epoch, which are there if the state is within one
 * @param fingerprint the settings the numbers depend on
 */
record CheckpointFiles(
    String pair,
    long number,
    String sha256,
    int epoch,
    int round,
    long steps,
    TrainingHistory history,
    EpochSums sums,
    SortedMap<String, String> fingerprint) {
  /** Most pairs there can be, one per letter. */
  static final int MOST = 26;

  private static final int VERSION = 3;

  /** The first version whose JSON has a checksum of its own; the ones before go on being read. */
  private static final int SEALED = 3;

  /** Returns the names of the first so many pairs. */
  static List<String> pairs(int count) {
    return IntStream.range(0, count).mapToObj(i -> String.valueOf((char) ('a' + i))).toList();
  }

  /** Returns the files of a training's checkpoint when so many of them stay. */
  static CheckpointFiles numbered(long number, int toKeep) {
    String pair = pairs(toKeep).get((int) (number % toKeep));
    return new CheckpointFiles(
        pair, number, "", 0, 0, 0, TrainingHistory.empty(), EpochSums.none(), new TreeMap<>());
  }

  static String jsonFile(String pair) {
    return "checkpoint-" + pair + ".json";
  }

  String jsonFile() {
    return jsonFile(pair);
  }

  String tensorsFile() {
    return "checkpoint-" + pair + ".safetensors";
  }

  /** Returns the JSON file for a checkpoint whose tensors have the given hash. */
  byte[] encode(Checkpoint checkpoint, String hash) throws IOException {
    RoundState state = checkpoint.progress().state();
    ObjectNode root = Json.object().put("formatVersion", VERSION);
    root.put("createdBy", Product.name());
    root.put("number", number).put("sha256", hash);
    root.put("epoch", state.epoch()).put("round", state.round());
    root.put("steps", state.optimizer().steps());
    root.set("history", MetricsJson.of(checkpoint.progress().history()));
    if (checkpoint.progress().isWithinEpoch()) {
      put(root.putObject("sums"), checkpoint.progress().sums());
    }
    checkpoint.fingerprint().forEach(root.putObject("fingerprint")::put);
    return SealedJson.encode(root);
  }

  private static void put(ObjectNode node, EpochSums sums) {
    Json.put(node, "lossSum", sums.lossSum());
    Json.put(node, "weight", sums.weight());
    node.put("nanos", sums.nanos());
    Json.put(node, "normSumsOfSquares", sums.norms().sumsOfSquares());
    ArrayNode rows = node.putArray("normRows");
    Arrays.stream(sums.norms().rows()).forEach(rows::add);
  }

  private static EpochSums sums(JsonObject node) throws ModelFormatException {
    try {
      return new EpochSums(
          node.number("lossSum"),
          node.number("weight"),
          StepNorms.of(node.numbers("normSumsOfSquares"), node.wholes("normRows")),
          node.whole("nanos"));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(node.place() + ": " + e.getMessage(), e);
    }
  }

  static CheckpointFiles read(ModelStorage storage, String pair) throws IOException {
    String file = jsonFile(pair);
    byte[] json = Checksums.read(storage, file, null, in -> Json.Limits.LARGE.read(in, file));
    JsonObject root = JsonObject.parse(json, file);
    int version = root.formatVersion(VERSION);
    SealedJson.check(json, root, version >= SEALED);
    SortedMap<String, String> fingerprint = new TreeMap<>();
    JsonObject settings = root.object("fingerprint");
    for (String name : settings.names()) {
      fingerprint.put(name, settings.text(name));
    }
    long number = root.whole("number");
    if (number < 0 || number == Long.MAX_VALUE) {
      throw root.wrong("number", "must be in [0, 2^63 - 1)", number);
    }
    return new CheckpointFiles(
        pair,
        number,
        root.text("sha256"),
        root.integer("epoch"),
        root.integer("round"),
        root.whole("steps"),
        MetricsJson.history(root.object("history")),
        root.integer("round") == 0 ? EpochSums.none() : sums(root.object("sums")),
        fingerprint);
  }
}
