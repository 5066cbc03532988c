package io.sparkrnn.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.spark.input.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
  @TempDir private Path folder;

  @Test
  void metricsReplaceTheFileAndNothingElseIsLeft() throws IOException {
    Path path = folder.resolve("metrics.json");
    Files.writeString(path, "old");
    MetricsFile.at(path).write(MetricsFile.object().put("rowsIn", 3));
    assertEquals(3, new ObjectMapper().readTree(path.toFile()).get("rowsIn").asInt());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void noPathMeansNoFile() throws IOException {
    MetricsFile.at(null).write(MetricsFile.object());
  }

  @Test
  void aPathThatCannotBeWrittenIsRefusedBeforeTheWork() {
    Path path = folder.resolve("none/metrics.json");
    assertEquals(
        "metrics file " + path + " cannot be written: there is no directory " + path.getParent(),
        assertThrows(InputException.class, () -> MetricsFile.at(path)).getMessage());
    assertEquals(
        "metrics file " + folder + " cannot be written: it is a directory",
        assertThrows(InputException.class, () -> MetricsFile.at(folder)).getMessage());
  }

  /** A full disk, of which Java says neither file nor disk. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatCannotBeWrittenToItsEndIsNamed() {
    Path full = Path.of("/dev/full");
    WriteFailure e = assertThrows(WriteFailure.class, () -> write(full));
    assertEquals("metrics file /dev/full cannot be written", e.getMessage());
    assertEquals("No space left on device", e.getCause().getMessage());
  }

  @Test
  void aPlaceWithoutAFolderIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(": " + file + " is no directory", Unwritable.reason(file.resolve("a/b")));
    assertEquals("", Unwritable.reason(folder.resolve("a/b/c")));
  }

  private static void write(Path path) throws IOException {
    MetricsFile.at(path).write(MetricsFile.object().put("rowsIn", 3));
  }

  @Test
  void aNewFileHasTheModeOfAnyOtherAndAnOldOneKeepsIts() throws IOException {
    Path other = Files.createFile(folder.resolve("other"));
    Path path = folder.resolve("metrics.json");
    write(path);
    assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(path));
    Set<PosixFilePermission> shared = PosixFilePermissions.fromString("rw-rw-r--");
    Files.setPosixFilePermissions(path, shared);
    write(path);
    assertEquals(shared, Files.getPosixFilePermissions(path));
  }

  @Test
  void aLinkIsFollowedToItsFile() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path link = folder.resolve("link.json");
    Files.createSymbolicLink(link, Path.of("elsewhere/metrics.json"));
    for (int times = 0; times < 2; times++) {
      write(link);
      assertTrue(Files.isSymbolicLink(link));
      assertTrue(Files.readString(elsewhere.resolve("metrics.json")).contains("rowsIn"));
    }
    Path circle = folder.resolve("circle");
    Files.createSymbolicLink(circle, circle);
    assertThrows(InputException.class, () -> MetricsFile.at(circle));
  }

  @Test
  void aPipeIsWrittenToAndStays() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Path read = folder.resolve("read.json");
    Process reader =
        new ProcessBuilder("cat", pipe.toString()).redirectOutput(read.toFile()).start();
    write(pipe);
    assertEquals(0, reader.waitFor());
    assertTrue(Files.readString(read).contains("rowsIn"));
    assertTrue(MetricsFile.isStream(pipe));
    new Places(new Configuration()).writingFile("metrics file", pipe);
  }

  @Test
  void standardOutputIsPrintedTo() throws IOException {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      write(Path.of("/dev/stdout"));
    } finally {
      System.setOut(out);
    }
    assertTrue(printed.toString(StandardCharsets.UTF_8).contains("rowsIn"));
  }
}
