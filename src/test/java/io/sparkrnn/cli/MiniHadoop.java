package io.sparkrnn.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** A small cluster of HDFS and YARN, as the commands see it; ends with this object. */
final class MiniHadoop implements AutoCloseable {
  private final Path folder;
  private final Process daemons;
  private final DistributedFileSystem files;

  private MiniHadoop(Path folder, Process daemons, DistributedFileSystem files) {
    this.folder = folder;
    this.daemons = daemons;
    this.files = files;
  }

  /** Starts a cluster that keeps its files in a folder. */
  static MiniHadoop start(Path folder) throws IOException {
    Path log = folder.resolve("daemons.log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", // compiled in full it would start later
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            HadoopDaemons.class.getName(),
            folder.toString());
    Process daemons = new ProcessBuilder(command).redirectError(log.toFile()).start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(daemons.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    while (line != null && !line.equals(HadoopDaemons.READY)) {
      line = said.readLine();
    }
    if (line == null) {
      throw new AssertionError("Hadoop does not start:\n" + Files.readString(log));
    }
    Configuration configuration = new Configuration();
    configuration.addResource(
        new org.apache.hadoop.fs.Path(
            folder.resolve(HadoopDaemons.CONFIGURATION).resolve("core-site.xml").toUri()));
    return new MiniHadoop(
        folder, daemons, (DistributedFileSystem) FileSystem.newInstance(configuration));
  }

  /** Returns the folder of the configuration for clients. */
  Path configuration() {
    return folder.resolve(HadoopDaemons.CONFIGURATION);
  }

  /** Returns the file system. */
  DistributedFileSystem files() {
    return files;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    files.close();
    daemons.getOutputStream().close();
    daemons.waitFor();
  }
}
