package io.sparkrnn.cli.session;

import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;

/** Opens the Spark session of a command. */
public final class Sessions {
  private static final String DRIVER_HOST = "spark.driver.host";
  private static final Pattern STOPPED =
      Pattern.compile("stopped SparkContext|running MetricsSystem|SparkContext was shut down");

  private Sessions() {}

  /**
   * Opens a session.
   *
   * @throws InputException when the master's URL is malformed or nothing answers there, or when
   *     Spark refuses a setting
   */
  public static SparkSession open(String name, CommonOptions options) {
    SparkConf conf = new SparkConf().setAppName("spark-rnn " + name);
    for (Map.Entry<String, String> setting : options.settings().entrySet()) {
      if (setting.getKey().equals("spark.driver.memory")) {
        throw new InputException(
            "spark.driver.memory cannot be set here; set SPARK_RNN_DRIVER_MEMORY in the environment");
      }
      conf.set(setting.getKey(), setting.getValue());
    }
    String master =
        options.master() == null ? conf.get("spark.master", "local[*]") : options.master();
    Master.check(master, conf);
    LocalDirectories.check(conf, System.getenv());
    conf.setMaster(master);
    if (Master.isOnThisMachine(master)) {
      conf.setIfMissing(DRIVER_HOST, "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    // what tasks send is needed, whole and at once, however large; the driver's memory is the limit
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    // parameters are noise to a compressor; results go straight to the driver
    conf.setIfMissing("spark.broadcast.compress", "false");
    conf.setIfMissing("spark.task.maxDirectResultSize", "64m");
    if (master.startsWith("local")) {
      // a task without memory fails the job; else it would end this process, code 52, with a trace
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    }
    return start(SparkSession.builder().config(conf), master, options.settings().keySet());
  }

  /** Starts Spark, and makes it read the settings that it would read in the middle of the work. */
  private static SparkSession start(
      SparkSession.Builder builder, String master, Set<String> given) {
    SparkSession session = null;
    try {
      session = builder.getOrCreate();
      if (session.sparkContext().defaultParallelism() < 1) {
        throw new IllegalArgumentException("spark.default.parallelism must be > 0");
      }
      session.conf().get("spark.sql.shuffle.partitions");
      return session;
    } catch (Exception e) { // Spark throws checked exceptions without declaring them
      if (session != null) {
        session.stop();
      }
      throw refusal(e, master, given);
    }
  }

  /** Returns what there is to say of a session that did not start on a master. */
  static InputException refusal(Exception e, String master, Set<String> given) {
    if (FailureReason.causes(e).stream().anyMatch(Sessions::isLackOfMemory)) {
      return new InputException(
          "Spark needs a driver with 450 MB or more; set SPARK_RNN_DRIVER_MEMORY in the environment,"
              + " such as to 1g",
          e);
    }
    if (master.startsWith("spark://")
        && FailureReason.causes(e).stream().anyMatch(Sessions::isOfOneStoppedMeanwhile)) {
      return new InputException(
          "the Spark master at %s did not let the application in, its log may say why;"
                  .formatted(master)
              + " spark.authenticate, spark.authenticate.secret, spark.network.crypto.enabled and the"
              + " version of Spark must be those of the cluster",
          e);
    }
    String suspects =
        given.isEmpty()
            ? "conf/spark.properties and spark-defaults.conf"
            : String.join(", ", given);
    return new InputException("Spark does not start: " + reason(e) + "; check " + suspects, e);
  }

  /** The last cause that names a setting, else the last of all. */
  private static String reason(Exception e) {
    List<Throwable> causes = new ArrayList<>(FailureReason.causes(e));
    Collections.reverse(causes);
    return causes.stream()
        .map(cause -> Explanation.ofSpark(cause.getMessage()))
        .filter(message -> message.contains("spark."))
        .findFirst()
        .orElseGet(() -> FailureReason.of(e).replaceFirst("\\.$", ""));
  }

  /** Spark stops a context that no master takes, and fails over that while it starts. */
  private static boolean isOfOneStoppedMeanwhile(Throwable cause) {
    return cause.getMessage() != null && STOPPED.matcher(cause.getMessage()).find();
  }

  private static boolean isLackOfMemory(Throwable cause) {
    return cause instanceof SparkThrowable spark
        && "INVALID_DRIVER_MEMORY".equals(spark.getCondition());
  }
}
