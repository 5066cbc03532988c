package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.TestSpark;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingHistory;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scorings that something happens to lose no row and double none; long texts need little memory.
 */
class ScoringProcessTest {
  private static final int ROWS = 8_000;
  private static final int LONG = 1000;

  @TempDir private static Path folder;

  private static Submit submit;
  private static List<String> undisturbed;

  @BeforeAll
  static void scoreUndisturbed() throws Exception {
    Vocabulary vocabulary = Vocabulary.of(List.of("[PAD]", "[UNK]", "good", "bad", "not", "film"));
    NetworkSpec network = NetworkSpec.binary(CellType.LSTM, vocabulary.size(), 8, 128);
    TestSpark.session();
    RnnClassificationModel.of(
            new SavedModel(
                network,
                new Network(network).initialParameters(5),
                TextSettings.of(new Padding(200, Padding.Side.PRE, Padding.Side.PRE)),
                vocabulary,
                List.of(),
                TrainingHistory.empty()))
        .save(folder.resolve("model").toString());
    submit = new Submit(folder);
    writeReviews(folder.resolve("in.csv"));
    submit.run("score", options("local[2]", "whole")).succeeded();
    undisturbed = rows("whole");
    assertEquals(ROWS, undisturbed.size());
  }

  /** Numbered texts of some kilobytes, a few of them empty. */
  private static void writeReviews(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,text\n");
      for (int i = 0; i < ROWS; i++) {
        out.write(i + "," + (i % 100 == 0 ? "" : "not a good film, ".repeat(4 * (i % 97)).strip()));
        out.write(i % 3 == 0 ? "bad\n" : "\n");
      }
    }
  }

  private static Object[] options(String master, String output, Object... more) {
    List<Object> options = new ArrayList<>(List.of("--master", master, "--model", "model"));
    options.addAll(List.of("--input", "in.csv", "--output", output, "--format", "json"));
    options.addAll(List.of("--metrics", output + ".metrics"));
    options.addAll(List.of("--conf", "spark.sql.files.maxPartitionBytes=1"));
    options.addAll(List.of("--conf", "spark.executor.memory=600m"));
    Collections.addAll(options, more);
    return options.toArray();
  }

  private static List<String> rows(String output) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Stream<Path> parts = Files.list(folder.resolve(output))) {
      for (Path part : parts.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
        rows.addAll(Files.readAllLines(part));
      }
    }
    return rows;
  }

  private static void assertUndisturbed(String output) throws IOException {
    assertEquals(undisturbed, rows(output));
    JsonNode metrics = RoundTripProcessTest.json(folder.resolve(output + ".metrics"));
    assertEquals(ROWS, metrics.get("rowsIn").asInt());
    long refused = undisturbed.stream().filter(row -> !row.endsWith("\"reason\":null}")).count();
    assertTrue(refused > 0);
    assertEquals(refused, metrics.get("rowsRefused").asLong());
    assertEquals(ROWS - refused, metrics.get("rowsScored").asLong());
  }

  /** Waits until a scoring has written so many portions. */
  private static void awaitPortions(Submit.Running scoring, String output, int portions)
      throws IOException, InterruptedException {
    scoring.await(() -> finished(output) >= portions, "wrote " + portions + " portions");
  }

  private static long finished(String output) throws IOException {
    try (Stream<Path> files = Files.walk(folder, 3)) {
      return files
          .map(Path::toString)
          .filter(file -> file.contains("." + output + ".writing-"))
          .filter(file -> file.matches(".*/finished/\\d+\\.json"))
          .count();
    } catch (java.io.UncheckedIOException e) {
      return 0; // something was renamed meanwhile
    }
  }

  @Test
  void aKilledExecutorLosesAndDoublesNothing() throws Exception {
    Object[] start = {"start", "--workers", 2, "--cores", 1, "--memory", "1g"};
    String master = submit.run("cluster", start).succeeded().lastLine();
    try (Submit.Running scoring = submit.start("score", options(master, "bereft"))) {
      awaitPortions(scoring, "bereft", 1);
      Path pid = folder.resolve("cluster/worker-1.pid");
      ProcessHandle worker =
          ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
      assertTrue(worker.descendants().findAny().isPresent(), "no executor runs");
      worker.descendants().forEach(ProcessHandle::destroyForcibly);
      Submit.Outcome outcome = scoring.outcome().succeeded();
      assertTrue(outcome.err().contains("lost"), outcome.err());
    } finally {
      submit.run("cluster", "stop").succeeded();
    }
    assertUndisturbed("bereft");
  }

  @Test
  void aKilledDriverGoesOn() throws Exception {
    try (Submit.Running scoring = submit.start("score", options("local[2]", "resumed"))) {
      awaitPortions(scoring, "resumed", 1);
      scoring.kill();
      assertTrue(scoring.outcome().exitCode() != 0, "ended before it was killed");
    }
    assertFalse(Files.exists(folder.resolve("resumed")));
    submit.run("score", options("local[1]", "resumed")).failed(2, "go on with --resume");
    Submit.Outcome resumed =
        submit.run("score", options("local[1]", "resumed", "--resume")).succeeded();
    assertTrue(resumed.err().contains("going on: "), resumed.err());
    assertUndisturbed("resumed");
  }

  @Test
  void textsOfTenMegabytesAmongShortOnesFitASmallHeap() throws Exception {
    Path file = folder.resolve("long.csv");
    String text = "a good film, ".repeat(800_000);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,text\n");
      for (int i = 0; i < 8 * LONG; i++) {
        out.write(i + ",\"" + (i % LONG < 2 ? text : "good film") + "\"\n");
      }
    }
    Object[] csv = {"--input", "long.csv", "--format", "parquet", "--metrics", "long.json"};
    submit.run("score", options("local[2]", "long", csv)).succeeded();
    JsonNode metrics = RoundTripProcessTest.json(folder.resolve("long.json"));
    assertEquals(8 * LONG, metrics.get("rowsScored").asInt());
  }
}
