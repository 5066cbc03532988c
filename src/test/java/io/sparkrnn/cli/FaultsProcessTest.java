package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings on a standalone cluster of separate JVMs that something happens to, at a random moment:
 * each ends with the parameters of a training that nothing happened to, or with one error line and
 * a checkpoint from which {@code --resume} does.
 *
 * <p>{@code -Dfaults=N} injects each kind of fault in N trainings, without it some kinds in one;
 * what came of it is written to {@code target/faults.md}.
 */
class FaultsProcessTest {
  /** How often each kind strikes; without the property, some kinds once. */
  private static final int TIMES = Integer.getInteger("faults", 1);

  private static final boolean ALL = System.getProperty("faults") != null;

  private static final String LONG_FORM = "only with -Dfaults=N";
  private static final int EPOCHS = 6;

  /** Rounds and ends of epochs: what a training saves when it saves all. */
  private static final int CHECKPOINTS = 30;

  private static final int WORKERS = 2;
  private static final Pattern NUMBER = Pattern.compile("\"number\" : (\\d+)");
  private static final Map<String, int[]> TABLE = Collections.synchronizedMap(new TreeMap<>());

  @TempDir private static Path folder;

  private static Submit submit;
  private static String master;
  private static String undisturbed;
  private static int runs;

  private final Random random = new Random(7);

  /** What a fault does to a training that runs. */
  private interface Fault {
    void strike(Submit.Running training) throws Exception;
  }

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    submit = new Submit(folder);
    submit.run("generate", "--reviews", 300, "--output", "reviews", "--format", "json").succeeded();
    submit.run("train", options("local[2]", "undisturbed")).succeeded();
    undisturbed = sha256("undisturbed");
    startCluster();
  }

  private static void startCluster() throws Exception {
    Object[] options = {"start", "--workers", WORKERS, "--cores", 1, "--memory", "1g"};
    master = submit.run("cluster", options).succeeded().lastLine();
  }

  @AfterAll
  static void stopClusterAndTell() throws Exception {
    submit.run("cluster", "stop").succeeded();
    List<String> lines = new ArrayList<>();
    lines.add(
        "| fault | injected | trainings | same parameters | resumed to the same parameters |");
    lines.add("|---|---|---|---|---|");
    TABLE.forEach(
        (fault, counts) ->
            lines.add(
                "| %s | %d | %d | %d | %d |"
                    .formatted(fault, counts[0], counts[1], counts[2], counts[3])));
    lines.add("");
    lines.add("parametersSha256 of all of them: `" + undisturbed + "`");
    Files.write(Path.of("target/faults.md"), lines);
  }

  private static Object[] options(String on, String model, Object... more) {
    List<Object> options = new ArrayList<>(List.of("--master", on, "--input", "reviews"));
    options.addAll(List.of("--model", model, "--metrics", name(model) + ".json"));
    options.addAll(List.of("--epochs", EPOCHS, "--units", 4, "--embedding-size", 4));
    options.addAll(List.of("--shards", 4, "--batch-size", 4, "--batches-per-round", 4));
    options.addAll(List.of("--validation-split", 0.2, "--checkpoint-rounds", 1));
    options.addAll(List.of("--conf", "spark.executor.memory=600m"));
    Collections.addAll(options, more);
    return options.toArray();
  }

  private static String name(String model) {
    return model.substring(model.lastIndexOf('/') + 1);
  }

  private static String sha256(String model) throws IOException {
    return RoundTripProcessTest.json(folder.resolve(name(model) + ".json"))
        .get("parametersSha256")
        .asText();
  }

  private static String newModel() {
    return "model-" + runs++;
  }

  private static void count(String fault, int injected, boolean resumed) {
    int[] counts = TABLE.computeIfAbsent(fault, name -> new int[4]);
    counts[0] += injected;
    counts[1]++;
    counts[resumed ? 3 : 2]++;
  }

  /** A training that goes on whatever happens to it. */
  private void survives(String what, Fault fault, Object... more) throws Exception {
    for (int time = 0; time < TIMES; time++) {
      String model = newModel();
      try (Submit.Running training = submit.start("train", options(master, model, more))) {
        awaitCheckpoint(model, random.nextInt(CHECKPOINTS / 2));
        fault.strike(training);
        assertUndisturbed(training.outcome(), model);
      }
      count(what, 1, false);
    }
  }

  private static void assertUndisturbed(Submit.Outcome outcome, String model) throws IOException {
    outcome.succeeded();
    assertFalse(outcome.err().contains("error: "), outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
    assertEquals(undisturbed, sha256(model), outcome.err());
  }

  /** A training that ends, and another that goes on from its checkpoint, elsewhere. */
  private void resumes(String what, Fault fault, Fault after) throws Exception {
    for (int time = 0; time < TIMES; time++) {
      String model = newModel();
      try (Submit.Running training = submit.start("train", options(master, model))) {
        awaitCheckpoint(model, random.nextInt(CHECKPOINTS / 2));
        fault.strike(training);
        assertTrue(training.outcome().exitCode() != 0, "ended before the fault");
        after.strike(training);
      }
      String on = random.nextBoolean() ? master : "local[" + (1 + random.nextInt(3)) + "]";
      assertUndisturbed(submit.run("train", options(on, model, "--resume")), model);
      count(what, 1, true);
    }
  }

  /** Waits until a training has saved so many checkpoints. */
  private static void awaitCheckpoint(String model, int number) throws Exception {
    long end = System.nanoTime() + 120_000_000_000L;
    while (latest(model) < number) {
      assertTrue(System.nanoTime() < end, "no checkpoint " + number + " of " + model);
      Thread.sleep(5);
    }
  }

  private static int latest(String model) throws IOException {
    return Math.max(number(model, "a"), number(model, "b"));
  }

  private static int number(String model, String pair) throws IOException {
    Path json = checkpoint(model, pair + ".json");
    Matcher number = NUMBER.matcher(Files.exists(json) ? Files.readString(json) : "");
    return number.find() ? Integer.parseInt(number.group(1)) : -1;
  }

  private static Path checkpoint(String model, String file) {
    return folder.resolve(model + ".checkpoint/checkpoint-" + file);
  }

  private void killExecutor() {
    List<ProcessHandle> executors = executors();
    assertFalse(executors.isEmpty(), "no executor runs");
    executors.get(random.nextInt(executors.size())).destroyForcibly();
  }

  /** The executors that this cluster's workers have started. */
  private static List<ProcessHandle> executors() {
    List<ProcessHandle> executors = new ArrayList<>();
    for (int worker = 1; worker <= WORKERS; worker++) {
      Path pid = folder.resolve("cluster/worker-" + worker + ".pid");
      try {
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
            .ifPresent(process -> process.descendants().forEach(executors::add));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return executors;
  }

  @Test
  void anExecutorIsKilled() throws Exception {
    assumeTrue(ALL, LONG_FORM);
    survives("executor killed (-9)", training -> killExecutor());
  }

  @Test
  void aWorkerIsKilledAndAnotherJoins() throws Exception {
    assumeTrue(ALL, LONG_FORM);
    survives(
        "worker killed (-9), another joins",
        training -> {
          Path pid = folder.resolve("cluster/worker-" + WORKERS + ".pid");
          ProcessHandle worker =
              ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
          worker.descendants().forEach(ProcessHandle::destroyForcibly);
          worker.destroyForcibly();
          Files.writeString(pid, String.valueOf(startWorker().pid()));
        });
  }

  private static Process startWorker() throws IOException {
    String home = Path.of("target/spark-home").toAbsolutePath().toString();
    List<String> line = new ArrayList<>();
    Collections.addAll(line, home + "/bin/spark-class", "org.apache.spark.deploy.worker.Worker");
    Collections.addAll(line, "--host", "127.0.0.1", "--webui-port", "0", "--cores", "1");
    Collections.addAll(line, "--memory", "1g", "--work-dir", folder + "/cluster/work", master);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("joined-" + runs + ".log").toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_HOME", home);
    return builder.start();
  }

  @Test
  void executorsComeAndGo() throws Exception {
    assumeTrue(ALL, LONG_FORM);
    survives(
        "dynamic allocation, an executor killed (-9)",
        training -> killExecutor(),
        "--conf",
        "spark.dynamicAllocation.enabled=true",
        "--conf",
        "spark.dynamicAllocation.shuffleTracking.enabled=true",
        "--conf",
        "spark.dynamicAllocation.initialExecutors=1",
        "--conf",
        "spark.dynamicAllocation.executorIdleTimeout=1s");
  }

  /** Runs trainings with a plugin that makes tasks go wrong. */
  private void survivesTasks(String what, FaultPlugin.Kind kind, Object... more) throws Exception {
    for (int time = 0; time < TIMES; time++) {
      String model = newModel();
      Path log = folder.resolve(model + ".faults");
      List<String> settings =
          new ArrayList<>(List.of("spark.plugins " + FaultPlugin.class.getName()));
      settings.add(
          "spark.executor.extraClassPath " + Path.of("target/test-classes").toAbsolutePath());
      settings.add(FaultPlugin.KIND + " " + kind);
      settings.add(FaultPlugin.SEED + " " + random.nextInt());
      settings.add(FaultPlugin.LOG + " " + log);
      Submit.Outcome outcome = withSettings(settings).run("train", options(master, model, more));
      assertUndisturbed(outcome, model);
      int injected = Files.readAllLines(log).size();
      assertTrue(injected > 0, outcome.toString());
      count(what, injected, false);
    }
  }

  /** Returns the scripts with settings of Spark that hold before the command starts. */
  private static Submit withSettings(List<String> settings) throws IOException {
    Path conf = Files.createTempDirectory(folder, "conf");
    List<String> all = new ArrayList<>(settings);
    all.add("spark.driver.extraClassPath " + Path.of("target/test-classes").toAbsolutePath());
    Files.write(conf.resolve("spark-defaults.conf"), all);
    return submit.with("SPARK_CONF_DIR", conf);
  }

  @Test
  void tasksThrow() throws Exception {
    survivesTasks("task throws on its first attempt", FaultPlugin.Kind.THROW);
  }

  @Test
  void tasksStall() throws Exception {
    assumeTrue(ALL, LONG_FORM);
    survivesTasks(
        "task stalls, another attempt is faster (speculation)",
        FaultPlugin.Kind.STALL,
        "--conf",
        "spark.speculation=true",
        "--conf",
        "spark.speculation.quantile=0.5");
  }

  @Test
  void cachedBlocksAreLost() throws Exception {
    assumeTrue(ALL, LONG_FORM);
    survivesTasks("cached shards lost", FaultPlugin.Kind.LOSE);
  }

  @Test
  void theDriverIsKilled() throws Exception {
    assumeTrue(ALL, LONG_FORM);
    resumes("driver killed (-9), resumed", Submit.Running::kill, training -> {});
  }

  @Test
  void theDriverIsToldToEnd() throws Exception {
    assumeTrue(ALL, LONG_FORM);
    resumes(
        "driver told to end (SIGTERM), resumed",
        training -> training.process().destroy(),
        training -> {});
  }

  @Test
  void theLatestCheckpointIsDamaged() throws Exception {
    assumeTrue(ALL, LONG_FORM);
    resumes(
        "driver killed, latest checkpoint cut or flipped",
        Submit.Running::kill,
        training -> damage(latestPair()));
  }

  private static String latestPair() throws IOException {
    String model = "model-" + (runs - 1);
    boolean two =
        Files.exists(checkpoint(model, "a.json")) && Files.exists(checkpoint(model, "b.json"));
    return two ? model + "/" + (number(model, "a") > number(model, "b") ? "a" : "b") : "";
  }

  private void damage(String pair) throws IOException {
    if (pair.isEmpty()) {
      return; // there is one checkpoint only, which a later test damages
    }
    String[] parts = pair.split("/");
    Path file = checkpoint(parts[0], parts[1] + (random.nextBoolean() ? ".json" : ".safetensors"));
    damage(file);
  }

  private void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int place = random.nextInt(bytes.length);
    if (random.nextBoolean()) {
      bytes = java.util.Arrays.copyOf(bytes, place);
    } else {
      bytes[place] ^= (byte) (1 << random.nextInt(7));
    }
    Files.write(file, bytes);
  }

  @Test
  void bothCheckpointsAreDamaged() throws Exception {
    assumeTrue(ALL, LONG_FORM);
    for (int time = 0; time < TIMES; time++) {
      String model = newModel();
      try (Submit.Running training = submit.start("train", options("local[2]", model))) {
        awaitCheckpoint(model, 2);
        training.kill();
        training.outcome();
      }
      damage(checkpoint(model, "a.safetensors"));
      damage(checkpoint(model, "b.safetensors"));
      submit.run("train", options("local[2]", model, "--resume")).failed(2, "checkpoint");
      Submit.Outcome anew = submit.run("train", options("local[2]", model));
      assertUndisturbed(anew, model);
      count("both checkpoints cut or flipped: one error line, trained anew", 2, false);
    }
  }

  private static List<String> faulty(
      String path, FaultyFileSystem.Kind kind, int first, int last, int bytes) {
    return List.of(
        "spark.hadoop.fs.faulty.impl " + FaultyFileSystem.class.getName(),
        "spark.hadoop.fs.faulty.path " + path,
        "spark.hadoop.fs.faulty.kind " + kind,
        "spark.hadoop.fs.faulty.first " + first,
        "spark.hadoop.fs.faulty.last " + last,
        "spark.hadoop.fs.faulty.bytes " + bytes);
  }

  private void survivesFailedWrites(String what, FaultyFileSystem.Kind kind) throws Exception {
    for (int time = 0; time < TIMES; time++) {
      String model = "faulty:" + folder + "/" + newModel();
      int first = 1 + random.nextInt(CHECKPOINTS);
      List<String> settings = faulty("checkpoint-", kind, first, first + 1, random.nextInt(2000));
      Submit.Outcome outcome = withSettings(settings).run("train", options("local[2]", model));
      assertUndisturbed(outcome, model);
      assertTrue(outcome.err().contains("cannot save a checkpoint"), outcome.err());
      count(what, 2, false);
    }
  }

  @Test
  void theDiskOfTheCheckpointIsFullForAWhile() throws Exception {
    assumeTrue(ALL, LONG_FORM);
    survivesFailedWrites("checkpoint's disk full twice, then not", FaultyFileSystem.Kind.FULL);
  }

  @Test
  void theFileSystemOfTheCheckpointFailsTwice() throws Exception {
    assumeTrue(ALL, LONG_FORM);
    survivesFailedWrites("checkpoint's file system fails twice", FaultyFileSystem.Kind.BREAK);
  }

  @Test
  void theDriverLosesPowerWhileItSaves() throws Exception {
    for (int time = 0; time < TIMES; time++) {
      String model = "faulty:" + folder + "/" + newModel();
      int number = 3 + random.nextInt(CHECKPOINTS);
      List<String> settings =
          faulty("checkpoint-", FaultyFileSystem.Kind.HALT, number, number, random.nextInt(2000));
      Submit.Outcome halted = withSettings(settings).run("train", options("local[2]", model));
      assertEquals(137, halted.exitCode(), halted.toString());
      List<String> good = faulty("checkpoint-", FaultyFileSystem.Kind.HALT, 0, 0, 0);
      Submit.Outcome resumed =
          withSettings(good).run("train", options("local[3]", model, "--resume"));
      assertTrue(resumed.err().contains("going on after"), resumed.err());
      assertUndisturbed(resumed, model);
      count("power lost in the middle of a checkpoint, resumed", 1, true);
    }
  }

  @Test
  void theDiskOfTheModelIsFull() throws Exception {
    assumeTrue(ALL, LONG_FORM);
    for (int time = 0; time < TIMES; time++) {
      String model = "faulty:" + folder + "/" + newModel();
      List<String> settings = faulty(".writing-", FaultyFileSystem.Kind.FULL, 1, 1000, 100);
      Submit.Outcome full = withSettings(settings).run("train", options("local[2]", model));
      full.failed(1, "no space left on device");
      assertTrue(full.err().contains("--resume goes on from it"), full.err());
      List<String> good = faulty(".writing-", FaultyFileSystem.Kind.FULL, 0, 0, 0);
      Submit.Outcome resumed =
          withSettings(good).run("train", options("local[2]", model, "--resume"));
      assertUndisturbed(resumed, model);
      count("model's disk full: one error line, resumed", 1, true);
    }
  }
}
