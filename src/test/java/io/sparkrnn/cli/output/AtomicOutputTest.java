package io.sparkrnn.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.StubbornFileSystem;
import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicOutputTest {
  private static final List<String> MODEL = List.of("config.json", "weights.safetensors");

  @TempDir private Path folder;

  private AtomicOutput open(boolean overwrite) {
    String path = folder.resolve("out").toString();
    return AtomicOutput.open(OutputKind.MODEL, path, new Configuration(), overwrite);
  }

  private static void write(AtomicOutput output, String name) throws IOException {
    Files.writeString(Path.of(java.net.URI.create(output.temporary()).getPath(), name), "x");
  }

  private static void writeModel(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (String name : MODEL) {
      Files.writeString(directory.resolve(name), "x");
    }
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
      assertFalse(names(folder).contains("out"));
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
    AtomicOutput.open(OutputKind.MODEL, path, new Configuration(), false).close();
    assertEquals(List.of("a"), names(folder));
    assertEquals(List.of(), names(folder.resolve("a")));

    try (AtomicOutput output =
        AtomicOutput.open(OutputKind.MODEL, path, new Configuration(), false)) {
      Files.writeString(folder.resolve("a/b/of somebody else"), "x");
    }
    assertEquals(List.of("of somebody else"), names(folder.resolve("a/b")));

    try (AtomicOutput output =
        AtomicOutput.open(OutputKind.MODEL, path, new Configuration(), false)) {
      output.commit();
    }
    assertEquals(List.of("out"), names(folder.resolve("a/b/c")));
  }

  @Test
  void whatAKilledProcessLeftIsDeletedAndNothingElse() throws IOException {
    Path out = folder.resolve("o[u]t");
    Files.createDirectory(folder.resolve(".o[u]t.writing-1"));
    Files.createDirectory(folder.resolve("..o[u]t.writing-1-2"));
    Files.createFile(folder.resolve(".o[u]t.writing-1.lock"));
    Files.createDirectory(folder.resolve(".o[u]t.writing-3"));
    Files.createFile(folder.resolve(".out.writing-1.lock"));
    try (AtomicOutput output = openModel(out.toString(), new Configuration())) {
      output.deleteAbandoned();
      assertTrue(
          names(folder).contains(new org.apache.hadoop.fs.Path(output.temporary()).getName()));
      output.commit();
    }
    assertEquals(List.of(".o[u]t.writing-3", ".out.writing-1.lock", "o[u]t"), names(folder));
  }

  @Test
  void whatIsBeingWrittenIsNotDeleted() throws IOException {
    try (AtomicOutput first = open(false);
        AtomicOutput second = open(false)) {
      write(first, "a");
      second.deleteAbandoned();
      write(second, "b");
      first.commit();
    }
    assertEquals(List.of("out"), names(folder));
    assertEquals(List.of("a"), names(folder.resolve("out")));
  }

  @Test
  void withoutLocksAResumingProcessDeletesAll() throws IOException {
    Files.createDirectory(folder.resolve(".out.writing-1"));
    Files.createDirectory(folder.resolve("..out.writing-1-2"));
    Configuration configuration = StubbornFileSystem.register(new Configuration());
    String path = StubbornFileSystem.path(folder.resolve("out")).toString();
    try (AtomicOutput output = openModel(path, configuration)) {
      assertEquals(3, names(folder).size());
      output.deleteAbandoned();
      output.commit();
    }
    assertEquals(List.of("out"), names(folder));
  }

  private static AtomicOutput openModel(String path, Configuration configuration) {
    return AtomicOutput.open(OutputKind.MODEL, path, configuration, false);
  }

  @Test
  void whatWasThereIsReplacedAsAWhole() throws IOException {
    writeModel(folder.resolve("out"));
    try (AtomicOutput output = open(true)) {
      write(output, "new");
      output.commit();
    }
    assertEquals(List.of("out"), names(folder));
    assertEquals(List.of("new"), names(folder.resolve("out")));
  }

  @Test
  void whatWasThereIsPutBackWhenTheNewCannotBeMoved() throws IOException {
    writeModel(folder.resolve("out"));
    String path = StubbornFileSystem.path(folder.resolve("out")).toString();
    Configuration configuration = StubbornFileSystem.register(new Configuration());
    try (AtomicOutput output = AtomicOutput.open(OutputKind.MODEL, path, configuration, true)) {
      write(output, "stay");
      assertThrows(WriteFailure.class, output::commit);
    }
    assertEquals(List.of("out"), names(folder));
    assertEquals(MODEL, names(folder.resolve("out")));
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
  void nothingButAModelIsReplacedByAModel() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/precious"), "x");
    String message = assertThrows(InputException.class, () -> open(true)).getMessage();
    assertEquals(
        "model "
            + folder.resolve("out")
            + " exists and is no model, which alone is replaced; give another",
        message);
    assertEquals(List.of("precious"), names(folder.resolve("out")));
    assertEquals(List.of("out"), names(folder));
  }

  @Test
  void nothingButATableIsReplacedByATable() throws IOException {
    Path table = Files.createDirectory(folder.resolve("table"));
    for (String name : List.of("part-0.csv", ".part-0.csv.crc", "_SUCCESS")) {
      Files.writeString(table.resolve(name), "x");
    }
    openTable(table).close();
    Files.writeString(table.resolve("notes.txt"), "x");
    String message = assertThrows(InputException.class, () -> openTable(table)).getMessage();
    assertEquals(
        "output "
            + table
            + " exists and is no table written by Spark, which alone is replaced; give another",
        message);
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThrows(InputException.class, () -> openTable(file));
    writeModel(folder.resolve("model"));
    assertThrows(InputException.class, () -> openTable(folder.resolve("model")));
  }

  private static AtomicOutput openTable(Path path) {
    return AtomicOutput.open(OutputKind.TABLE, path.toString(), new Configuration(), true);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefusedAtOnce() throws IOException {
    Files.writeString(folder.resolve("file"), "x");
    String path = folder.resolve("file/out").toString();
    assertThrows(
        InputException.class,
        () -> AtomicOutput.open(OutputKind.MODEL, path, new Configuration(), true));
    assertEquals(List.of("file"), names(folder));
  }

  private AtomicOutput open(AtomicOutput.Before before) {
    String path = folder.resolve("out").toString();
    return AtomicOutput.open(OutputKind.TABLE, path, new Configuration(), before);
  }

  /** Writes something that can be gone on with, and says whether it is kept. */
  private static void finish(AtomicOutput output) throws IOException {
    Path temporary = Path.of(java.net.URI.create(output.temporary()).getPath());
    Files.createDirectory(temporary.resolve(AtomicOutput.FINISHED));
    output.keepUnfinished(true);
  }

  @Test
  void whatIsKeptIsGoneOnWithOrRefusedOrDeleted() throws IOException {
    try (AtomicOutput output = open(AtomicOutput.Before.RESUME)) {
      assertFalse(output.isResumed());
      finish(output);
    }
    InputException refused =
        assertThrows(InputException.class, () -> open(AtomicOutput.Before.REFUSE));
    assertTrue(refused.getMessage().contains("--resume"), refused.getMessage());
    try (AtomicOutput output = open(AtomicOutput.Before.RESUME)) {
      assertTrue(output.isResumed());
    }
    assertEquals(1, names(folder).size());
    try (AtomicOutput output = open(AtomicOutput.Before.OVERWRITE)) {
      assertFalse(output.isResumed());
    }
    assertEquals(List.of(), names(folder));
  }

  @Test
  void whatAnotherProcessWritesIsNotGoneOnWith() throws IOException {
    try (AtomicOutput output = open(AtomicOutput.Before.REFUSE)) {
      finish(output);
      InputException refused =
          assertThrows(InputException.class, () -> open(AtomicOutput.Before.RESUME));
      assertTrue(
          refused.getMessage().contains("is being written by another process"),
          refused.getMessage());
      output.keepUnfinished(false);
    }
  }
}
