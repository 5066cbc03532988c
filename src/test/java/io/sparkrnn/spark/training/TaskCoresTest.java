package io.sparkrnn.spark.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TaskCoresTest {
  @Test
  void aMachinesCoresAreSharedByItsShards() {
    assertEquals(2, TaskCores.share(2, 2, 1));
    assertEquals(4, TaskCores.share(16, 16, 4));
    assertEquals(0, TaskCores.share(2, 2, 3));
  }

  @Test
  void allShardsAreTrainedSideBySide() {
    assertEquals(4, TaskCores.share(4, 8, 2));
    assertEquals(4, TaskCores.share(4, 400, 100));
    assertEquals(2, TaskCores.share(4, 400, 128));
    assertEquals(1, TaskCores.share(4, 400, 400));
    assertEquals(0, TaskCores.share(4, 400, 401));
  }
}
