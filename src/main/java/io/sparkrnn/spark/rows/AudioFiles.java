package io.sparkrnn.spark.rows;

import io.sparkrnn.spark.input.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.util.SerializableConfiguration;

/** Opens files of audio by their paths, on whatever file system. */
public final class AudioFiles implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String directory;
  private final SerializableConfiguration hadoop;

  /**
   * Creates the opener.
   *
   * @param directory what relative paths are below; the default file system's own when empty
   * @param hadoop how file systems are reached
   */
  public AudioFiles(String directory, Configuration hadoop) {
    this.directory = directory;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  /** A file that cannot be had. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    private Missing(String message, Exception cause) {
      super(message, cause);
    }
  }

  /**
   * Returns a whole file.
   *
   * @throws Missing if there is none at the path, or it must not be read
   * @throws InputException if reading fails otherwise, which another try may mend
   */
  byte[] read(String path) throws Missing {
    try {
      Path file = directory.isEmpty() ? new Path(path) : new Path(new Path(directory), path);
      FileSystem system = file.getFileSystem(hadoop.value());
      FileSystem direct = system instanceof LocalFileSystem local ? local.getRaw() : system;
      if (direct.getFileStatus(file).isDirectory()) {
        throw new Missing("audio '" + path + "' is a directory", null);
      }
      try (InputStream in = direct.open(file)) {
        return in.readAllBytes();
      }
    } catch (IllegalArgumentException e) {
      throw new Missing("audio '" + path + "' is no path", e);
    } catch (FileNotFoundException e) {
      throw new Missing("audio file '" + path + "' does not exist", e);
    } catch (AccessControlException e) {
      throw new Missing("audio file '" + path + "' must not be read", e);
    } catch (IOException e) {
      throw new InputException("cannot read audio file " + path + ": " + e.getMessage(), e);
    }
  }
}
