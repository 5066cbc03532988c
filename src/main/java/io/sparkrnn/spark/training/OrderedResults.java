package io.sparkrnn.spark.training;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
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
    run(values, 0, values.getNumPartitions(), consumer);
  }

  /**
   * Computes the partitions {@code from .. to} side by side.
   *
   * @param values one value per partition
   * @param consumer is handed the values one after the other, on a thread of Spark's scheduler
   */
  static <T> void run(JavaRDD<T> values, int from, int to, Consumer<T> consumer) {
    Function2<TaskContext, Iterator<T>, T> single =
        (Function2<TaskContext, Iterator<T>, T> & Serializable)
            (task, partition) -> partition.next();
    ClassTag<T> tag = values.classTag();
    Seq<Object> partitions =
        CollectionConverters.asScala(IntStream.range(from, to).<Object>mapToObj(i -> i).toList())
            .toSeq();
    values
        .rdd()
        .sparkContext()
        .runJob(values.rdd(), single, partitions, new OrderedResults<>(consumer), tag);
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
