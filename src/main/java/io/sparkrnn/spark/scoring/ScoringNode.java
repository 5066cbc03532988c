package io.sparkrnn.spark.scoring;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The rows of a plan, each with the answer of a {@link ScoringFunction} behind it. Spark's
 * optimizer copies nodes by their constructors, which must be public for it.
 */
public final class ScoringNode extends LogicalPlan {
  private static final long serialVersionUID = 1L;

  private final ScalaUDF call;
  private final Attribute scored;
  private final LogicalPlan child;

  /**
   * Creates the node.
   *
   * @param call the call of the function
   * @param scored the column of answers
   * @param child whose rows are scored
   */
  public ScoringNode(ScalaUDF call, Attribute scored, LogicalPlan child) {
    this.call = call;
    this.scored = scored;
    this.child = child;
  }

  ScalaUDF call() {
    return call;
  }

  Attribute scored() {
    return scored;
  }

  LogicalPlan child() {
    return child;
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
  public Seq<LogicalPlan> children() {
    return CollectionConverters.asScala(List.of(child)).toSeq();
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> children) {
    return new ScoringNode(call, scored, children.head());
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
    return other instanceof ScoringNode;
  }
}
