package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the scripts of submit/ as processes, as a user does. */
final class Submit {
  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final int TIMEOUT_SECONDS = 600;

  private final Path workingDirectory;
  private final Map<String, String> variables;

  Submit(Path workingDirectory) {
    this(workingDirectory, Map.of());
  }

  private Submit(Path workingDirectory, Map<String, String> variables) {
    this.workingDirectory = workingDirectory;
    this.variables = variables;
  }

  /** Returns the scripts with one more variable of the environment. */
  Submit with(String variable, Object value) {
    Map<String, String> all = new HashMap<>(variables);
    all.put(variable, value.toString());
    return new Submit(workingDirectory, all);
  }

  /** What a command did. */
  record Outcome(int exitCode, String out, String err) {
    Outcome succeeded() {
      assertEquals(0, exitCode, toString());
      return this;
    }

    /** Asserts an exit code and that the one error line contains a text. */
    Outcome failed(int code, String text) {
      assertEquals(code, exitCode, toString());
      List<String> errors = err.lines().filter(line -> line.startsWith("error: ")).toList();
      assertEquals(1, errors.size(), toString());
      assertTrue(errors.get(0).contains(text), toString());
      assertTrue(!err.contains("\tat "), toString());
      return this;
    }

    String lastLine() {
      List<String> lines = out.lines().toList();
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
  }

  /** Runs a command with arguments and waits for its end. */
  Outcome run(String command, Object... arguments) throws IOException, InterruptedException {
    try (Running running = start(command, arguments)) {
      return running.outcome();
    }
  }

  /** Runs spark-submit of the Spark that the scripts have assembled, without them. */
  Outcome runSpark(Object... arguments) throws IOException, InterruptedException {
    Path spark = PROJECT.resolve("target/spark-home/bin/spark-submit");
    try (Running running = launch(spark, arguments)) {
      return running.outcome();
    }
  }

  /** Starts a command with arguments. */
  Running start(String command, Object... arguments) throws IOException {
    return launch(PROJECT.resolve("submit/" + command), arguments);
  }

  private Running launch(Path program, Object... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of(program.toString()));
    for (Object argument : arguments) {
      line.add(argument.toString());
    }
    Path out = Files.createTempFile("submit", ".out");
    Path err = Files.createTempFile("submit", ".err");
    ProcessBuilder builder = new ProcessBuilder(line).directory(workingDirectory.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_RNN_DRIVER_MEMORY", "1g");
    String cluster = workingDirectory.resolve("cluster").toString();
    builder.environment().put("SPARK_RNN_CLUSTER_DIR", cluster);
    builder.environment().putAll(variables);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Running(line, builder.start(), out, err);
  }

  /** A command that has been started; ends with this object. */
  record Running(List<String> line, Process process, Path out, Path err) implements AutoCloseable {
    private static final int POLL_MILLIS = 20;

    /** Waits for the end. */
    Outcome outcome() throws IOException, InterruptedException {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(line + " did not end:\n" + Files.readString(err));
      }
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Waits until standard error holds a text. */
    void awaitError(String text) throws IOException, InterruptedException {
      await(() -> Files.readString(err).contains(text), "said " + text);
    }

    /** Waits until the command has written a file. */
    void awaitFile(Path file) throws IOException, InterruptedException {
      await(() -> Files.exists(file), "wrote " + file);
    }

    /**
     * Waits until something holds, which the command has then done, for the message in the past.
     */
    void await(Condition condition, String what) throws IOException, InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
      while (!condition.holds()) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new AssertionError(line + " never " + what + ":\n" + Files.readString(err));
        }
        Thread.sleep(POLL_MILLIS);
      }
    }

    /** What a command is waited for. */
    interface Condition {
      boolean holds() throws IOException;
    }

    /** Ends the command as a power failure would. */
    void kill() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    @Override
    public void close() throws IOException, InterruptedException {
      kill();
      process.waitFor();
      Files.delete(out);
      Files.delete(err);
    }
  }
}
