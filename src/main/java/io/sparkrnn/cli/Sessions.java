package io.sparkrnn.cli;

import io.sparkrnn.spark.InputException;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens the Spark session of a command. */
final class Sessions {
  private static final String DRIVER_HOST = "spark.driver.host";

  private Sessions() {}

  /**
   * Opens a session.
   *
   * @throws InputException when the master's URL is malformed or nothing answers there
   */
  static SparkSession open(String name, CommonOptions options) {
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
    Master.check(master);
    conf.setMaster(master);
    if (Master.isOnThisMachine(master)) {
      conf.setIfMissing(DRIVER_HOST, "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
