package io.sparkrnn.spark.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.spark.TestSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class OrderedResultsTest {
  private final List<String> seen = new ArrayList<>();

  @Test
  void whatComesEarlyWaitsForItsTurnAndNoLonger() {
    OrderedResults<String> results = new OrderedResults<>(seen::add);
    results.apply(2, "c");
    assertEquals(List.of(), seen);
    results.apply(0, "a");
    assertEquals(List.of("a"), seen);
    results.apply(1, "b");
    assertEquals(List.of("a", "b", "c"), seen);
    results.apply(3, "d");
    assertEquals(List.of("a", "b", "c", "d"), seen);
  }

  @Test
  void partitionsThatEndInAnotherOrderAreSeenInTheirs() {
    List<Integer> numbers = IntStream.range(0, 6).boxed().toList();
    JavaRDD<String> values =
        JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext())
            .parallelize(numbers, 6)
            .map(
                number -> {
                  Thread.sleep(number % 2 == 0 ? 100 : 0);
                  return "value " + number;
                });
    OrderedResults.run(values, seen::add);
    assertEquals(numbers.stream().map(number -> "value " + number).toList(), seen);
  }
}
