package io.sparkrnn.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one model or checkpoint by plain names, wherever they are kept.
 *
 * <p>Names hold neither slashes nor anything a file system could mind. Streams are closed by the
 * caller.
 */
public interface ModelStorage {

  /**
   * Opens a file for reading.
   *
   * @throws IOException if there is no such file or it cannot be read
   */
  InputStream open(String name) throws IOException;

  /**
   * Creates a file, replacing one of the same name.
   *
   * @throws IOException if the file cannot be created, or a link stands in its place
   */
  OutputStream create(String name) throws IOException;

  /**
   * Checks that a local file, if it is there, is one and no link: who made the directory may have
   * laid one to a file of somebody else's.
   *
   * @throws IOException if it is a symbolic link
   */
  static void requireNoLink(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      throw new IOException(
          file + " is a symbolic link, through which nothing is written; remove it");
    }
  }

  /**
   * Returns whether there is a file of this name.
   *
   * @throws IOException if the storage cannot be asked
   */
  boolean exists(String name) throws IOException;
}
