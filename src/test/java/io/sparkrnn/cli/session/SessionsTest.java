package io.sparkrnn.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.function.ForeachFunction;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SessionsTest {
  private static SparkSession open(String... options) {
    return Sessions.open("test", CommandLine.populateCommand(new CommonOptions(), options));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spark.memory.fraction=7 | spark.memory.fraction should be between 0 and 1 (was '7.0').
          spark.serializer=a.B    | there is no class a.B
          spark.task.cpus=x       | the value 'x' in the config "spark.task.cpus" is invalid. It should be a/an 'int' value
          spark.default.parallelism=0 | spark.default.parallelism must be > 0
          spark.default.parallelism=x | illegal value for config key spark.default.parallelism: For input string: "x"
          """)
  void aSettingThatSparkRefusesIsNamed(String setting, String reason) {
    InputException refused =
        assertThrows(InputException.class, () -> open("--master", "local[1]", "--conf", setting));
    String key = setting.substring(0, setting.indexOf('='));
    assertEquals(
        "Spark does not start: " + reason.replaceFirst("\\.$", "") + "; check " + key,
        refused.getMessage());
  }

  /** What Spark throws a minute after a master has turned the application away. */
  @Test
  void aMasterThatLetsNobodyInIsNamedWithTheSettingsOfSecrets() {
    Exception stopped =
        new IllegalStateException("Cannot call methods on a stopped SparkContext.\nIt was ...");
    String message = Sessions.refusal(stopped, "spark://a:7077", Set.of("spark.x.y")).getMessage();
    assertEquals(
        "the Spark master at spark://a:7077 did not let the application in, its log may say why;"
            + " spark.authenticate, spark.authenticate.secret, spark.network.crypto.enabled and the"
            + " version of Spark must be those of the cluster",
        message);
    assertEquals(
        "Spark does not start: cannot call methods on a stopped SparkContext; check spark.x.y",
        Sessions.refusal(stopped, "local[2]", Set.of("spark.x.y")).getMessage());
  }

  @Test
  void aSessionStartsAfterOneThatDidNot() throws IOException {
    assertThrows(InputException.class, () -> open("--conf", "spark.sql.shuffle.partitions=x"));
    try (SparkSession spark = open("--master", "local[1]", "--conf", "spark.ui.enabled=false")) {
      assertEquals(3, spark.range(3).count());
    }
  }

  /** Spark would end the process. */
  @Test
  void aTaskWithoutMemoryFailsItsJobAlone() throws IOException {
    ForeachFunction<Long> fail =
        number -> {
          throw new OutOfMemoryError("as this test wants it");
        };
    try (SparkSession spark = open("--master", "local[1]", "--conf", "spark.ui.enabled=false")) {
      Throwable failure = assertThrows(Throwable.class, () -> spark.range(1).foreach(fail));
      assertEquals(
          "out of memory (as this test wants it); give the driver more, such as"
              + " SPARK_RNN_DRIVER_MEMORY=8g",
          Explanation.of(failure).message());
    }
  }

  /** Spark would end the process with code 53. */
  @Test
  void oneOfTheLocalDirectoriesMustBeWritable(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path directory = folder.resolve("made/for/it");
    SparkConf conf = new SparkConf(false).set("spark.local.dir", file + "/a,/proc/none");
    InputException refused =
        assertThrows(InputException.class, () -> LocalDirectories.check(conf, Map.of()));
    assertEquals(
        "spark.local.dir must be a directory that can be written, got '" + file + "/a,/proc/none'",
        refused.getMessage());
    LocalDirectories.check(conf, Map.of("SPARK_LOCAL_DIRS", directory.toString()));
    LocalDirectories.check(conf, Map.of("LOCAL_DIRS", "of YARN"));
    LocalDirectories.check(conf.set("spark.local.dir", file + "," + directory), Map.of());
  }

  @Test
  void theDriversMemoryIsNoSettingOfARun() {
    InputException refused =
        assertThrows(InputException.class, () -> open("--conf", "spark.driver.memory=1g"));
    assertEquals(
        "spark.driver.memory cannot be set here; set SPARK_RNN_DRIVER_MEMORY in the environment",
        refused.getMessage());
  }
}
