package io.sparkrnn.io.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.train.preflight.Cluster;
import io.sparkrnn.train.preflight.DriverMemory;
import io.sparkrnn.train.preflight.ExecutorMemory;
import io.sparkrnn.train.preflight.Preflight;
import io.sparkrnn.train.preflight.ShardedData;
import io.sparkrnn.train.preflight.Traffic;
import java.util.LongSummaryStatistics;

/**
 * What was expected of a training as JSON. Sizes are bytes; keys are names of record components.
 */
final class PreflightJson {
  private PreflightJson() {}

  static ObjectNode of(Preflight preflight) {
    ObjectNode node = Json.object();
    data(node, preflight.data());
    node.set("cluster", of(preflight.cluster()));
    node.set("traffic", of(preflight.traffic()));
    node.set("executor", of(preflight.executor()));
    node.set("driver", of(preflight.driver()));
    return node;
  }

  private static void data(ObjectNode node, ShardedData data) {
    node.set("rows", of(data.rows()));
    node.set("steps", of(data.steps()));
    node.put("longest", data.longest());
    ArrayNode classes = node.putArray("classCounts");
    data.classCounts().forEach(count -> classes.add(count));
    node.put("unknownTokens", data.unknownTokens());
    if (data.truncation() != null) {
      node.putObject("truncation")
          .put("rows", data.truncation().rows())
          .put("tokens", data.truncation().tokens());
    }
  }

  private static ObjectNode of(LongSummaryStatistics sizes) {
    return Json.object()
        .put("smallest", sizes.getMin())
        .put("mean", sizes.getAverage())
        .put("largest", sizes.getMax());
  }

  private static ObjectNode of(Cluster cluster) {
    return Json.object()
        .put("executors", cluster.executors())
        .put("tasks", cluster.tasks())
        .put("driverHeap", cluster.driverHeap())
        .put("executorHeap", cluster.executorHeap());
  }

  private static ObjectNode of(Traffic traffic) {
    return Json.object()
        .put("parameters", traffic.parameters())
        .put("rounds", traffic.rounds())
        .put("broadcast", traffic.broadcast())
        .put("results", traffic.results());
  }

  private static ObjectNode of(ExecutorMemory memory) {
    return Json.object()
        .put("total", memory.total())
        .put("shards", memory.shards())
        .put("state", memory.state())
        .put("tasks", memory.tasks())
        .put("tapes", memory.tapes());
  }

  private static ObjectNode of(DriverMemory memory) {
    return Json.object()
        .put("total", memory.total())
        .put("state", memory.state())
        .put("averaging", memory.averaging())
        .put("waiting", memory.waiting())
        .put("best", memory.best())
        .put("tasks", memory.tasks())
        .put("certain", memory.certain());
  }
}
