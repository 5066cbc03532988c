package io.sparkrnn.spark.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.spark.TestSpark;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class CorpusGeneratorTest {
  private static final SparkSession SPARK = TestSpark.session();

  private static List<Row> corpus(long reviews, long seed, int partitions) {
    return CorpusGenerator.generate(SPARK, reviews, seed, partitions).collectAsList();
  }

  @Test
  void theCorpusDoesNotDependOnPartitions() {
    List<Row> once = corpus(500, 1, 1);
    assertEquals(once, corpus(500, 1, 7));
    assertEquals(once.subList(0, 100), corpus(100, 1, 2));
    assertEquals(500, once.size());
  }

  @Test
  void seedsGiveOtherReviews() {
    assertNotEquals(corpus(10, 1, 1), corpus(10, 2, 1));
  }

  @Test
  void sizesMustBePositive() {
    assertThrows(IllegalArgumentException.class, () -> corpus(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> corpus(1, 1, 0));
  }
}
