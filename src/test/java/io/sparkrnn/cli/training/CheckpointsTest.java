package io.sparkrnn.cli.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.cli.Main;
import io.sparkrnn.cli.session.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the checkpoint that an earlier training left. */
class CheckpointsTest {
  @TempDir private Path folder;

  private final PrintStream console = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private Path checkpoint;

  @BeforeEach
  void writeReviewsAndCaptureErrors() throws IOException {
    Files.writeString(
        folder.resolve("a.csv"), "text,label\n" + "a good film,1\na bad film,0\n".repeat(20));
    checkpoint = folder.resolve("model.checkpoint");
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restoreConsole() {
    System.setErr(console);
  }

  private void writeCheckpoint() throws IOException {
    Files.createDirectory(checkpoint);
    Files.writeString(checkpoint.resolve("checkpoint-a.json"), "{}");
    Files.writeString(checkpoint.resolve(".checkpoint-a.json.crc"), "x");
  }

  private int train(Object... options) {
    errors.reset();
    List<String> all = new ArrayList<>(List.of("train", "--epochs=1", "--units=2"));
    all.addAll(List.of("--model", folder.resolve("model").toString(), "--master", "local[2]"));
    all.addAll(List.of("--input", folder.resolve("a.csv").toString()));
    all.addAll(List.of("--conf", "spark.ui.enabled=false"));
    Stream.of(options).map(Object::toString).forEach(all::add);
    return Main.run(all.toArray(String[]::new), new Environment(Path.of(""), false));
  }

  private String said() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aTrainingThatDoesNotBeginKeepsIt() throws IOException {
    writeCheckpoint();
    assertEquals(2, train("--input", folder.resolve("typo.csv")), said());
    assertEquals(2, train("--label-col", "typo"), said());
    assertEquals(2, train("--thresholds", "1,1,1"), said());
    Path oneClass = folder.resolve("one.csv");
    Files.writeString(oneClass, "text,label\n" + "a good film,1\n".repeat(20));
    assertEquals(2, train("--input", oneClass), said());
    assertTrue(Files.exists(checkpoint.resolve("checkpoint-a.json")));
    assertFalse(said().contains("deleted"), said());
  }

  @Test
  void aTrainingThatFailsSaysHowToGoOn() {
    assertEquals(1, train("--batch-size=4", "--learning-rate=1e38"), said());
    assertFalse(said().contains("goes on from it"), "nothing was saved: " + said());
    assertEquals(
        1,
        train(
            "--epochs=3",
            "--batch-size=4",
            "--l2=1",
            "--schedule=exponential",
            "--decay-rate=1e38",
            "--decay-epochs=2"),
        said());
    assertTrue(said().contains(checkpoint + "; the same command with --resume"), said());
  }

  @Test
  void aTrainingThatBeginsDeletesItAndSaysSo() throws IOException {
    writeCheckpoint();
    assertEquals(0, train(), said());
    assertTrue(
        said()
            .contains(
                "checkpoint of an earlier training deleted: file:"
                    + checkpoint
                    + " (--resume would have gone on from it)"),
        said());
    assertFalse(Files.exists(checkpoint));
  }

  @Test
  void resumingWithoutOneSaysSo() {
    assertEquals(0, train("--resume"), said());
    assertTrue(
        said().contains("no checkpoint at file:" + checkpoint + "; training from the start"),
        said());
  }

  @Test
  void resumingFromOneThatWasCutOffSaysSo() throws IOException {
    Files.createDirectory(checkpoint);
    Files.writeString(checkpoint.resolve("checkpoint-a.safetensors"), "torn");
    assertEquals(0, train("--resume"), said());
    assertTrue(
        said()
            .contains(
                "the checkpoint at file:"
                    + checkpoint
                    + " was cut off before it was whole; training from the start"),
        said());
  }

  @Test
  void aDirectoryThatIsNoCheckpointIsNotDeleted() throws IOException {
    writeCheckpoint();
    Files.writeString(checkpoint.resolve("precious"), "x");
    assertEquals(2, train(), said());
    assertTrue(said().contains("holds other files than a checkpoint"), said());
    assertTrue(Files.exists(checkpoint.resolve("precious")));
  }
}
