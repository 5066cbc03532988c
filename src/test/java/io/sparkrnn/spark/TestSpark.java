package io.sparkrnn.spark;

import org.apache.spark.sql.SparkSession;

/**
 * The local Spark session that the tests of a JVM share; a command that ran in the JVM may have
 * stopped it, then the next test gets another. Two threads, and a failed task is tried once more.
 */
public final class TestSpark {
  private static SparkSession session = start();

  private TestSpark() {}

  private static SparkSession start() {
    return SparkSession.builder()
        .master("local[2, 2]")
        .appName("tests")
        .config("spark.ui.enabled", false)
        .config("spark.sql.shuffle.partitions", 2)
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.warehouse.dir", "target/spark-warehouse")
        .getOrCreate();
  }

  /** Returns the session. */
  public static synchronized SparkSession session() {
    if (session.sparkContext().isStopped()) {
      session = start();
    }
    return session;
  }
}
