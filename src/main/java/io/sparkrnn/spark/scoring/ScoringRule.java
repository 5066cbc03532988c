package io.sparkrnn.spark.scoring;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.Function1;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Gives every call of a {@link ScoringFunction} a node of its own below the one that makes it, as
 * Spark's optimizer does with functions in Python:
 *
 * <pre>
 *   node(... rnn(text).prediction ...)            node(... scored.prediction ...)
 *     child                                 ->      scoring(rnn(text), scored)
 *                                                     child
 * </pre>
 *
 * <p>Equal calls of a node become one.
 */
final class ScoringRule extends Rule<LogicalPlan> {
  private static final String SCORED = "scored";

  /** Replaces all calls that are equal to one. */
  private static final class Replacement extends AbstractPartialFunction<Expression, Expression> {
    private final ScalaUDF call;
    private final Attribute scored;

    Replacement(ScalaUDF call, Attribute scored) {
      this.call = call;
      this.scored = scored;
    }

    @Override
    public boolean isDefinedAt(Expression expression) {
      return expression instanceof ScalaUDF other && areEqual(call, other);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <A1 extends Expression, B1> B1 applyOrElse(A1 expression, Function1<A1, B1> otherwise) {
      return isDefinedAt(expression) ? (B1) scored : otherwise.apply(expression);
    }
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    LogicalPlan node = (LogicalPlan) plan.mapChildren(this::apply);
    boolean canExtract = node.children().size() == 1 && !(node instanceof ScoringNode);
    ScalaUDF call = canExtract ? firstCall(node) : null;
    while (call != null) {
      node = extract(node, call);
      call = firstCall(node);
    }
    return node;
  }

  private static LogicalPlan extract(LogicalPlan node, ScalaUDF call) {
    Attribute scored =
        new Alias(
                call,
                SCORED,
                NamedExpression.newExprId(),
                seq(List.of()),
                Option.empty(),
                seq(List.of()))
            .toAttribute();
    Seq<LogicalPlan> children =
        seq(List.of(new ScoringNode(call, scored, pruned(node.children().head(), node, call))));
    LogicalPlan replaced =
        (LogicalPlan)
            ((LogicalPlan) node.transformExpressions(new Replacement(call, scored)))
                .withNewChildren(children);
    return replaced.outputSet().equals(node.outputSet())
        ? replaced
        : new Project(named(node.output()), replaced);
  }

  /** Returns the child with the columns alone that the node or the call reads, or passes on. */
  private static LogicalPlan pruned(LogicalPlan child, LogicalPlan node, ScalaUDF call) {
    AttributeSet needed =
        node.references().$plus$plus(node.outputSet()).$plus$plus(call.references());
    Seq<Attribute> columns = child.output().filter(needed::contains).toSeq();
    return columns.size() == child.output().size() ? child : new Project(named(columns), child);
  }

  private static ScalaUDF firstCall(LogicalPlan node) {
    return CollectionConverters.asJava(node.expressions()).stream()
        .map(expression -> expression.find(ScoringRule::isCall))
        .map(found -> found.isDefined() ? (ScalaUDF) found.get() : null)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static boolean isCall(Object expression) {
    return expression instanceof ScalaUDF call && ScoringFunction.of(call) != null;
  }

  private static boolean areEqual(ScalaUDF one, ScalaUDF other) {
    return one.function() == other.function()
        && one.children().head().canonicalized().equals(other.children().head().canonicalized());
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }

  @SuppressWarnings("unchecked")
  private static Seq<NamedExpression> named(Seq<Attribute> attributes) {
    return (Seq<NamedExpression>) (Object) attributes;
  }
}
