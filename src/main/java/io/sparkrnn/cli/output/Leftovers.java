package io.sparkrnn.cli.output;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What other processes have written beside an output, or still write: directories named after it.
 *
 * <p>Locks tell which of them are gone. Where there are no locks, a process that goes on with the
 * work of another takes it away by renaming its directory, which one alone can do.
 */
final class Leftovers {
  private final FileSystem files;
  private final Path target;

  /** Looks beside an output. */
  Leftovers(FileSystem files, Path target) {
    this.files = files;
    this.target = target;
  }

  /** Returns how the names of such directories begin. */
  String beginning() {
    return "." + target.getName() + ".writing-";
  }

  /** Deletes what cannot be gone on with and nobody writes any more, as far as locks tell. */
  void deleteUnlocked() throws IOException {
    if (!WritingLock.isPossible(files)) {
      return;
    }
    for (FileStatus status : beside()) {
      String name = status.getPath().getName();
      if (name.startsWith(beginning()) && name.endsWith(WritingLock.ENDING)) {
        Path directory = withoutEnding(status.getPath());
        if (WritingLock.isAbandoned(files, directory) && !isUnfinished(directory)) {
          delete(directory.getName(), "");
        }
      }
    }
  }

  /** Whether a process writes such a directory, as far as locks tell. */
  boolean isWritten() throws IOException {
    for (FileStatus status : beside()) {
      String name = status.getPath().getName();
      if (name.startsWith(beginning())
          && name.endsWith(WritingLock.ENDING)
          && !WritingLock.isAbandoned(files, withoutEnding(status.getPath()))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the latest directory that can be gone on with, or null when there is none. */
  Path latest() throws IOException {
    return unfinished().stream()
        .max(Comparator.comparingLong(FileStatus::getModificationTime))
        .map(FileStatus::getPath)
        .orElse(null);
  }

  private List<FileStatus> unfinished() throws IOException {
    List<FileStatus> unfinished = new ArrayList<>();
    for (FileStatus status : beside()) {
      Path path = status.getPath();
      if (status.isDirectory() && path.getName().startsWith(beginning()) && isUnfinished(path)) {
        boolean locked =
            WritingLock.isPossible(files)
                && files.exists(path.suffix(WritingLock.ENDING))
                && !WritingLock.isAbandoned(files, path);
        if (!locked) {
          unfinished.add(status);
        }
      }
    }
    return unfinished;
  }

  private boolean isUnfinished(Path directory) throws IOException {
    return files.exists(new Path(directory, AtomicOutput.FINISHED));
  }

  /**
   * Gives a directory another name, by which whoever may still write to it does not find it.
   *
   * @throws IOException when it is gone
   */
  void takeOver(Path directory, Path name) throws IOException {
    if (!files.rename(directory, name)) {
      throw new IOException(directory + " cannot be renamed to " + name);
    }
    files.delete(directory.suffix(WritingLock.ENDING), false);
  }

  /** Deletes all directories that could be gone on with. */
  void deleteUnfinished() throws IOException {
    for (FileStatus status : unfinished()) {
      delete(status.getPath().getName(), "");
    }
  }

  /**
   * Deletes the entries beside the target that begin so, but for one. The writer of a model has a
   * directory of its own, named after the one it writes to, with one more dot in front.
   */
  void delete(String beginning, String except) throws IOException {
    for (FileStatus status : beside()) {
      String name = status.getPath().getName();
      boolean ours = name.startsWith(beginning) || name.startsWith("." + beginning);
      if (ours && !name.equals(except)) {
        files.delete(status.getPath(), true);
      }
    }
  }

  private List<FileStatus> beside() throws IOException {
    try {
      return Arrays.asList(files.listStatus(target.getParent()));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private static Path withoutEnding(Path lock) {
    String name = lock.getName();
    int length = name.length() - WritingLock.ENDING.length();
    return new Path(lock.getParent(), name.substring(0, length));
  }
}
