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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterTest {
  @ParameterizedTest
  @ValueSource(strings = {"local", "local[*]", "local[4]", "local[2,3]", "k8s://a:1"})
  void mastersThatNeedNoConnectionPass(String master) {
    assertDoesNotThrow(() -> Master.check(master, new SparkConf(false)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lokal", "local[0]", "http://a", "spark://", "spark://a", "spark://a:b"})
  void malformedMastersAreRefused(String master) {
    String message = message(master);
    assertTrue(message.startsWith("master must be ") && message.contains(master), message);
  }

  @Test
  void aMasterThatListensPasses() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String master = "spark://127.0.0.1:" + server.getLocalPort();
      assertDoesNotThrow(() -> Master.check(master, new SparkConf(false)));
      assertTrue(Master.isOnThisMachine(master));
    }
  }

  @Test
  void aMasterThatDoesNotListenIsNamed() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    String master = "spark://127.0.0.1:" + port;
    assertEquals(
        "no Spark master can be reached at " + master + ": connection refused", message(master));
  }

  @Test
  void aClusterElsewhereIsNotThisMachine() {
    assertFalse(Master.isOnThisMachine("spark://cluster:7077"));
    assertTrue(Master.isOnThisMachine("local[2]"));
  }

  private static String message(String master) {
    return assertThrows(InputException.class, () -> Master.check(master, new SparkConf(false)))
        .getMessage();
  }
}
