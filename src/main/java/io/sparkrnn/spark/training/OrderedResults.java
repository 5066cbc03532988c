package io.sparkrnn.spark.training;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import scala.Function1;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Hands on what the partitions of an RDD hold, one value each, in the partitions' order, as soon as
 * it is their turn: only values that come before their turn wait in memory.
 *
 * @param <T> what a partition holds
 */
final class OrderedResults<T> extends AbstractFunction2<Object, T, BoxedUnit> {
  private final Consumer<T> consumer;
  private final Map<Integer, T> early = new HashMap<>();
  private int next;

  OrderedResults(Consumer<T> consumer) {
    this.consumer = consumer;
  }

  /**
   * Computes all partitions side by side.
   *
   * @param values one value per partition
   * @param consumer is handed the values one after the other, on a thread of Spark's scheduler
   */
  static <T> void run(JavaRDD<T> values, Consumer<T> consumer) {
    Function1<Iterator<T>, T> single = (Function1<Iterator<T>, T> & Serializable) Iterator::next;
    ClassTag<T> tag = values.classTag();
    values.rdd().sparkContext().runJob(values.rdd(), single, new OrderedResults<>(consumer), tag);
  }

  /** Takes the value of a partition; Spark calls it for one partition at a time, once for each. */
  @Override
  public BoxedUnit apply(Object partition, T value) {
    early.put((Integer) partition, value);
    while (early.containsKey(next)) {
      consumer.accept(early.remove(next++));
    }
    return BoxedUnit.UNIT;
  }
}
