package io.sparkrnn.spark.scoring;

import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.rows.CellReader;
import io.sparkrnn.spark.rows.LabelRule;
import io.sparkrnn.spark.rows.Refusal;
import io.sparkrnn.train.Evaluation;
import io.sparkrnn.train.EvaluationBuilder;
import io.sparkrnn.train.PackedShard;
import io.sparkrnn.train.PackedShardBuilder;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.Thresholds;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Evaluates a model on labelled rows: one part per partition, merged in the order of the
 * partitions.
 */
public final class ModelEvaluation {
  private static final int BUFFERED_ROWS = 4096;
  private static final int BUFFERED_VALUES = 1 << 21;

  private final NetworkSpec network;
  private final CellReader features;
  private final EvaluationBuilder evaluation;
  private final Scorer scorer;

  private ModelEvaluation(
      NetworkSpec network,
      Thresholds thresholds,
      BroadcastParameters parameters,
      CellReader features) {
    this.network = network;
    this.features = features;
    evaluation = new EvaluationBuilder(loss(network), network.head().outputs(), thresholds);
    scorer = new Scorer(parameters.network(network));
  }

  /**
   * Evaluates a model.
   *
   * @param inputCol column of what {@code readers} read
   */
  public static Evaluation evaluate(
      RnnClassificationModel model,
      Dataset<?> dataset,
      String inputCol,
      CellReader.Factory readers,
      Broadcast<BroadcastParameters> parameters) {
    Columns.requireNumber(dataset.schema(), model.getLabelCol());
    NetworkSpec network = model.network();
    Thresholds thresholds = ScoringPlan.thresholds(model, network);
    List<EvaluationBuilder> parts =
        dataset
            .select(
                Columns.named(inputCol),
                Columns.named(model.getLabelCol()).cast("double"),
                Columns.refused(dataset.schema()))
            .javaRDD()
            .mapPartitions(
                rows -> {
                  ModelEvaluation part =
                      new ModelEvaluation(
                          network, thresholds, parameters.value(), readers.create());
                  return List.of(part.add(rows)).iterator();
                })
            .collect();
    EvaluationBuilder total =
        new EvaluationBuilder(loss(network), network.head().outputs(), thresholds);
    parts.forEach(total::merge);
    return total.build();
  }

  private static Loss loss(NetworkSpec network) {
    return switch (network.head().activation()) {
      case SIGMOID -> Loss.BINARY_CROSSENTROPY;
      case SOFTMAX -> Loss.CATEGORICAL_CROSSENTROPY;
      case LINEAR -> Loss.MEAN_SQUARED_ERROR;
    };
  }

  private LabelRule labels() {
    return switch (network.head().activation()) {
      case SIGMOID -> new LabelRule(2);
      case SOFTMAX -> new LabelRule(network.head().outputs());
      case LINEAR -> new LabelRule(0);
    };
  }

  private EvaluationBuilder add(Iterator<Row> rows) {
    LabelRule labels = labels();
    PackedShardBuilder packed = PackedShardBuilder.of(network.input());
    while (rows.hasNext()) {
      Row row = rows.next();
      String reason = refusal(row, labels);
      if (reason != null) {
        evaluation.refuse(reason);
      } else {
        features.addTo(packed, (float) row.getDouble(1), 1);
      }
      if (packed.rows() >= BUFFERED_ROWS || packed.values() >= BUFFERED_VALUES) {
        score(packed.build());
        packed = PackedShardBuilder.of(network.input());
      }
    }
    score(packed.build());
    return evaluation;
  }

  private String refusal(Row row, LabelRule labels) {
    if (!row.isNullAt(2)) {
      return row.getString(2);
    }
    Refusal refusal = features.read(row.get(0));
    return refusal != null ? refusal.reason() : labels.refusal(row.get(1));
  }

  private void score(PackedShard shard) {
    float[] outputs = scorer.score(shard);
    for (int row = 0; row < shard.rows(); row++) {
      evaluation.add(outputs, row, shard.labels()[row]);
    }
  }
}
