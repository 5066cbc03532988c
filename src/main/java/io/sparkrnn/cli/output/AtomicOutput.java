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
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * An output directory that appears whole or not at all: it is written beside its place and renamed.
 *
 * <p>Works on any Hadoop file system. Close it in any case: what was not committed is deleted, and
 * with it the directories that were made for it. So it is when the process is told to end. Only
 * what was said to be kept stays, for another process to go on with.
 */
public final class AtomicOutput implements AutoCloseable {
  /** Name of the directory in the temporary path that tells what is finished, for who goes on. */
  public static final String FINISHED = "finished";

  /** After Spark, whose tasks write here, and before the file systems are closed. */
  private static final int HOOK_PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 10;

  private final FileSystem files;
  private final String what;
  private final String given;
  private final Path target;
  private final Path temporary;
  private final boolean overwrite;
  private final Leftovers left;
  private final List<Path> made;
  private final Runnable hook = this::discard;
  private WritingLock lock;
  private boolean resumed;
  private volatile boolean kept;

  private AtomicOutput(FileSystem files, String what, String given, boolean overwrite)
      throws IOException {
    this.files = files;
    this.what = what;
    this.given = given;
    Path target = files.makeQualified(new Path(given));
    this.target = target;
    this.overwrite = overwrite;
    left = new Leftovers(files, target);
    this.temporary = new Path(target.getParent(), left.beginning() + UUID.randomUUID());
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
    return open(kind, path, conf, overwrite ? Before.OVERWRITE : Before.REFUSE);
  }

  /** What becomes of what was there before. */
  public enum Before {
    /** An output is refused; what was left unfinished too, if it can be gone on with. */
    REFUSE(false, false),
    /** An output is replaced, and what was left unfinished is deleted. */
    OVERWRITE(true, false),
    /** An output is refused; what was left unfinished is gone on with. */
    RESUME(false, true),
    /** An output is replaced; what was left unfinished is gone on with. */
    RESUME_AND_OVERWRITE(true, true);

    private final boolean overwrite;
    private final boolean resume;

    Before(boolean overwrite, boolean resume) {
      this.overwrite = overwrite;
      this.resume = resume;
    }

    /** Returns what two options ask for. */
    public static Before of(boolean overwrite, boolean resume) {
      if (resume) {
        return overwrite ? RESUME_AND_OVERWRITE : RESUME;
      }
      return overwrite ? OVERWRITE : REFUSE;
    }
  }

  /**
   * Prepares an output directory and proves that it can be written.
   *
   * @param kind what is written
   * @param before what becomes of what was there before
   * @throws InputException when the path is taken and must not be overwritten, or cannot be
   *     written, or another process still writes what is to be gone on with
   */
  public static AtomicOutput open(OutputKind kind, String path, Configuration conf, Before before) {
    String what = kind.word();
    try {
      FileSystem files = new Path(path).getFileSystem(conf);
      AtomicOutput output = new AtomicOutput(files, what, path, before.overwrite);
      output.checkTarget(kind);
      output.left.deleteUnlocked();
      output.takeOver(before);
      if (!output.resumed && !files.mkdirs(output.temporary)) {
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

  private void checkTarget(OutputKind kind) throws IOException {
    if (!overwrite && isTaken()) {
      throw new InputException(
          "%s %s exists and is not empty; give another or --overwrite".formatted(what, given));
    }
    if (isTaken() && !kind.isFormer(files, target)) {
      throw new InputException(
          "%s %s exists and is no %s, which alone is replaced; give another"
              .formatted(what, given, kind.former()));
    }
  }

  /** Goes on with what was left unfinished, deletes it, or refuses to do either. */
  private void takeOver(Before before) throws IOException {
    Path latest = left.latest();
    if (before.resume) {
      if (latest == null && left.isWritten()) {
        throw new InputException(
            "%s %s is being written by another process; wait for its end or stop it"
                .formatted(what, given));
      }
      resumed = latest != null;
      kept = resumed;
      if (resumed) {
        left.takeOver(latest, temporary);
      }
    } else if (latest != null && !before.overwrite) {
      throw new InputException(
          "%s %s was left unfinished; go on with --resume, or start over with --overwrite"
              .formatted(what, given));
    } else if (latest != null) {
      left.deleteUnfinished();
    }
  }

  /** Whether the temporary path holds what another process has left unfinished. */
  public boolean isResumed() {
    return resumed;
  }

  /**
   * Says whether what is in the temporary path stays when it was not committed, to be gone on with;
   * it needs a directory of {@link #FINISHED its name} for that.
   */
  public void keepUnfinished(boolean keep) {
    kept = keep;
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

  /**
   * Deletes what other processes have written beside the same output, where there are no locks to
   * tell which of them are gone; where there are, it is done already.
   */
  public void deleteAbandoned() throws IOException {
    if (!WritingLock.isPossible(files)) {
      left.delete(left.beginning(), temporary.getName());
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
  public void commit() {
    commit(temporary);
  }

  /**
   * Puts a directory inside the temporary path in the output's place; the rest is deleted.
   *
   * @throws WriteFailure if that fails; it names the output
   */
  public synchronized void commit(Path whole) {
    write(
        () -> {
          if (!overwrite && isTaken()) {
            throw new IOException(target + " has appeared meanwhile");
          }
          DirectorySwap.replace(files, whole, target);
          kept = false;
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

  /** Deletes what is left of the writing, unless it is kept; nothing when it was committed. */
  private synchronized void discard() {
    if (kept) {
      return;
    }
    try {
      left.delete(temporary.getName(), "");
      for (Path parent : made) {
        if (files.exists(parent) && files.listStatus(parent).length == 0) {
          files.delete(parent, false);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + temporary, e);
    }
  }

  private boolean isTaken() throws IOException {
    try {
      return files.getFileStatus(target).isFile() || files.listStatus(target).length > 0;
    } catch (FileNotFoundException e) {
      return false;
    }
  }
}
