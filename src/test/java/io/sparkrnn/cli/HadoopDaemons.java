package io.sparkrnn.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.ResourceScheduler;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler;

/**
 * HDFS and YARN of one machine each in this JVM, until its standard input ends.
 *
 * <p>In a JVM of their own, since they leave threads, settings and metrics of theirs in it.
 */
final class HadoopDaemons {
  /** Folder, below that of the cluster, that clients take as HADOOP_CONF_DIR. */
  static final String CONFIGURATION = "conf";

  /** The line that says that the cluster is up. */
  static final String READY = "ready";

  private HadoopDaemons() {}

  /** Runs the cluster in the folder that the argument names. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    System.setProperty("test.build.data", folder.resolve("yarn").toString());
    MiniDFSCluster hdfs = new MiniDFSCluster.Builder(configuration(folder)).build();
    MiniYARNCluster yarn = new MiniYARNCluster("spark-rnn", 1, 1, 1);
    yarn.init(hdfs.getConfiguration(0));
    yarn.start();
    write(yarn.getConfig(), Files.createDirectory(folder.resolve(CONFIGURATION)));
    System.out.println(READY);
    System.in.transferTo(OutputStream.nullOutputStream());
    yarn.stop();
    hdfs.shutdown();
    System.exit(0); // some of their threads stay
  }

  private static Configuration configuration(Path folder) {
    Configuration configuration = new YarnConfiguration();
    configuration.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    configuration.setClass(
        YarnConfiguration.RM_SCHEDULER, FifoScheduler.class, ResourceScheduler.class);
    configuration.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 128);
    configuration.setBoolean(YarnConfiguration.NM_DISK_HEALTH_CHECK_ENABLE, false);
    configuration.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    return configuration;
  }

  /**
   * Writes the whole of it to each file, since Hadoop's defaults for one stand above the others.
   */
  private static void write(Configuration configuration, Path folder) throws IOException {
    configuration.unset("net.topology.node.switch.mapping.impl"); // a class that clients have not
    for (String name : List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml")) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
        configuration.writeXml(out);
      }
    }
  }
}
