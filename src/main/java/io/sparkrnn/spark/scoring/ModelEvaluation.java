package io.sparkrnn.spark.scoring;

import io.sparkrnn.io.translation.Translator;
import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.targets.TargetKind;
import io.sparkrnn.spark.rows.ExampleRows;
import io.sparkrnn.spark.rows.LabelRule;
import io.sparkrnn.spark.rows.PairReader;
import io.sparkrnn.spark.rows.RowLabel;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.ShardEvaluator;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.EvaluationBuilder;
import io.sparkrnn.train.metrics.Thresholds;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * Evaluates a model on labelled rows: one part per partition, merged in the order of the
 * partitions.
 */
public final class ModelEvaluation {
  private static final int BUFFERED_ROWS = 4096;
  private static final int BUFFERED_VALUES = 1 << 21;

  private final NetworkSpec network;
  private final EvaluationBuilder evaluation;
  private final Scorer scorer; // or null for a language model
  private final FrozenNetwork frozen;
  private final Translator translator; // or null for others
  private final Translating translating;
  private final List<String[]> pairs = new ArrayList<>();

  private ModelEvaluation(
      NetworkSpec network,
      Thresholds thresholds,
      Translating translating,
      BroadcastParameters parameters) {
    this.network = network;
    evaluation = new EvaluationBuilder(network.head(), thresholds);
    frozen = parameters.network(network);
    this.translating = translating;
    translator = translating == null ? null : parameters.translator(network, translating.text());
    boolean ofRows = translating == null && !(network.head() instanceof TokenHead);
    scorer = ofRows ? parameters.scorer(network) : null;
  }

  /**
   * Evaluates a model on the rows of every partition.
   *
   * @param translating how a translator translates, null for others
   */
  public static Evaluation evaluate(
      NetworkSpec network,
      Thresholds thresholds,
      Translating translating,
      JavaRDD<ExampleRows> examples,
      Broadcast<BroadcastParameters> parameters) {
    List<EvaluationBuilder> parts =
        examples
            .mapPartitions(
                rows -> {
                  ModelEvaluation part =
                      new ModelEvaluation(network, thresholds, translating, parameters.value());
                  rows.forEachRemaining(part::add);
                  return List.of(part.evaluation).iterator();
                })
            .collect();
    EvaluationBuilder total = new EvaluationBuilder(network.head(), thresholds);
    parts.forEach(total::merge);
    return total.build();
  }

  private void add(ExampleRows examples) {
    RowLabel label = new RowLabel(LabelRule.of(network.head()));
    PackedShardBuilder packed = PackedShardBuilder.of(network.input());
    while (examples.rows().hasNext()) {
      Row row = examples.rows().next();
      String reason = examples.refusal(row, label);
      if (reason != null) {
        evaluation.refuse(reason);
      } else {
        label.addTo(examples.features(), packed, 1);
        if (translator != null) {
          pairs.add(PairReader.texts(row.get(0)));
        }
      }
      if (packed.rows() >= BUFFERED_ROWS || packed.values() >= BUFFERED_VALUES) {
        score(packed.build());
        packed = PackedShardBuilder.of(network.input());
      }
    }
    score(packed.build());
  }

  private void score(PackedShard shard) {
    if (translator != null) {
      translate(shard);
    } else if (scorer == null) {
      ShardEvaluator.addTexts(evaluation, frozen, shard);
    } else if (network.head() instanceof CtcHead) {
      ShardEvaluator.addTranscripts(evaluation, scorer, shard);
    } else {
      boolean ofSteps = network.head().targets() == TargetKind.STEP;
      evaluation.add(ofSteps ? scorer.scoreSteps(shard) : scorer.score(shard), shard.targets());
    }
  }

  private void translate(PackedShard shard) {
    ShardEvaluator.addPairs(evaluation, frozen, shard);
    List<String> texts = pairs.stream().map(pair -> pair[0]).toList();
    List<String> made = translator.translate(shard, texts, translating.search());
    for (int i = 0; i < made.size(); i++) {
      evaluation.addTranslation(made.get(i), pairs.get(i)[1]);
    }
    pairs.clear();
  }
}
