package io.sparkrnn.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

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
   * @throws IOException if the file cannot be created
   */
  OutputStream create(String name) throws IOException;

  /**
   * Returns whether there is a file of this name.
   *
   * @throws IOException if the storage cannot be asked
   */
  boolean exists(String name) throws IOException;
}
