package io.sparkrnn.spark.scoring;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** What {@link ScoringNode} says, done: the rows stay in their order. */
public final class ScoringExec extends SparkPlan {
  private static final long serialVersionUID = 1L;

  private final ScalaUDF call;
  private final Attribute scored;
  private final SparkPlan child;

  /**
   * Creates the node.
   *
   * @param call the call of the function
   * @param scored the column of answers
   * @param child whose rows are scored
   */
  public ScoringExec(ScalaUDF call, Attribute scored, SparkPlan child) {
    this.call = call;
    this.scored = scored;
    this.child = child;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    ScoredRows.Plan plan = new ScoredRows.Plan(call, child.output(), output());
    return JavaRDD.fromRDD(child.execute(), scala.reflect.ClassTag.apply(InternalRow.class))
        .mapPartitionsWithIndex((index, rows) -> plan.rows(index, rows), true)
        .rdd();
  }

  @Override
  public Seq<Attribute> output() {
    return child.output().appended(scored).toSeq();
  }

  @Override
  public AttributeSet producedAttributes() {
    return AttributeSet.apply(scored);
  }

  @Override
  public Partitioning outputPartitioning() {
    return child.outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public Seq<SparkPlan> children() {
    return CollectionConverters.asScala(List.of(child)).toSeq();
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
    return new ScoringExec(call, scored, children.head());
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int index) {
    return List.of(call, scored, child).get(index);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ScoringExec;
  }
}
