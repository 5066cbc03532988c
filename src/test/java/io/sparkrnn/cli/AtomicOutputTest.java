package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.spark.InputException;
import io.sparkrnn.spark.StubbornFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicOutputTest {
  @TempDir private Path folder;

  private AtomicOutput open(boolean overwrite) {
    String path = folder.resolve("out").toString();
    return AtomicOutput.open("model", path, new Configuration(), overwrite);
  }

  private static void write(AtomicOutput output, String name) throws IOException {
    Files.writeString(Path.of(java.net.URI.create(output.temporary()).getPath(), name), "x");
  }

  private List<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsCommittedAppears() throws IOException {
    try (AtomicOutput output = open(false)) {
      write(output, "a");
      assertEquals(1, names(folder).size());
      output.commit();
    }
    assertEquals(List.of("out"), names(folder));
    assertEquals(List.of("a"), names(folder.resolve("out")));
  }

  @Test
  void whatIsNotCommittedLeavesNoTrace() throws IOException {
    try (AtomicOutput output = open(false)) {
      write(output, "a");
    }
    assertEquals(List.of(), names(folder));
  }

  @Test
  void directoriesMadeForNothingAreRemoved() throws IOException {
    Files.createDirectory(folder.resolve("a"));
    String path = folder.resolve("a/b/c/out").toString();
    AtomicOutput.open("model", path, new Configuration(), false).close();
    assertEquals(List.of("a"), names(folder));
    assertEquals(List.of(), names(folder.resolve("a")));

    try (AtomicOutput output = AtomicOutput.open("model", path, new Configuration(), false)) {
      Files.writeString(folder.resolve("a/b/of somebody else"), "x");
    }
    assertEquals(List.of("of somebody else"), names(folder.resolve("a/b")));

    try (AtomicOutput output = AtomicOutput.open("model", path, new Configuration(), false)) {
      output.commit();
    }
    assertEquals(List.of("out"), names(folder.resolve("a/b/c")));
  }

  @Test
  void whatAKilledProcessLeftIsDeletedAndNothingElse() throws IOException {
    Path out = folder.resolve("o[u]t");
    try (AtomicOutput output =
        AtomicOutput.open("model", out.toString(), new Configuration(), false)) {
      Files.createDirectory(folder.resolve(".o[u]t.writing-1"));
      Files.createDirectory(folder.resolve("..o[u]t.writing-1-2"));
      Files.createDirectory(folder.resolve(".out.writing-1"));
      output.deleteAbandoned();
      assertEquals(2, names(folder).size());
      output.commit();
    }
    assertEquals(List.of(".out.writing-1", "o[u]t"), names(folder));
  }

  @Test
  void whatWasThereIsReplacedAsAWhole() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/old"), "x");
    try (AtomicOutput output = open(true)) {
      write(output, "new");
      output.commit();
    }
    assertEquals(List.of("out"), names(folder));
    assertEquals(List.of("new"), names(folder.resolve("out")));
  }

  @Test
  void whatWasThereIsPutBackWhenTheNewCannotBeMoved() throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve("out")).resolve("old"), "x");
    String path = StubbornFileSystem.path(folder.resolve("out")).toString();
    Configuration configuration = StubbornFileSystem.register(new Configuration());
    try (AtomicOutput output = AtomicOutput.open("model", path, configuration, true)) {
      write(output, "stay");
      assertThrows(IOException.class, output::commit);
    }
    assertEquals(List.of("out"), names(folder));
    assertEquals(List.of("old"), names(folder.resolve("out")));
  }

  @Test
  void aTakenPlaceIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    assertEquals(List.of("out"), names(folder));
    open(false).close();
    Files.writeString(folder.resolve("out/old"), "x");
    String message = assertThrows(InputException.class, () -> open(false)).getMessage();
    assertEquals(
        "model " + folder.resolve("out") + " exists and is not empty; give another or --overwrite",
        message);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedAtOnce() throws IOException {
    Files.writeString(folder.resolve("file"), "x");
    String path = folder.resolve("file/out").toString();
    assertThrows(
        InputException.class, () -> AtomicOutput.open("model", path, new Configuration(), true));
    assertEquals(List.of("file"), names(folder));
  }
}
