package io.sparkrnn.spark.series;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.TaskFailures;
import io.sparkrnn.spark.scoring.BroadcastParameters;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.EvaluationBuilder;
import io.sparkrnn.train.series.LearntSeries;
import io.sparkrnn.train.series.SeriesSplit;
import io.sparkrnn.train.series.SeriesSplit.Part;
import io.sparkrnn.train.series.TimeSeries;
import io.sparkrnn.train.series.WindowPacker;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.RefusalCounts;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/** Measures a forecaster: every origin of a part that has a whole window before it. */
final class SeriesEvaluation {
  /** Origins whose forecasts are held at once. */
  private static final int ORIGINS = 1024;

  private SeriesEvaluation() {}

  /**
   * Measures a forecaster; series by series in the order of their names, so that sums do not depend
   * on partitions.
   */
  static Evaluation of(
      JavaRDD<SeriesPart> parts,
      SavedModel model,
      SeriesSplit split,
      Part part,
      RefusalCounts refused) {
    NetworkSpec network = model.network();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(parts.context());
    Broadcast<BroadcastParameters> parameters =
        context.broadcast(new BroadcastParameters(model.parameters()));
    Broadcast<LearntSeries> learnt = context.broadcast(model.series());
    try {
      List<Tuple2<String, EvaluationBuilder>> each =
          parts
              .flatMap(
                  some ->
                      some.series().stream()
                          .map(
                              one ->
                                  new Tuple2<>(
                                      one.name(),
                                      measured(
                                          one,
                                          network,
                                          parameters.value().scorer(network),
                                          learnt.value(),
                                          split,
                                          part)))
                          .iterator())
              .collect();
      EvaluationBuilder total = new EvaluationBuilder(network.head());
      each.stream()
          .sorted((a, b) -> a._1().compareTo(b._1()))
          .forEach(one -> total.merge(one._2()));
      total.refuse(refused);
      return total.build();
    } catch (InputException e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      throw TaskFailures.explained(e);
    } finally {
      parameters.destroy();
      learnt.destroy();
    }
  }

  private static EvaluationBuilder measured(
      TimeSeries series,
      NetworkSpec network,
      Scorer scorer,
      LearntSeries learnt,
      SeriesSplit split,
      Part part) {
    EvaluationBuilder builder = new EvaluationBuilder(network.head());
    int end = split.to(part, series.end());
    int from = Math.max(learnt.layout().window(), split.from(part, series.end()));
    for (; from < end; from += ORIGINS) {
      WindowPacker packer = new WindowPacker(learnt.layout());
      learnt.addWindows(series, from, Math.min(end, from + ORIGINS), end, packer);
      PackedShard windows = packer.build();
      builder.add(scorer.predictions(windows), windows.targets());
    }
    return builder;
  }
}
