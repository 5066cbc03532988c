package io.sparkrnn.spark.scoring;

import io.sparkrnn.spark.rows.CellReader;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import scala.runtime.AbstractFunction1;

/**
 * A model as a function of a cell, which Spark can apply anywhere: to a row at a time, or, where
 * {@link ScoringStrategy} plans it, to many.
 *
 * <p>Both give the same bits: a sequence's results do not depend on what stands beside it.
 */
final class ScoringFunction extends AbstractFunction1<Object, Object> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ScoringPlan plan;
  private final Broadcast<BroadcastParameters> parameters;
  private final CellReader.Factory readers;
  private transient BatchScorer scorer;

  ScoringFunction(
      ScoringPlan plan, Broadcast<BroadcastParameters> parameters, CellReader.Factory readers) {
    this.plan = plan;
    this.parameters = parameters;
    this.readers = readers;
  }

  /** Returns the function that an expression calls, or null when it calls another. */
  static ScoringFunction of(ScalaUDF call) {
    return call.function() instanceof ScoringFunction scoring ? scoring : null;
  }

  /** Returns a scorer for one task. */
  BatchScorer newScorer() {
    return new BatchScorer(plan, parameters.value(), readers.create());
  }

  /** Scores one cell; returns the {@link ScoringPlan#answers} of it. */
  @Override
  public synchronized Row apply(Object cell) {
    if (scorer == null) {
      scorer = newScorer();
    }
    scorer.add(cell);
    return scorer.score().get(0);
  }
}
