package io.sparkrnn.spark.storage;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Puts a directory that was written beside its place into it. */
public final class DirectorySwap {
  private DirectorySwap() {}

  /**
   * Renames a directory to its place. What was there before is renamed aside first and deleted at
   * last; when the directory cannot be moved, it is put back.
   *
   * @param files file system of both
   * @param whole directory to move
   * @param place where to, on the same file system; may exist
   * @throws IOException when the place is left as it was, or when only what was there before could
   *     not be deleted
   */
  public static void replace(FileSystem files, Path whole, Path place) throws IOException {
    if (!files.exists(place)) {
      rename(files, whole, place);
      return;
    }
    String name = "." + place.getName() + ".replaced-" + UUID.randomUUID();
    Path old = beside(place, name);
    rename(files, place, old);
    try {
      rename(files, whole, place);
    } catch (IOException e) {
      rename(files, old, place);
      throw e;
    }
    if (!files.delete(old, true)) {
      throw new IOException(place + " is written, but " + old + " cannot be deleted");
    }
  }

  /** Returns the path of another name in the same directory, which may have a colon. */
  public static Path beside(Path place, String name) {
    return new Path(place.getParent(), new Path(null, null, name));
  }

  /** File systems say no by false or by an exception. */
  private static void rename(FileSystem files, Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException(from + " cannot be renamed to " + to);
    }
  }
}
