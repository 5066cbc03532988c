package io.sparkrnn.spark.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sparkrnn.train.TrainingException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class ResultSizeTest {
  @Test
  void theSizeThatAllTasksNeedIsSaid() {
    Exception failure =
        new SparkException(
            "Job aborted due to stage failure: Total size of serialized results of 9 tasks (1035.1"
                + " MiB) is bigger than spark.driver.maxResultSize (1024.0 MiB)");
    TrainingException explained = ResultSize.explained(failure, 16);
    assertEquals(
        "the results of 16 tasks need a spark.driver.maxResultSize of 1841 MiB, got 1024.0 MiB; set"
            + " it higher or to 0, or have executors average with a higher aggregationDepth",
        explained.getMessage());
    assertSame(failure, explained.getCause());
  }

  @Test
  void otherFailuresAreNotOfSize() {
    assertNull(ResultSize.explained(new IllegalStateException((String) null), 16));
  }
}
