package io.sparkrnn.spark.jobs;

import org.apache.spark.SparkThrowable;

/** Tells jobs that somebody cancelled from those that failed. */
public final class CancelledJobs {
  private static final String CONDITION = "SPARK_JOB_CANCELLED";

  private CancelledJobs() {}

  /** Returns whether a failure says that a job was cancelled. */
  public static boolean isOne(Throwable cause) {
    return cause instanceof SparkThrowable spark && CONDITION.equals(spark.getCondition());
  }
}
