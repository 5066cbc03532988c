package io.sparkrnn.cli.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class YarnTest {
  private static final String ADDRESS = "spark.hadoop.yarn.resourcemanager.address";

  private static SparkConf conf() {
    return new SparkConf(false).set("spark.master", "yarn");
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /** Returns an address at which nobody listens any more. */
  private static String silent() throws IOException {
    try (ServerSocket server = listen()) {
      return "127.0.0.1:" + server.getLocalPort();
    }
  }

  @Test
  void aResourceManagerThatDoesNotAnswerIsNamed() throws IOException {
    String silent = silent();
    InputException refused =
        assertThrows(InputException.class, () -> Master.check("yarn", conf().set(ADDRESS, silent)));
    assertEquals(
        "no resource manager of YARN can be reached at "
            + silent
            + " (connection refused); HADOOP_CONF_DIR or YARN_CONF_DIR must be the folder of the"
            + " yarn-site.xml that names it",
        refused.getMessage());
  }

  @Test
  void oneResourceManagerOfSeveralIsEnough() throws IOException {
    try (ServerSocket server = listen()) {
      SparkConf conf =
          conf()
              .set("spark.hadoop.yarn.resourcemanager.ha.enabled", "true")
              .set("spark.hadoop.yarn.resourcemanager.ha.rm-ids", "one,two")
              .set(ADDRESS + ".one", silent())
              .set(ADDRESS + ".two", "127.0.0.1:" + server.getLocalPort());
      assertDoesNotThrow(() -> Master.check("yarn", conf));
      conf.set(ADDRESS + ".two", silent());
      String message =
          assertThrows(InputException.class, () -> Master.check("yarn", conf)).getMessage();
      assertTrue(message.contains(" (connection refused) or 127.0.0.1:"), message);
    }
  }

  @Test
  void aDriverOnYarnIsNotAskedToFindIt() throws IOException {
    SparkConf driver = conf().set("spark.submit.deployMode", "cluster").set(ADDRESS, silent());
    assertTrue(Yarn.isDriver(driver));
    assertDoesNotThrow(() -> Master.check("yarn", driver));
    assertFalse(Yarn.isDriver(conf()));
    assertFalse(Yarn.isDriver(new SparkConf(false)));
  }

  /** YARN takes a driver that ends its process for one that failed, whatever the exit code. */
  @Test
  void aDriverOnYarnReturnsOrThrows() {
    SparkConf driver = conf().set("spark.submit.deployMode", "cluster");
    assertDoesNotThrow(() -> ProcessExit.with(0, driver));
    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> ProcessExit.with(2, driver));
    assertEquals(
        "the command failed with exit code 2; the driver's log has its error line",
        failure.getMessage());
    assertEquals(0, failure.getStackTrace().length);
  }
}
