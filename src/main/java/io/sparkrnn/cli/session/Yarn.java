package io.sparkrnn.cli.session;

import io.sparkrnn.spark.input.InputException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.yarn.conf.HAUtil;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** What a command does otherwise on YARN, whose clients try for many minutes what cannot be. */
final class Yarn {
  /** The master that stands for it. */
  static final String MASTER = "yarn";

  private Yarn() {}

  /**
   * Returns whether this process is the driver that YARN started: not where the command was called.
   */
  static boolean isDriver(SparkConf conf) {
    return MASTER.equals(conf.get("spark.master", ""))
        && "cluster".equals(conf.get("spark.submit.deployMode", "client"));
  }

  /**
   * Checks that a resource manager answers.
   *
   * @param conf settings of Spark, those of Hadoop among them. Not modified.
   * @throws InputException when none does
   */
  static void check(SparkConf conf) {
    Configuration hadoop = new YarnConfiguration(SparkHadoopUtil.get().newConfiguration(conf));
    List<String> refusals = new ArrayList<>();
    for (InetSocketAddress address : addresses(hadoop)) {
      String refusal = Connection.refusal(address.getHostString(), address.getPort());
      if (refusal == null) {
        return;
      }
      refusals.add(address.getHostString() + ":" + address.getPort() + " (" + refusal + ")");
    }
    throw new InputException(
        "no resource manager of YARN can be reached at "
            + String.join(" or ", refusals)
            + "; HADOOP_CONF_DIR or YARN_CONF_DIR must be the folder of the yarn-site.xml that names"
            + " it");
  }

  /** Returns the addresses of the resource manager, several when some of them stand by. */
  private static List<InetSocketAddress> addresses(Configuration hadoop) {
    if (!HAUtil.isHAEnabled(hadoop)) {
      return List.of(
          hadoop.getSocketAddr(
              YarnConfiguration.RM_ADDRESS,
              YarnConfiguration.DEFAULT_RM_ADDRESS,
              YarnConfiguration.DEFAULT_RM_PORT));
    }
    return HAUtil.getRMHAIds(hadoop).stream().map(id -> address(hadoop, id)).toList();
  }

  private static InetSocketAddress address(Configuration hadoop, String id) {
    String host = hadoop.get(HAUtil.addSuffix(YarnConfiguration.RM_HOSTNAME, id), id);
    String address = hadoop.get(HAUtil.addSuffix(YarnConfiguration.RM_ADDRESS, id), host);
    return NetUtils.createSocketAddr(address, YarnConfiguration.DEFAULT_RM_PORT);
  }
}
