package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that is told to end, as by Ctrl-C, leaves nothing half-written behind. */
class InterruptProcessTest {
  private static final int POLL_MILLIS = 20;

  @TempDir private Path folder;

  @Test
  void anInterruptedCommandLeavesNothing() throws Exception {
    Object[] options = {"--reviews", 1_000_000_000, "--output", "made/for it/reviews"};
    try (Submit.Running generating = new Submit(folder).start("generate", options)) {
      while (generating.process().isAlive() && !isWriting()) {
        Thread.sleep(POLL_MILLIS);
      }
      assertTrue(generating.process().isAlive(), Files.readString(generating.err()));
      generating.process().destroy();
      Submit.Outcome outcome = generating.outcome();
      assertNotEquals(0, outcome.exitCode());
      assertTrue(!outcome.err().contains("\tat "), outcome.err());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void whatAKilledCommandLeftGoesWithTheNext() throws Exception {
    Submit submit = new Submit(folder);
    Object[] few = {"--reviews", 10, "--output", "made/for it/reviews", "--overwrite"};
    Object[] many = {"--reviews", 1_000_000_000, "--output", "made/for it/reviews"};
    try (Submit.Running generating = submit.start("generate", many)) {
      while (generating.process().isAlive() && !isWriting()) {
        Thread.sleep(POLL_MILLIS);
      }
      submit.run("generate", few).succeeded();
      assertTrue(generating.process().isAlive(), Files.readString(generating.err()));
      assertEquals(2, left().size(), left().toString());
      generating.kill();
      generating.outcome();
    }
    assertEquals(2, left().size(), left().toString());
    submit.run("generate", few).succeeded();
    assertEquals(List.of(), left());
  }

  /** Returns what lies beside the output. */
  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("made/for it"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("reviews"))
          .toList();
    }
  }

  /** Whether a task has begun to write. */
  private boolean isWriting() throws IOException {
    if (!Files.exists(folder.resolve("made/for it"))) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("part-"));
    } catch (java.io.UncheckedIOException e) {
      return false; // something was renamed meanwhile
    }
  }
}
