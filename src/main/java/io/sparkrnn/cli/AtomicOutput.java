package io.sparkrnn.cli;

import io.sparkrnn.spark.DirectorySwap;
import io.sparkrnn.spark.FailureReason;
import io.sparkrnn.spark.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An output directory that appears whole or not at all: it is written beside its place and renamed.
 *
 * <p>Works on any Hadoop file system. Close it in any case: what was not committed is deleted.
 */
final class AtomicOutput implements AutoCloseable {
  private static final String WRITING = "writing";

  private final FileSystem files;
  private final Path target;
  private final Path temporary;
  private final boolean overwrite;

  private AtomicOutput(FileSystem files, Path target, boolean overwrite) {
    this.files = files;
    this.target = target;
    this.overwrite = overwrite;
    this.temporary = hidden(WRITING, UUID.randomUUID().toString());
  }

  /**
   * Prepares an output directory and proves that it can be written.
   *
   * @param what what is written, for messages
   * @throws InputException when the path is taken and must not be overwritten, or cannot be written
   */
  static AtomicOutput open(String what, String path, Configuration conf, boolean overwrite) {
    try {
      Path given = new Path(path);
      FileSystem files = given.getFileSystem(conf);
      AtomicOutput output = new AtomicOutput(files, files.makeQualified(given), overwrite);
      if (!overwrite && output.isTaken()) {
        throw new InputException(
            "%s %s exists and is not empty; give another or --overwrite".formatted(what, path));
      }
      if (!files.mkdirs(output.temporary)) {
        throw new InputException("%s %s cannot be written".formatted(what, path));
      }
      return output;
    } catch (InputException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "%s %s cannot be written: %s".formatted(what, path, FailureReason.of(e)), e);
    }
  }

  /** Deletes what a process that was killed has left beside the same output. */
  void deleteAbandoned() throws IOException {
    FileStatus[] found = files.globStatus(hidden(WRITING, "*"));
    for (FileStatus status : found) {
      if (!status.getPath().getName().equals(temporary.getName())) {
        files.delete(status.getPath(), true);
      }
    }
  }

  /** Returns the path to write to, an existing empty directory. */
  String temporary() {
    return temporary.toString();
  }

  /** Returns the path that the output will have. */
  String path() {
    return target.toString();
  }

  /** Returns the file system that holds the output. */
  FileSystem files() {
    return files;
  }

  /** Returns a path beside the output, named after it. */
  Path sibling(String role) {
    return target.suffix("." + role);
  }

  /** Puts what was written in its place, and removes what was there before. */
  void commit() throws IOException {
    if (!overwrite && isTaken()) {
      throw new IOException(target + " has appeared meanwhile");
    }
    DirectorySwap.replace(files, temporary, target);
  }

  @Override
  public void close() {
    try {
      files.delete(temporary, true);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot delete " + temporary, e);
    }
  }

  private boolean isTaken() throws IOException {
    try {
      return files.getFileStatus(target).isFile() || files.listStatus(target).length > 0;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private Path hidden(String role, String suffix) {
    String name = "." + target.getName() + "." + role + "-" + suffix;
    return new Path(target.getParent(), name);
  }
}
