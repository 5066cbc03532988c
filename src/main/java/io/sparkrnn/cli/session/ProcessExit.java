package io.sparkrnn.cli.session;

import org.apache.spark.SparkConf;

/** Ends the process of a command. */
public final class ProcessExit {
  private ProcessExit() {}

  /**
   * Ends the process with an exit code. The driver that YARN started must not: YARN takes a process
   * that ends itself for one that failed. There this method returns.
   *
   * @throws IllegalStateException when YARN started the driver and the code is not 0
   */
  public static void with(int code) {
    with(code, new SparkConf());
  }

  static void with(int code, SparkConf conf) {
    if (!Yarn.isDriver(conf)) {
      System.exit(code);
    }
    if (code != 0) {
      IllegalStateException failure =
          new IllegalStateException(
              "the command failed with exit code "
                  + code
                  + "; the driver's log has its error line");
      failure.setStackTrace(new StackTraceElement[0]); // it is no bug of this class
      throw failure;
    }
  }
}
