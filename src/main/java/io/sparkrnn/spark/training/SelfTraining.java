package io.sparkrnn.spark.training;

import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.spark.rows.ShardData;
import io.sparkrnn.spark.rows.ShardSummary;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.spark.scoring.BroadcastParameters;
import io.sparkrnn.train.Certainty;
import io.sparkrnn.train.SelfTrainingRecord;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.TrainingRecorder;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Trains again on rows that nobody labelled, by the labels that the model before gave them; the
 * best model on the validation rows, which have labels, is the result (Yarowsky, 1995).
 *
 * <pre>
 *   train on the rows with labels
 *   rounds times:  the model labels all others; of each class, in its share among the labels, the
 *                  most certain ones join the rows with labels;  train on both, from the start
 * </pre>
 *
 * <p>Each row is labelled by a pure function of the model and the row, where its shard is.
 *
 * @param rounds how many times to train again
 * @param fraction of the rows without a label that join
 * @see <a href="https://doi.org/10.3115/981658.981684">Yarowsky, 1995</a>
 */
public record SelfTraining(int rounds, double fraction) {

  /** Trains on rows. */
  interface Training {
    DistributedTrainer.Trained train(ShardedRows rows, int round, TrainingListener listener);
  }

  /** A training, and what happened in it. */
  private record Attempt(
      DistributedTrainer.Trained trained, TrainingRecord record, long labelledBySelf) {
    /** Returns how it does on the validation rows, null without any. */
    Evaluation validation() {
      return record.validation();
    }
  }

  /**
   * Trains on rows with labels, and then on others.
   *
   * @param rows of both kinds
   * @param listener is told of all trainings, and at the end what they brought
   */
  DistributedTrainer.Trained train(ShardedRows rows, Training training, TrainingListener listener) {
    List<Attempt> attempts = new ArrayList<>();
    attempts.add(attempt(rows, 0, 0, training));
    long unlabelled = rows.shards().map(data -> data.unlabelled().rows()).reduce(Integer::sum);
    for (int round = 1; round <= rounds && unlabelled > 0; round++) {
      attempts.add(again(rows, attempts.get(round - 1).trained, round, training, listener));
    }
    int best = best(attempts);
    SelfTrainingRecord record =
        new SelfTrainingRecord(
            unlabelled,
            attempts.stream()
                .map(each -> new SelfTrainingRecord.Round(each.labelledBySelf, each.validation()))
                .toList(),
            best);
    listener.selfTrained(record, attempts.get(best).record);
    return attempts.get(best).trained;
  }

  private Attempt again(
      ShardedRows rows,
      DistributedTrainer.Trained before,
      int round,
      Training training,
      TrainingListener listener) {
    NetworkSpec network = before.config().network();
    Broadcast<BroadcastParameters> model =
        rows.context()
            .broadcast(new BroadcastParameters(before.progress().parameters(), before.wide()));
    try {
      int[] bounds =
          certainty(rows, network, model)
              .bounds(fraction, shares(rows.total(), network.head().classes()));
      try (ShardedRows more = rows.changed(data -> labelled(data, network, model, bounds))) {
        long joined = more.total().trainingRows() - rows.total().trainingRows();
        listener.selfTrainingBegins(round, rounds, joined);
        return attempt(more, round, joined, training);
      }
    } finally {
      model.destroy();
    }
  }

  private static Attempt attempt(
      ShardedRows rows, int round, long labelledBySelf, Training training) {
    TrainingRecorder recorder = new TrainingRecorder();
    DistributedTrainer.Trained trained = training.train(rows, round, recorder);
    return new Attempt(trained, recorder.record(), labelledBySelf);
  }

  /**
   * The last one, unless an earlier one ranks the validation rows better. Not by the loss: labels
   * of its own make a model too certain, which costs no right answer.
   */
  private static int best(List<Attempt> attempts) {
    int best = attempts.size() - 1;
    for (int i = attempts.size() - 1; i >= 0; i--) {
      best = worth(attempts.get(i)) > worth(attempts.get(best)) ? i : best;
    }
    return best;
  }

  /** Returns the area under the curve, the accuracy where there is none, 0 without rows. */
  private static double worth(Attempt attempt) {
    Evaluation validation = attempt.validation();
    if (validation == null || validation.rows() == 0) {
      return 0;
    }
    double auc = validation.value(Metric.AUC);
    return Double.isNaN(auc) ? validation.value(Metric.ACCURACY) : auc;
  }

  private static double[] shares(ShardSummary total, int classes) {
    double[] shares = new double[classes];
    for (int label = 0; label < classes; label++) {
      shares[label] = (double) total.classCounts()[label] / total.trainingRows();
    }
    return shares;
  }

  private static Certainty certainty(
      ShardedRows rows, NetworkSpec network, Broadcast<BroadcastParameters> model) {
    HeadSpec head = network.head();
    JavaRDD<Certainty> counted =
        rows.shards()
            .map(
                data -> {
                  Certainty counts = new Certainty(head.classes());
                  counts.add(head, outputs(data, network, model));
                  return counts;
                });
    Certainty total = new Certainty(head.classes());
    counted.collect().forEach(total::add);
    return total;
  }

  private static ShardData labelled(
      ShardData data, NetworkSpec network, Broadcast<BroadcastParameters> model, int[] bounds) {
    return data.labelledBy(Certainty.labels(network.head(), outputs(data, network, model), bounds));
  }

  private static float[] outputs(
      ShardData data, NetworkSpec network, Broadcast<BroadcastParameters> model) {
    return data.unlabelled().rows() == 0
        ? new float[0]
        : model.value().scorer(network).score(data.unlabelled());
  }
}
