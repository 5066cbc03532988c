package io.sparkrnn.spark.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import scala.Function1;
import scala.Function2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows of one task as they are, each with its answer behind them; some wait until all of a batch
 * are scored. Owned by one task.
 */
final class ScoredRows implements Iterator<InternalRow> {
  /** Rows wait no longer when they have so many bytes: as much as 4,096 long reviews have. */
  private static final long MOST_BYTES = 1L << 24;

  private final Iterator<InternalRow> rows;
  private final BatchScorer scorer;
  private final UnsafeProjection input;
  private final Function2<SpecializedGetters, Object, Object> inputCell;
  private final Function1<Object, Object> toCell;
  private final Function1<Object, Object> toCatalyst;
  private final UnsafeProjection result;
  private final JoinedRow joined = new JoinedRow();
  private final GenericInternalRow answer = new GenericInternalRow(1);
  private final List<InternalRow> waiting = new ArrayList<>();
  private List<Row> answers = List.of();
  private int next;

  /**
   * What tasks need to know of the plan.
   *
   * @param call the call of a {@link ScoringFunction}
   * @param columns of the rows
   * @param output those and the column of answers
   */
  record Plan(ScalaUDF call, Seq<Attribute> columns, Seq<Attribute> output)
      implements Serializable {
    Iterator<InternalRow> rows(int partition, Iterator<InternalRow> rows) {
      return new ScoredRows(this, partition, rows);
    }
  }

  private ScoredRows(Plan plan, int partition, Iterator<InternalRow> rows) {
    this.rows = rows;
    Expression cell = plan.call.children().head();
    scorer = ScoringFunction.of(plan.call).newScorer();
    input =
        UnsafeProjection.create(CollectionConverters.asScala(List.of(cell)).toSeq(), plan.columns);
    input.initialize(partition);
    inputCell = InternalRow.getAccessor(cell.dataType(), true); // get(0, type) asks for settings
    toCell = CatalystTypeConverters.createToScalaConverter(cell.dataType());
    toCatalyst = CatalystTypeConverters.createToCatalystConverter(plan.call.dataType());
    result = UnsafeProjection.create(expressions(plan.output), plan.output);
  }

  @SuppressWarnings("unchecked")
  private static Seq<Expression> expressions(Seq<Attribute> attributes) {
    return (Seq<Expression>) (Object) attributes;
  }

  @Override
  public boolean hasNext() {
    return next < answers.size() || rows.hasNext();
  }

  @Override
  public InternalRow next() {
    if (next == answers.size()) {
      scoreNext();
    }
    answer.update(0, toCatalyst.apply(answers.get(next)));
    return result.apply(joined.apply(waiting.get(next++), answer));
  }

  private void scoreNext() {
    waiting.clear();
    next = 0;
    long bytes = 0;
    do {
      InternalRow row = rows.next();
      waiting.add(row.copy());
      UnsafeRow cell = input.apply(row);
      bytes += row instanceof UnsafeRow unsafe ? unsafe.getSizeInBytes() : cell.getSizeInBytes();
      scorer.add(toCell.apply(inputCell.apply(cell, 0)));
    } while (rows.hasNext() && bytes < MOST_BYTES && !scorer.isFull());
    answers = scorer.score();
  }
}
