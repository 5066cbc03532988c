package io.sparkrnn.spark.scoring;

import java.util.List;
import org.apache.spark.sql.ExperimentalMethods;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Plans scoring many rows at a time.
 *
 * <p>A session that does not know it applies {@link ScoringFunction} to one row at a time, which is
 * slower and gives the same bits.
 */
public final class ScoringStrategy extends SparkStrategy {
  private ScoringStrategy() {}

  /** Teaches a session to score many rows at a time; once is enough. */
  public static void register(org.apache.spark.sql.SparkSession session) {
    ExperimentalMethods methods = ((SparkSession) session).experimental();
    synchronized (methods) {
      if (!methods.extraStrategies().exists(ScoringStrategy.class::isInstance)) {
        methods.extraOptimizations_$eq(
            methods.extraOptimizations().appended(new ScoringRule()).toSeq());
        methods.extraStrategies_$eq(
            methods.extraStrategies().appended(new ScoringStrategy()).toSeq());
      }
    }
  }

  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    List<SparkPlan> plans =
        plan instanceof ScoringNode node
            ? List.of(new ScoringExec(node.call(), node.scored(), planLater(node.child())))
            : List.of();
    return CollectionConverters.asScala(plans).toSeq();
  }
}
