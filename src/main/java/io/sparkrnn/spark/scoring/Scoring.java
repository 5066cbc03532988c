package io.sparkrnn.spark.scoring;

import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.rows.CellReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.SparkUserDefinedFunction;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Appends what a model makes of a column to a table; the other columns are not touched, so that
 * they keep their values, metadata and watermarks, and Spark leaves out those that nobody reads.
 */
public final class Scoring {
  private static final String NAME = "rnn";
  private static final String ANSWER = "answer";

  private Scoring() {}

  /**
   * Returns the table with the plan's columns appended.
   *
   * @param parameters the network's parameters
   * @param readers make readers of the plan's input column
   * @throws io.sparkrnn.spark.input.InputException if a column is there already
   */
  public static Dataset<Row> append(
      Dataset<Row> table,
      ScoringPlan plan,
      Broadcast<BroadcastParameters> parameters,
      CellReader.Factory readers) {
    StructType appended = plan.append(table.schema());
    ScoringStrategy.register(table.sparkSession());
    Column answer = function(plan, parameters, readers).apply(Columns.named(plan.inputCol()));
    if (!plan.skips()) {
      return table.select(columns(plan, answer));
    }
    String unused = Columns.unused(appended, ANSWER);
    return table
        .select(functions.col("*"), answer.as(unused))
        .where(functions.col(unused).isNotNull())
        .select(columns(plan, functions.col(unused)))
        .drop(unused);
  }

  private static Column[] columns(ScoringPlan plan, Column answer) {
    List<Column> columns = new ArrayList<>();
    columns.add(functions.col("*"));
    for (String name : plan.answers().fieldNames()) {
      columns.add(answer.getField(name).as(name));
    }
    return columns.toArray(Column[]::new);
  }

  private static UserDefinedFunction function(
      ScoringPlan plan, Broadcast<BroadcastParameters> parameters, CellReader.Factory readers) {
    Seq<Option<Encoder<?>>> encoders =
        CollectionConverters.asScala(List.<Option<Encoder<?>>>of()).toSeq();
    return new SparkUserDefinedFunction(
        new ScoringFunction(plan, parameters, readers),
        plan.answers(),
        encoders,
        Option.empty(),
        Option.apply(NAME),
        true,
        true);
  }
}
