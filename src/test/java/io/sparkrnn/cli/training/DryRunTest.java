package io.sparkrnn.cli.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.cli.Main;
import io.sparkrnn.cli.session.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
  @TempDir private Path folder;

  private final PrintStream console = System.out;
  private final PrintStream errors = System.err;

  @AfterEach
  void restoreConsole() {
    System.setOut(console);
    System.setErr(errors);
  }

  private String printed(int exit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
    List<String> arguments =
        List.of(
            "train",
            "--dry-run",
            "--input=" + folder.resolve("a.csv"),
            "--model=" + folder.resolve("model"),
            "--metrics=" + folder.resolve("metrics.json"),
            "--units=2",
            "--max-length=3",
            "--shards=2",
            "--validation-split=0",
            "--min-count=3",
            "--master=local[2]",
            "--conf=spark.ui.enabled=false");
    String[] all = arguments.toArray(String[]::new);
    assertEquals(exit, Main.run(all, new Environment(Path.of(""), false)), out::toString);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Returns everything that lies in the folder, and when it was written. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        files.put(path.toString(), Files.getLastModifiedTime(path).toString());
      }
    }
    return files;
  }

  @Test
  void rowsAreCountedAndNothingIsWritten() throws IOException {
    Files.writeString(
        folder.resolve("a.csv"),
        "text,label\n"
            + "a good film,1\na bad film,0\n".repeat(20)
            + "a good old film,1\nsome film,0\n,1\n");
    Files.createDirectory(folder.resolve("model.checkpoint"));
    Files.writeString(folder.resolve("model.checkpoint/checkpoint-a.json"), "{}");
    Map<String, String> before = files();
    String printed = printed(0);
    assertEquals(before, files(), printed);
    for (String row :
        List.of(
            "shards +2",
            "longest row +3 steps",
            "classes +0: 21 \\(50.0 %\\), 1: 21 \\(50.0 %\\)",
            "truncated +1 rows, which lose 1 words",
            "out of vocabulary +2 words \\(1.6 %\\)",
            "a round sends +nothing, all is in one process",
            "the training +[0-9.]+ s, of which [0-9.]+ s until the code is compiled",
            "dry run in [0-9.]+ s: nothing was trained or written")) {
      assertTrue(
          printed.lines().anyMatch(line -> line.matches(row)), () -> row + " in\n" + printed);
    }
  }

  @Test
  void rowsThatCannotBeTrainedOnAreRefused() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "text,label\n" + "a good film,1\n".repeat(20));
    assertTrue(printed(2).contains("error: "));
  }
}
