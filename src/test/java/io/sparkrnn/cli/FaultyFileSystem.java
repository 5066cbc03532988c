package io.sparkrnn.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local files under the scheme {@code faulty}, some of which cannot be written: of those whose path
 * holds {@code fs.faulty.path}, the {@code fs.faulty.first}-th to {@code fs.faulty.last}-th that
 * are created. What happens then, after some bytes, says {@code fs.faulty.kind}.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  /** What happens when a file is written. */
  enum Kind {
    /** The disk is full. */
    FULL,
    /** The connection breaks. */
    BREAK,
    /** The machine loses power. */
    HALT
  }

  private static final URI NAME = URI.create("faulty:///");
  private static final int POWER_LOST = 137;
  private static int created;

  private static synchronized int next() {
    return ++created;
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return maybe(
        path,
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return maybe(path, super.create(path, overwrite, bufferSize, replication, blockSize, progress));
  }

  private FSDataOutputStream maybe(Path path, FSDataOutputStream good) throws IOException {
    Configuration conf = getConf();
    if (!path.toString().contains(conf.get("fs.faulty.path"))) {
      return good;
    }
    int number = next();
    boolean bad =
        number >= conf.getInt("fs.faulty.first", 0) && number <= conf.getInt("fs.faulty.last", 0);
    return bad
        ? new FSDataOutputStream(
            new Faulty(good, Kind.valueOf(conf.get("fs.faulty.kind")), conf), null)
        : good;
  }

  /** Writes some bytes, and no more. */
  private static final class Faulty extends OutputStream {
    private final OutputStream out;
    private final Kind kind;
    private int left;

    Faulty(OutputStream out, Kind kind, Configuration conf) {
      this.out = out;
      this.kind = kind;
      left = conf.getInt("fs.faulty.bytes", 0);
    }

    @Override
    public void write(int value) throws IOException {
      if (left-- > 0) {
        out.write(value);
        return;
      }
      switch (kind) {
        case FULL -> throw new IOException("No space left on device");
        case BREAK -> throw new IOException("Connection reset by peer");
        case HALT -> {
          out.flush();
          Runtime.getRuntime().halt(POWER_LOST);
        }
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
