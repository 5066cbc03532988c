package io.sparkrnn.spark.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * Looks at files in tasks.
 *
 * <p>Items and results cross as Java writes them, for Spark's Kryo serializer cannot write records.
 */
public final class InputTasks {
  private InputTasks() {}

  /**
   * Applies a function to all items and returns the results in their order.
   *
   * @param items one or more
   * @param itemsPerTask how many a task looks at, or fewer
   */
  public static <T extends Serializable, R extends Serializable> List<R> map(
      SparkSession spark, List<T> items, int itemsPerTask, Function<T, R> function) {
    int tasks = (items.size() + itemsPerTask - 1) / itemsPerTask;
    List<Integer> numbers = IntStream.range(0, items.size()).boxed().toList();
    ArrayList<T> sent = new ArrayList<>(items);
    List<R> results = new ArrayList<>();
    JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(numbers, tasks)
        .map(number -> bytes(function.call(sent.get(number))))
        .collect()
        .forEach(bytes -> results.add(InputTasks.<R>value(bytes)));
    return results;
  }

  private static byte[] bytes(Serializable value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("unchecked")
  private static <R> R value(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (R) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("a result of a task cannot be read", e);
    }
  }
}
