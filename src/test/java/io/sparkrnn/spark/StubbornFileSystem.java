package io.sparkrnn.spark;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Local files under the scheme {@code stubborn}, of which a directory cannot be renamed when it
 * holds a file {@code stay}, and not be deleted when it holds a file {@code keep}.
 */
public final class StubbornFileSystem extends RawLocalFileSystem {
  private static final URI NAME = URI.create("stubborn:///");

  /** Makes paths of this scheme known. */
  public static Configuration register(Configuration configuration) {
    configuration.set("fs.stubborn.impl", StubbornFileSystem.class.getName());
    return configuration;
  }

  /** Returns the path of a local file under this scheme. */
  public static Path path(java.nio.file.Path local) {
    return new Path("stubborn:" + local);
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return !exists(new Path(from, "stay")) && super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return !exists(new Path(path, "keep")) && super.delete(path, recursive);
  }
}
