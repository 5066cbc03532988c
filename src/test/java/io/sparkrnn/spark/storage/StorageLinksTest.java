package io.sparkrnn.spark.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.LocalStorage;
import io.sparkrnn.io.ModelStorage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links in a directory that somebody else made lead to nothing that is written. */
class StorageLinksTest {
  @TempDir private Path folder;

  private Path directory;
  private Path precious;
  private List<ModelStorage> storages;

  @BeforeEach
  void create() throws IOException {
    directory = Files.createDirectory(folder.resolve("checkpoint"));
    precious = Files.writeString(folder.resolve("precious"), "kept");
    storages =
        List.of(
            new LocalStorage(directory),
            new HadoopStorage(directory.toString(), new Configuration(false)));
  }

  private static void write(ModelStorage storage, String name) throws IOException {
    try (OutputStream out = storage.create(name)) {
      out.write('x');
    }
  }

  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("a.json"), precious);
    Path dangling =
        Files.createSymbolicLink(directory.resolve("b.json"), folder.resolve("not there"));
    for (ModelStorage storage : storages) {
      for (Path file : List.of(link, dangling)) {
        String name = file.getFileName().toString();
        IOException e = assertThrows(IOException.class, () -> write(storage, name));
        assertTrue(e.getMessage().startsWith(file + " is a symbolic link"), e.getMessage());
      }
    }
    assertEquals("kept", Files.readString(precious));
    assertTrue(Files.notExists(folder.resolve("not there")));
  }

  @Test
  void nothingIsWrittenThroughALinkOfAChecksum() throws IOException {
    Files.createSymbolicLink(directory.resolve(".a.json.crc"), precious);
    assertThrows(IOException.class, () -> write(storages.get(1), "a.json"));
    assertEquals("kept", Files.readString(precious));
  }

  @Test
  void aDirectoryMayBeALink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), directory);
    write(new LocalStorage(link), "a");
    write(new HadoopStorage(link.toString(), new Configuration(false)), "b");
    assertTrue(Files.exists(directory.resolve("a")) && Files.exists(directory.resolve("b")));
  }
}
