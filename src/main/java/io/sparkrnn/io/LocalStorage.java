package io.sparkrnn.io;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a local directory, which is created with the first file.
 *
 * @param directory the directory
 */
public record LocalStorage(Path directory) implements ModelStorage {

  @Override
  public InputStream open(String name) throws IOException {
    return new BufferedInputStream(Files.newInputStream(directory.resolve(name)));
  }

  @Override
  public OutputStream create(String name) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(name);
    ModelStorage.requireNoLink(file);
    return new BufferedOutputStream(Files.newOutputStream(file));
  }

  @Override
  public boolean exists(String name) {
    return Files.isRegularFile(directory.resolve(name));
  }
}
