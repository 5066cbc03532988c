package io.sparkrnn.cli.output;

import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.storage.DirectorySwap;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * An output directory that appears whole or not at all: it is written beside its place and renamed.
 *
 * <p>Works on any Hadoop file system. Close it in any case: what was not committed is deleted, and
 * with it the directories that were made for it. So it is when the process is told to end.
 */
public final class AtomicOutput implements AutoCloseable {
  private static final String WRITING = "writing";

  /** After Spark, whose tasks write here, and before the file systems are closed. */
  private static final int HOOK_PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 10;

  private final FileSystem files;
  private final String what;
  private final String given;
  private final Path target;
  private final Path temporary;
  private final boolean overwrite;
  private final List<Path> made;
  private final Runnable hook = this::discard;
  private WritingLock lock;

  private AtomicOutput(FileSystem files, String what, String given, boolean overwrite)
      throws IOException {
    this.files = files;
    this.what = what;
    this.given = given;
    Path target = files.makeQualified(new Path(given));
    this.target = target;
    this.overwrite = overwrite;
    this.temporary = hidden(WRITING, UUID.randomUUID().toString());
    this.made = missingParents(files, target);
  }

  /**
   * Prepares an output directory and proves that it can be written.
   *
   * @param kind what is written
   * @param overwrite whether a former output of the kind, and nothing else, may be replaced
   * @throws InputException when the path is taken and must not be overwritten, or cannot be written
   */
  public static AtomicOutput open(
      OutputKind kind, String path, Configuration conf, boolean overwrite) {
    String what = kind.word();
    try {
      FileSystem files = new Path(path).getFileSystem(conf);
      AtomicOutput output = new AtomicOutput(files, what, path, overwrite);
      if (!overwrite && output.isTaken()) {
        throw new InputException(
            "%s %s exists and is not empty; give another or --overwrite".formatted(what, path));
      }
      if (output.isTaken() && !kind.isFormer(files, output.target)) {
        throw new InputException(
            "%s %s exists and is no %s, which alone is replaced; give another"
                .formatted(what, path, kind.former()));
      }
      output.deleteUnlocked();
      if (!files.mkdirs(output.temporary)) {
        throw new InputException(
            "%s %s cannot be written%s".formatted(what, path, output.unwritable()));
      }
      output.lock = WritingLock.of(files, output.temporary);
      ShutdownHookManager.get().addShutdownHook(output.hook, HOOK_PRIORITY);
      return output;
    } catch (InputException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "%s %s cannot be written: %s".formatted(what, path, FailureReason.of(e)), e);
    }
  }

  /** Returns the directories above a path that do not exist, the innermost first. */
  private static List<Path> missingParents(FileSystem files, Path path) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path parent = path.getParent();
        parent != null && !files.exists(parent);
        parent = parent.getParent()) {
      missing.add(parent);
    }
    return missing;
  }

  /** Deletes what killed processes have left beside the same output, as far as locks tell. */
  private void deleteUnlocked() throws IOException {
    Path parent = target.getParent();
    if (!WritingLock.isPossible(files) || !files.exists(parent)) {
      return;
    }
    for (FileStatus status : files.listStatus(parent)) {
      String name = status.getPath().getName();
      if (name.startsWith(beginning(target, WRITING)) && name.endsWith(WritingLock.ENDING)) {
        String left = name.substring(0, name.length() - WritingLock.ENDING.length());
        if (WritingLock.isAbandoned(files, new Path(parent, left))) {
          delete(left, "");
        }
      }
    }
  }

  /**
   * Deletes what other processes have written beside the same output, where there are no locks to
   * tell which of them are gone; where there are, it is done already.
   */
  public void deleteAbandoned() throws IOException {
    if (!WritingLock.isPossible(files)) {
      delete(beginning(target, WRITING), temporary.getName());
    }
  }

  /** Returns the path to write to, an existing empty directory. */
  public String temporary() {
    return temporary.toString();
  }

  /** Returns the path that the output will have, as it was given. */
  public String path() {
    return given;
  }

  /** Returns the file system that holds the output. */
  public FileSystem files() {
    return files;
  }

  /** Returns a path beside the output, named after it. */
  public Path sibling(String role) {
    return target.suffix("." + role);
  }

  /** Something that writes files. */
  public interface Writing {
    /** Writes them. */
    void write() throws IOException;
  }

  /**
   * Writes to the temporary path.
   *
   * @throws WriteFailure if that fails; it names the output
   */
  public void write(Writing writing) {
    WriteFailure.naming(what + " " + given, writing);
  }

  /**
   * Puts what was written in its place, and removes what was there before.
   *
   * @throws WriteFailure if that fails; it names the output
   */
  public synchronized void commit() {
    write(
        () -> {
          if (!overwrite && isTaken()) {
            throw new IOException(target + " has appeared meanwhile");
          }
          DirectorySwap.replace(files, temporary, target);
        });
  }

  /** Returns why a directory cannot be made beside the target, as far as local files tell. */
  private String unwritable() {
    String scheme = target.toUri().getScheme();
    return "file".equals(scheme)
        ? Unwritable.reason(java.nio.file.Path.of(target.toUri().getPath()))
        : "";
  }

  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
    discard();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unlock " + temporary, e);
    }
  }

  /** Deletes what is left of the writing; nothing when it was committed. */
  private synchronized void discard() {
    try {
      delete(temporary.getName(), "");
      for (Path parent : made) {
        if (files.exists(parent) && files.listStatus(parent).length == 0) {
          files.delete(parent, false);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + temporary, e);
    }
  }

  /**
   * Deletes the entries beside the target that begin so, but for one. The writer of a model has a
   * directory of its own, named after the one it writes to, with one more dot in front.
   */
  private void delete(String beginning, String except) throws IOException {
    Path parent = target.getParent();
    if (!files.exists(parent)) {
      return;
    }
    for (FileStatus status : files.listStatus(parent)) {
      String name = status.getPath().getName();
      boolean ours = name.startsWith(beginning) || name.startsWith("." + beginning);
      if (ours && !name.equals(except)) {
        files.delete(status.getPath(), true);
      }
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
    return new Path(target.getParent(), beginning(target, role) + suffix);
  }

  private static String beginning(Path target, String role) {
    return "." + target.getName() + "." + role + "-";
  }
}
