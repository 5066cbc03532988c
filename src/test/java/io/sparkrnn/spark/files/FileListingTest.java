package io.sparkrnn.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListingTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path directory;

  private Path write(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, "text,label\nx,1\n".getBytes(UTF_8));
  }

  private List<String> list(String name) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(directory.resolve(name).toUri());
    FileSystem files = path.getFileSystem(HADOOP);
    return FileListing.below(files, files.getFileStatus(path).getPath(), false).stream()
        .map(file -> directory.relativize(Path.of(file.getPath().toUri().getPath())).toString())
        .toList();
  }

  private void assertRefused(String name, String... parts) {
    String message = assertThrows(InputException.class, () -> list(name)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
    assertEquals(1, message.lines().count());
  }

  @Test
  void filesComeInTheOrderOfPathsWithoutHiddenOnes() throws IOException {
    for (String name : List.of("b.csv", "a/z.csv", "a/b/c.csv", "_x=1/d.csv", "a-b.csv")) {
      write("d/" + name);
    }
    write("d/_SUCCESS");
    write("d/.b.csv.crc");
    write("d/_temporary/e.csv");
    Files.createFile(directory.resolve("d/empty.csv"));
    assertEquals(
        List.of("d/_x=1/d.csv", "d/a-b.csv", "d/a/b/c.csv", "d/a/z.csv", "d/b.csv"), list("d"));
  }

  @Test
  void linksThatLeadNowhereAreNamed() throws IOException {
    write("n/a.csv");
    Files.createSymbolicLink(directory.resolve("n/b.csv"), Path.of("nowhere.csv"));
    assertRefused("n", "n/b.csv is a link to what does not exist");
    Files.delete(directory.resolve("n/b.csv"));
    Files.createSymbolicLink(directory.resolve("n/_b.csv"), Path.of("nowhere.csv"));
    assertEquals(List.of("n/a.csv"), list("n"));
  }

  @Test
  void linksToOtherPlacesAreRead() throws IOException {
    write("o/a.csv");
    Path other = write("elsewhere/b.csv");
    Files.createSymbolicLink(directory.resolve("o/b.csv"), other);
    Files.createSymbolicLink(directory.resolve("o/c"), other.getParent());
    assertRefused("o", "o/b.csv and ", "o/c/b.csv are links to one file");
    Files.delete(directory.resolve("o/b.csv"));
    assertEquals(List.of("o/a.csv", "o/c/b.csv"), list("o"));
  }

  @Test
  void linksInCirclesAreNamed() throws IOException {
    write("c/d/a.csv");
    Files.createSymbolicLink(directory.resolve("c/d/up"), directory.resolve("c"));
    assertRefused("c", "c/d/up leads to a directory that is read already");
  }

  @Test
  void tablesWithLogsAreNamed() throws IOException {
    write("delta/_delta_log/0.json");
    assertRefused("delta", "is a Delta table", "write its rows as Parquet");
    write("up/hudi/.hoodie/hoodie.properties");
    assertRefused("up", "up/hudi is a Hudi table");
    write("sink/_spark_metadata/0");
    assertRefused("sink", "is the output of a stream");
    write("ice/data/a.parquet");
    write("ice/metadata/v1.metadata.json");
    assertRefused("ice", "is an Iceberg table");
    write("plain/metadata/a.csv");
    assertEquals(List.of("plain/metadata/a.csv"), list("plain"));
  }

  @Test
  void namesWithAColonAreRead() throws IOException {
    write("t/2024-01-01T10:00:00.csv");
    assertEquals(List.of("t/2024-01-01T10:00:00.csv"), list("t"));
    Path file = directory.resolve("t/2024-01-01T10:00:00.csv");
    try (InputStream in = TextInput.open(file.toString(), 5, HADOOP)) {
      assertEquals("label\nx,1\n", new String(in.readAllBytes(), UTF_8));
    }
    Path here = Files.createTempFile(Path.of("").toAbsolutePath(), "a:b", ".csv");
    try {
      String name = here.getFileName().toString();
      assertEquals(here.toString(), LocalNames.path(name).toUri().getPath());
    } finally {
      Files.delete(here);
    }
  }
}
