package io.sparkrnn.io.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.train.course.EpochCourse;
import io.sparkrnn.train.course.RoundTimes;
import java.util.List;

/**
 * Where the time of a training's rounds went and how far its shards drifted apart, as JSON; keys
 * are the names of the record components, times are seconds.
 */
final class CourseJson {
  private static final double NANO = 1e-9;

  private CourseJson() {}

  /** Returns the JSON form of epochs and of their sums. */
  static ObjectNode of(List<EpochCourse> epochs) {
    ObjectNode node = Json.object();
    node.put("rounds", epochs.stream().mapToLong(EpochCourse::rounds).sum());
    RoundTimes all =
        epochs.stream().map(EpochCourse::times).reduce(RoundTimes.none(), RoundTimes::plus);
    node.set("seconds", of(all, epochs.stream().mapToLong(EpochCourse::evaluating).sum()));
    ArrayNode each = node.putArray("epochs");
    epochs.forEach(epoch -> each.add(of(epoch)));
    return node;
  }

  private static ObjectNode of(EpochCourse epoch) {
    ObjectNode node = Json.object().put("epoch", epoch.epoch()).put("rounds", epoch.rounds());
    node.set("seconds", of(epoch.times(), epoch.evaluating()));
    ObjectNode divergence = node.putObject("divergence");
    Json.put(divergence, "mean", epoch.meanDivergence());
    Json.put(divergence, "largest", epoch.largestDivergence());
    return node;
  }

  private static ObjectNode of(RoundTimes times, long evaluating) {
    ObjectNode node = Json.object();
    Json.put(node, "broadcasting", times.broadcasting() * NANO);
    Json.put(node, "computing", times.computing() * NANO);
    Json.put(node, "averaging", times.averaging() * NANO);
    Json.put(node, "waiting", times.waiting() * NANO);
    Json.put(node, "evaluating", evaluating * NANO);
    Json.put(node, "imbalance", times.imbalance() * NANO);
    return node;
  }
}
