package io.sparkrnn.io.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkrnn.io.MetricsJson;
import io.sparkrnn.io.json.Json;
import io.sparkrnn.train.PretrainingRecord;
import io.sparkrnn.train.SelfTrainingRecord;
import io.sparkrnn.train.StartRecord;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.VectorCoverage;
import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.wide.WideRecord;

/** What happened in a training as JSON: what a metrics file tells. It is written, never read. */
public final class RecordJson {
  private RecordJson() {}

  /** Returns the JSON form of what happened in a training. */
  public static ObjectNode of(TrainingRecord record) {
    ObjectNode node = Json.object().put("rowsUnlabelled", record.unlabelledRows());
    node.put("rowsRefused", record.refusals().rows());
    node.set("refusals", MetricsJson.of(record.refusals()));
    if (record.config() != null) {
      node.setAll(of(record.config()));
    }
    node.setAll(MetricsJson.of(record.history()));
    if (!record.course().isEmpty()) {
      node.set("observed", CourseJson.of(record.course()));
    }
    if (record.preflight() != null) {
      node.set("preflight", PreflightJson.of(record.preflight()));
    }
    if (record.start() != null) {
      node.set("startedFrom", of(record.start()));
    }
    if (record.vectors() != null) {
      node.set("pretrainedVectors", of(record.vectors()));
    }
    if (record.wide() != null) {
      node.set("wide", of(record.wide()));
    }
    if (record.pretraining() != null) {
      node.set("pretraining", of(record.pretraining()));
    }
    if (record.selfTraining() != null) {
      node.set("selfTraining", of(record.selfTraining()));
    }
    Evaluation validation = record.validation();
    node.set("validation", of(validation));
    return node;
  }

  /** Returns the JSON form of what a wide branch brought. */
  private static ObjectNode of(WideRecord wide) {
    ObjectNode node = Json.object().put("features", wide.features());
    node.put("passes", wide.passes()).put("stackedRows", wide.stackedRows());
    ObjectNode combination = node.putObject("combination");
    combination.put("wide", wide.combination().wide());
    combination.put("recurrent", wide.combination().recurrent());
    Json.put(combination, "bias", wide.combination().bias());
    ObjectNode validation = node.putObject("validation");
    validation.set("recurrent", of(wide.recurrent()));
    validation.set("wide", of(wide.wide()));
    validation.set("both", of(wide.both()));
    return node;
  }

  private static ObjectNode of(Evaluation evaluation) {
    return evaluation == null ? null : MetricsJson.of(evaluation);
  }

  /** Returns the JSON form of how shards and threads share a training. */
  private static ObjectNode of(TrainingConfig config) {
    ObjectNode node = Json.object().put("shards", config.rounds().shards());
    node.put("threadsPerTask", config.execution().threadsPerTask());
    ObjectNode rounds = node.putObject("rounds");
    rounds.put("batchesPerRound", config.rounds().batchesPerRound());
    rounds.put("outerUpdate", config.rounds().outer().kind());
    if (config.rounds().outer() instanceof OuterUpdate.Nesterov nesterov) {
      rounds.put("outerMomentum", nesterov.momentum());
    }
    rounds.put("batchSize", config.batching().batchSize());
    rounds.put("emaMomentum", config.optimization().ema().momentum());
    return node;
  }

  /** Returns the JSON form of a language model that a training began with. */
  private static ObjectNode of(PretrainingRecord record) {
    ObjectNode node = Json.object().put("texts", record.texts());
    Json.put(node, "seconds", record.seconds());
    node.setAll(MetricsJson.of(record.history()));
    return node;
  }

  /** Returns the JSON form of what rows without a label brought. */
  private static ObjectNode of(SelfTrainingRecord record) {
    ObjectNode node = Json.object().put("rowsUnlabelled", record.unlabelledRows());
    ArrayNode rounds = node.putArray("rounds");
    for (SelfTrainingRecord.Round round : record.rounds()) {
      ObjectNode one = rounds.addObject().put("rowsLabelledBySelf", round.labelledBySelf());
      one.set("validation", of(round.validation()));
    }
    return node.put("best", record.best());
  }

  /** Returns the JSON form of what was taken from another model. */
  private static ObjectNode of(StartRecord start) {
    ObjectNode node = Json.object().put("model", start.model());
    start.taken().forEach(node.putArray("taken")::add);
    start.fresh().forEach(node.putArray("fresh")::add);
    return node.put("words", start.words()).put("wordsTaken", start.wordsTaken());
  }

  /** Returns the JSON form of a coverage by pretrained vectors. */
  private static ObjectNode of(VectorCoverage coverage) {
    ObjectNode node = Json.object().put("file", coverage.file());
    node.put("words", coverage.words()).put("wordsFound", coverage.wordsFound());
    node.put("tokens", coverage.tokens()).put("tokensFound", coverage.tokensFound());
    Json.put(node, "wordShare", coverage.wordShare());
    Json.put(node, "tokenShare", coverage.tokenShare());
    return node;
  }
}
