package io.sparkrnn.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.cli.GenerateCommand;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.TrainingException;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** One line and an exit code for what can go wrong; a stack trace for bugs, and for bugs alone. */
class FailuresTest {
  private static final String BUG = "error: this is a bug in spark-rnn";

  private final StringWriter printed = new StringWriter();
  private final CommandLine command =
      new CommandLine(new GenerateCommand()).setErr(new PrintWriter(printed));

  private void isOneLine(int code, String expected, Throwable failure) {
    printed.getBuffer().setLength(0);
    assertEquals(code, Failures.report(failure, command));
    assertEquals("error: " + expected, printed.toString().strip());
  }

  private void isABug(Throwable failure) {
    printed.getBuffer().setLength(0);
    assertEquals(1, Failures.report(failure, command));
    assertTrue(printed.toString().startsWith(BUG), printed.toString());
    assertTrue(printed.toString().contains("\tat "), printed.toString());
  }

  private static SparkException aborted(String reason, Throwable cause) {
    return new SparkException("Job aborted due to stage failure: Task 0 failed: " + reason, cause);
  }

  @Test
  void badInputIsExitCodeTwo() {
    isOneLine(2, "no reviews", aborted("x", new InputException("no reviews")));
  }

  @Test
  void aTrainingThatCannotGoOnIsExitCodeOne() {
    isOneLine(1, "loss is NaN", new TrainingException("loss is NaN"));
  }

  @Test
  void aDiskThatIsFullIsNoBug() {
    String full =
        "no space left on device; free some where the output is, and where spark.local.dir is";
    IOException root = new IOException("No space left on device");
    isOneLine(1, full, root);
    isOneLine(1, full, new UncheckedIOException("cannot write a", root));
    isOneLine(1, full, new Error("such as Hadoop's FSError", root));
    isOneLine(1, full, aborted("java.io.IOException", root));
  }

  @Test
  void filesThatCannotBeReadOrWrittenAreNamedWithoutJavasNames() {
    isOneLine(1, "end of file", new EOFException());
    isOneLine(1, "Some/file does not exist", new NoSuchFileException("Some/file"));
  }

  @Test
  void lostExecutorsAreNoBug() {
    SparkException lost =
        aborted(
            "Lost task 0.3 in stage 3.0 (TID 12) (10.0.0.7 executor 3): ExecutorLostFailure"
                + " (executor 3 exited caused by one of the running tasks) Reason: Remote RPC client"
                + " disassociated.\nDriver stacktrace:",
            null);
    isOneLine(
        1,
        "executors were lost: Remote RPC client disassociated; their logs say why, and"
            + " spark.executor.memory gives them more memory",
        lost);
    isOneLine(
        1,
        "job 0 cancelled because SparkContext was shut down",
        new SparkException("Job 0 cancelled because SparkContext was shut down"));
  }

  @Test
  void outOfMemoryPointsToTheSetting() {
    String memory =
        "out of memory (Java heap space); give the driver more, such as SPARK_RNN_DRIVER_MEMORY=8g";
    isOneLine(1, memory, new OutOfMemoryError("Java heap space"));
    isOneLine(1, memory, aborted("oom", new OutOfMemoryError("Java heap space")));
  }

  @Test
  void bugsShowTheirTrace() {
    isABug(new NullPointerException());
    isABug(new IllegalStateException("no such state"));
    isABug(aborted("java.lang.NullPointerException", new NullPointerException()));
    isABug(aborted("Task not serializable", new NotSerializableException("io.sparkrnn.X")));
    isABug(new SparkException((String) null, null));
    isABug(new StackOverflowError());
  }
}
