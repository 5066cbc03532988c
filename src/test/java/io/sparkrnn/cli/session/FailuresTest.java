package io.sparkrnn.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.cli.GenerateCommand;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.cli.output.WriteFailure;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.TrainingException;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
  @EnabledOnOs(OS.LINUX)
  void whatCouldNotBeWrittenIsNamed() {
    Path metrics = Path.of("/dev/full");
    WriteFailure failure =
        assertThrows(WriteFailure.class, () -> MetricsFile.at(metrics).write(MetricsFile.object()));
    isOneLine(
        1,
        "metrics file /dev/full cannot be written: no space left on device; free some where the"
            + " output is, and where spark.local.dir is",
        failure);
  }

  @Test
  void noNameInAMessageMovesTheCursor() {
    isOneLine(2, "a?[2Jb", new InputException("a\u001b[2Jb"));
  }

  @Test
  void filesThatCannotBeReadOrWrittenAreNamedWithoutJavasNames() {
    isOneLine(1, "end of file", new EOFException());
    isOneLine(1, "Some/file does not exist", new NoSuchFileException("Some/file"));
    isOneLine(1, "Some/file: not directory", new NotDirectoryException("Some/file"));
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
  void executorsWithoutMemoryPointToTheirSetting() {
    String lost = "Lost task 0.3 in stage 3.0 (TID 12) (10.0.0.7 executor 3): ";
    String exit =
        lost + "ExecutorLostFailure (executor 3 exited) Reason: Command exited with code ";
    String remedy = "; give executors more memory, such as by --conf spark.executor.memory=4g";
    isOneLine(
        1,
        "an executor is out of memory (Java heap space)" + remedy,
        aborted(
            lost + "java.lang.OutOfMemoryError: Java heap space\n\tat java.base/x.y(Z.java)",
            new OutOfMemoryError("Java heap space")));
    isOneLine(1, "executors ended for lack of memory" + remedy, aborted(exit + "52", null));
    isOneLine(
        1,
        "executors were killed, as happens when the machine or the container has too little memory"
            + remedy
            + ", or fewer of them to a machine",
        aborted(exit + "137\nDriver stacktrace:", null));
    isOneLine(
        1,
        "out of memory (Java heap space); give the driver more, such as SPARK_RNN_DRIVER_MEMORY=8g",
        aborted(
            "Lost task 0.0 in stage 3.0 (TID 2) (127.0.0.1 executor driver):"
                + " java.lang.OutOfMemoryError: Java heap space",
            new OutOfMemoryError("Java heap space")));
  }

  @Test
  void outOfMemoryPointsToTheSetting() {
    String memory =
        "out of memory (Java heap space); give the driver more, such as SPARK_RNN_DRIVER_MEMORY=8g";
    isOneLine(1, memory, new OutOfMemoryError("Java heap space"));
    isOneLine(1, memory, aborted("oom", new OutOfMemoryError("Java heap space")));
  }

  @Test
  void aSettingThatIsTooSmallIsNamed() {
    isOneLine(
        1,
        "the results of 3 of the tasks took 1184.0 B, more than spark.driver.maxResultSize allows"
            + " (1024.0 B); raise it, or set it to 0 for no limit",
        new IllegalStateException(
            "such as a reader's",
            new SparkException(
                "Job aborted due to stage failure: Total size of serialized results of 3 tasks"
                    + " (1184.0 B) is bigger than spark.driver.maxResultSize (1024.0 B)")));
    isOneLine(
        1,
        "serialized task 3:0 was 140000000 bytes, which exceeds max allowed:"
            + " spark.rpc.message.maxSize (134217728 bytes)",
        new SparkException(
            "Job aborted due to stage failure: Serialized task 3:0 was 140000000 bytes, which"
                + " exceeds max allowed: spark.rpc.message.maxSize (134217728 bytes)."));
  }

  @Test
  void aClassThatNoJarHasIsNamed() {
    String missing =
        "there is no class org.apache.hadoop.fs.s3a.S3AFileSystem; add the jar that has it, such as"
            + " by --conf spark.jars=FILE, or change the setting that asks for it";
    ClassNotFoundException hadoops =
        new ClassNotFoundException("Class org.apache.hadoop.fs.s3a.S3AFileSystem not found");
    isOneLine(2, missing, new RuntimeException(hadoops));
    isOneLine(2, missing, aborted("x", new RuntimeException(hadoops)));
    isOneLine(2, missing, new NoClassDefFoundError("org/apache/hadoop/fs/s3a/S3AFileSystem"));
    isABug(new ClassNotFoundException("io.sparkrnn.nn.Network"));
    isOneLine(
        2,
        "native zStandard library not available: this version of libhadoop was built without it",
        aborted(
            "x",
            new RuntimeException(
                "native zStandard library not available: this version of libhadoop was built"
                    + " without it")));
    isOneLine(
        2,
        "Kryo refuses class a.B, which is not registered; set spark.kryo.registrationRequired=false",
        aborted("x", new IllegalArgumentException("Class is not registered: a.B\nNote: ...")));
  }

  @Test
  void bugsShowTheirTrace() {
    isABug(new IllegalStateException("org.apache.spark.sql.Row has no io.sparkrnn.spark.rows.X"));
    isABug(new NullPointerException());
    isABug(new IllegalStateException("no such state"));
    isABug(aborted("java.lang.NullPointerException", new NullPointerException()));
    isABug(aborted("Task not serializable", new NotSerializableException("io.sparkrnn.X")));
    isABug(new SparkException((String) null, null));
    isABug(new StackOverflowError());
  }
}
