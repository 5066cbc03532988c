package io.sparkrnn.cli.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;

/**
 * The sign that a process still writes to a directory: a locked file beside it, named after it.
 *
 * <p>The lock of a process that is killed goes with it, its file stays: so a directory is abandoned
 * when its file is there and not locked. Only local file systems have locks.
 */
final class WritingLock implements AutoCloseable {
  /** What the name of the file adds to that of the directory. */
  static final String ENDING = ".lock";

  private final Path file;
  private final FileChannel channel;

  private WritingLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Returns whether a file system has locks. */
  static boolean isPossible(FileSystem files) {
    return files instanceof LocalFileSystem;
  }

  /** Locks a directory; without effect where that is not possible. */
  static WritingLock of(FileSystem files, org.apache.hadoop.fs.Path directory) throws IOException {
    if (!isPossible(files)) {
      return new WritingLock(null, null);
    }
    Path file = file(files, directory);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    FileChannel channel =
        FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (takes(channel)) {
      Files.move(fresh, file); // under its name it is never seen without the lock
      return new WritingLock(file, channel);
    }
    channel.close();
    Files.delete(fresh);
    return new WritingLock(null, null);
  }

  /** Returns whether a directory was left by a process that is gone. */
  static boolean isAbandoned(FileSystem files, org.apache.hadoop.fs.Path directory)
      throws IOException {
    Path file = file(files, directory);
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return takes(channel);
    }
  }

  private static Path file(FileSystem files, org.apache.hadoop.fs.Path directory) {
    return ((LocalFileSystem) files).pathToFile(directory.suffix(ENDING)).toPath();
  }

  /** Takes the lock, unless another has it or the disk, such as one of a network, has no locks. */
  private static boolean takes(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException | IOException e) {
      return false;
    }
  }

  /** Deletes the file and frees the lock. */
  @Override
  public void close() throws IOException {
    if (channel != null) {
      Files.deleteIfExists(file);
      channel.close();
    }
  }
}
