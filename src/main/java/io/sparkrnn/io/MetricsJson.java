package io.sparkrnn.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.io.json.JsonObject;
import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import io.sparkrnn.train.shards.Refusals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Evaluations, epochs and histories as JSON, one form for history files and metrics files.
 *
 * <p>Keys are the names of the record components, and those of {@link Metric}; NaN is null.
 */
public final class MetricsJson {
  /** Figures that every evaluation has, null where it is none of classes. */
  private static final List<Metric> ALWAYS = List.of(Metric.ACCURACY, Metric.LOG_LOSS, Metric.AUC);

  /** What forecasts are compared with. */
  private static final List<String> BASELINES = List.of("naive", "seasonalNaive", "drift");

  private MetricsJson() {}

  /** Returns the JSON form of an evaluation. */
  public static ObjectNode of(Evaluation evaluation) {
    ObjectNode node = Json.object();
    node.put("rows", evaluation.rows()).put("rowsRefused", evaluation.rowsRefused());
    ALWAYS.forEach(metric -> Json.put(node, metric.key(), evaluation.value(metric)));
    ArrayNode confusion = node.putArray("confusion");
    for (long[] row : evaluation.confusion()) {
      ArrayNode cells = confusion.addArray();
      for (long count : row) {
        cells.add(count);
      }
    }
    evaluation.metrics().keySet().stream()
        .filter(metric -> !ALWAYS.contains(metric))
        .forEach(metric -> Json.put(node, metric.key(), evaluation.value(metric)));
    evaluation.baselines().forEach((name, figures) -> node.set(name, of(figures)));
    node.set("refusals", of(evaluation.refusals()));
    return node;
  }

  private static ObjectNode of(SortedMap<Metric, Double> figures) {
    ObjectNode node = Json.object();
    figures.forEach((metric, value) -> Json.put(node, metric.key(), value));
    return node;
  }

  /** Returns the JSON form of refusals: rows by reason. */
  public static ObjectNode of(Refusals refusals) {
    ObjectNode node = Json.object();
    refusals.byReason().forEach(node::put);
    return node;
  }

  /** Returns the JSON form of an epoch. */
  public static ObjectNode of(EpochRecord epoch) {
    ObjectNode node = Json.object().put("epoch", epoch.epoch());
    Json.put(node, "trainLoss", epoch.trainLoss());
    node.set("validation", epoch.validation() == null ? null : of(epoch.validation()));
    Json.put(node, "seconds", epoch.seconds());
    Json.put(node, "reviewsPerSecond", epoch.reviewsPerSecond());
    Json.put(node, "learningRate", epoch.learningRate());
    return node;
  }

  /** Returns the JSON form of a history. */
  public static ObjectNode of(TrainingHistory history) {
    ObjectNode node = Json.object();
    ArrayNode epochs = node.putArray("epochs");
    history.epochs().forEach(epoch -> epochs.add(of(epoch)));
    node.put("bestEpoch", history.bestEpoch());
    Json.put(node, "stepNorms", history.stepNorms());
    return node;
  }

  static TrainingHistory history(JsonObject node) throws ModelFormatException {
    List<EpochRecord> epochs = new ArrayList<>();
    for (JsonObject epoch : node.objects("epochs")) {
      epochs.add(epoch(epoch));
    }
    try {
      return new TrainingHistory(epochs, node.integer("bestEpoch"), node.numbers("stepNorms"));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(node.place() + ": " + e.getMessage(), e);
    }
  }

  private static EpochRecord epoch(JsonObject node) throws ModelFormatException {
    try {
      return new EpochRecord(
          node.integer("epoch"),
          node.number("trainLoss"),
          node.has("validation") ? evaluation(node.object("validation")) : null,
          node.number("seconds"),
          node.number("reviewsPerSecond"),
          node.number("learningRate"));
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(node.place() + ": " + e.getMessage(), e);
    }
  }

  private static Refusals refusals(JsonObject node) throws ModelFormatException {
    Map<String, Long> byReason = new LinkedHashMap<>();
    for (String reason : node.names()) {
      byReason.put(reason, node.whole(reason));
    }
    return new Refusals(byReason);
  }

  private static SortedMap<Metric, Double> metrics(JsonObject node) throws ModelFormatException {
    SortedMap<Metric, Double> metrics = new TreeMap<>();
    List<String> names = node.names();
    for (Metric metric : Metric.values()) {
      if (ALWAYS.contains(metric) || names.contains(metric.key())) {
        metrics.put(metric, node.number(metric.key()));
      }
    }
    if (metrics.size() > ALWAYS.size()) {
      ALWAYS.forEach(metric -> metrics.remove(metric, Double.NaN));
    }
    return metrics;
  }

  private static Evaluation evaluation(JsonObject node) throws ModelFormatException {
    return new Evaluation(
        node.whole("rows"),
        node.whole("rowsRefused"),
        metrics(node),
        node.matrix("confusion"),
        node.has("refusals") ? refusals(node.object("refusals")) : Refusals.none(),
        baselines(node));
  }

  private static SortedMap<String, SortedMap<Metric, Double>> baselines(JsonObject node)
      throws ModelFormatException {
    SortedMap<String, SortedMap<Metric, Double>> baselines = new TreeMap<>();
    for (String name : BASELINES) {
      if (node.has(name)) {
        JsonObject figures = node.object(name);
        SortedMap<Metric, Double> metrics = new TreeMap<>();
        for (Metric metric : Metric.values()) {
          if (figures.names().contains(metric.key())) {
            metrics.put(metric, figures.number(metric.key()));
          }
        }
        baselines.put(name, metrics);
      }
    }
    return baselines;
  }
}
