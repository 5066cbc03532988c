package io.sparkrnn.cli.session;

import io.sparkrnn.spark.input.InputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** Looks at a Spark master's URL before Spark does, whose own answer comes late and is long. */
final class Master {
  private static final Pattern LOCAL =
      Pattern.compile("local(\\[(\\*|[1-9]\\d*)(,\\s*\\d+)?]|-cluster\\[\\d+,\\d+,\\d+])?");
  private static final Pattern ADDRESS = Pattern.compile("([^:/\\s]+):(\\d{1,5})");

  private Master() {}

  /**
   * Checks a master.
   *
   * @param conf settings of Spark. Not modified.
   * @throws InputException when the URL is malformed or no master accepts a connection
   */
  static void check(String master, SparkConf conf) {
    if (master.equals(Yarn.MASTER) && !Yarn.isDriver(conf)) {
      Yarn.check(conf);
    } else if (!isTaken(master)) {
      checkStandalone(master);
    }
  }

  private static boolean isTaken(String master) {
    return LOCAL.matcher(master).matches()
        || master.equals(Yarn.MASTER)
        || master.startsWith("k8s://");
  }

  private static void checkStandalone(String master) {
    if (!master.startsWith("spark://")) {
      throw new InputException(
          "master must be local[N], spark://HOST:PORT, yarn or k8s://URL, got '" + master + "'");
    }
    String reason = null;
    for (String address : addresses(master)) {
      reason = connect(master, address);
      if (reason == null) {
        return;
      }
    }
    throw new InputException("no Spark master can be reached at " + master + ": " + reason);
  }

  /** Returns whether driver and executors all run on this machine. */
  static boolean isOnThisMachine(String master) {
    return master.startsWith("local")
        || (master.startsWith("spark://") && addresses(master)[0].startsWith("127."));
  }

  private static String[] addresses(String master) {
    return master.substring("spark://".length()).split(",");
  }

  /** Returns why no connection could be had, or null when one could. */
  private static String connect(String master, String address) {
    Matcher matcher = ADDRESS.matcher(address);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      throw new InputException("master must be spark://HOST:PORT, got '" + master + "'");
    }
    return Connection.refusal(matcher.group(1), Integer.parseInt(matcher.group(2)));
  }
}
