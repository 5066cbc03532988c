package io.sparkrnn.spark.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparkWorkersTest {
  @Test
  void theDriverAveragesAllShardsAtDepthOne() {
    assertEquals(List.of(), SparkWorkers.groups(1, 1));
    assertEquals(List.of(), SparkWorkers.groups(1000, 1));
  }

  @Test
  void depthTwoMakesGroupsOfAboutTheRootOfTheShards() {
    assertEquals(List.of(), SparkWorkers.groups(2, 2));
    assertEquals(List.of(2), SparkWorkers.groups(3, 2));
    assertEquals(List.of(3), SparkWorkers.groups(9, 2));
    assertEquals(List.of(4), SparkWorkers.groups(10, 2));
    assertEquals(List.of(32), SparkWorkers.groups(1000, 2));
  }

  @Test
  void eachFurtherDepthIsALevelOfSmallerGroups() {
    assertEquals(List.of(9, 3), SparkWorkers.groups(27, 3));
    assertEquals(List.of(16, 4), SparkWorkers.groups(28, 3));
    assertEquals(List.of(100, 10), SparkWorkers.groups(1000, 3));
    assertEquals(List.of(4, 2), SparkWorkers.groups(5, 9));
    assertEquals(List.of(), SparkWorkers.groups(1, 9));
  }
}
