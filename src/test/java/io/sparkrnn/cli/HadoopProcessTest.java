package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.SafeModeAction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on YARN, with everything they read and write on HDFS, against two threads here. */
class HadoopProcessTest {
  private static final int REVIEWS = 100;
  private static final Object[] HERE = {"--master", "local[2]"};
  private static final Object[] RESUMED = {"--master", "local[2]", "--resume"};
  private static final Object[] YARN = {"--master", "yarn"};

  /** What each machine of a real cluster would be sent: this one has it. */
  private static final String JARS =
      "spark.yarn.jars=local:" + Path.of("target/spark-home/jars/*").toAbsolutePath();

  /** What starts sooner trains these few reviews sooner, to the same bits. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1 -Dio.sparkrnn.portableKernels=true";

  @TempDir private static Path folder;

  private static MiniHadoop hadoop;
  private static Submit submit;

  /** Parameters of the training that nothing disturbed. */
  private static JsonNode expected;

  @BeforeAll
  static void startHadoopAndTrain() throws Exception {
    assumeTrue(Boolean.getBoolean("hadoop"), "only with -Dhadoop=true: it takes minutes");
    hadoop = MiniHadoop.start(folder);
    submit =
        new Submit(folder)
            .with("HADOOP_CONF_DIR", hadoop.configuration())
            .with("SPARK_SUBMIT_OPTS", QUICK)
            .with("SPARK_LOCAL_IP", "127.0.0.1");
    submit
        .run("generate", "--reviews", REVIEWS, "--output", "/reviews", "--format", "json")
        .succeeded();
    submit.run("train", training("whole", HERE)).succeeded();
    expected = sha256("whole");
  }

  @AfterAll
  static void stopHadoop() throws Exception {
    if (hadoop != null) {
      hadoop.close();
    }
  }

  @Test
  void yarnGivesTheBitsOfTwoThreads() throws Exception {
    submit.run("train", joined(training("client"), YARN, executors())).succeeded();
    assertEquals(expected, sha256("client"));

    Object[] scoring = {
      "--model", "/models/client", "--input", "/reviews", "--output", "/scored", "--format", "json"
    };
    submit.run("score", joined(scoring, YARN, executors())).succeeded();
    assertEquals(REVIEWS, scored());
  }

  @Test
  void aDriverOnYarnGivesTheSameBits() throws Exception {
    Object[] spark = {
      "--master", "yarn", "--deploy-mode", "cluster", "--class", "io.sparkrnn.cli.Main"
    };
    Object[] driver = {
      "--conf", "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
      "--conf", "spark.driver.extraJavaOptions=" + QUICK,
      "--driver-memory", "512m"
    };
    Object[] command = {Path.of("target/spark-rnn.jar").toAbsolutePath(), "train"};
    submit.runSpark(joined(spark, driver, executors(), command, training("cluster"))).succeeded();
    assertEquals(expected, sha256("cluster"));
  }

  @Test
  void aTrainingOutlivesKillsAndNamenodesThatOnlyRead() throws Exception {
    try (Submit.Running training = submit.start("train", training("broken", HERE))) {
      training.await(() -> isThere("/models/broken.checkpoint/checkpoint-b.json"), "a checkpoint");
      training.kill();
    }
    assertFalse(isThere("/models/broken"));
    try (Submit.Running training = submit.start("train", training("broken", RESUMED))) {
      training.awaitError("going on after ");
      hadoop.files().setSafeMode(SafeModeAction.ENTER);
      training.awaitError("; training goes on and will try again");
      training.outcome().failed(1, "safe mode");
    } finally {
      hadoop.files().setSafeMode(SafeModeAction.LEAVE);
    }
    Submit.Outcome resumed = submit.run("train", training("broken", RESUMED)).succeeded();
    assertTrue(resumed.err().contains("going on after "), resumed.err());
    assertEquals(expected, sha256("broken"));
    assertFalse(isThere("/models/broken.checkpoint"));
  }

  /** A training whose checkpoints are many and whose rounds are short. */
  private static Object[] training(String model, Object... more) {
    Object[] training = {
      "--input", "/reviews",
      "--model", "/models/" + model,
      "--metrics", folder.resolve(model + ".json"),
      "--epochs", 3,
      "--units", 4,
      "--embedding-size", 4,
      "--validation-split", 0.2,
      "--shards", 2,
      "--batch-size", 1,
      "--batches-per-round", 2,
      "--checkpoint-rounds", 2
    };
    return joined(training, more);
  }

  private static Object[] executors() {
    return new Object[] {
      "--conf",
      JARS,
      "--conf",
      "spark.executor.instances=2",
      "--conf",
      "spark.executor.memory=512m",
      "--conf",
      "spark.executor.extraJavaOptions=" + QUICK
    };
  }

  private static Object[] joined(Object[]... parts) {
    return Stream.of(parts).flatMap(Stream::of).toArray();
  }

  private static JsonNode sha256(String model) throws IOException {
    return RoundTripProcessTest.json(folder.resolve(model + ".json")).get("parametersSha256");
  }

  private static boolean isThere(String path) throws IOException {
    return hadoop.files().exists(new org.apache.hadoop.fs.Path(path));
  }

  /** Returns how many rows of the output have a prediction. */
  private static int scored() throws IOException {
    int rows = 0;
    for (FileStatus part : hadoop.files().listStatus(new org.apache.hadoop.fs.Path("/scored"))) {
      if (part.getPath().getName().startsWith("part-")) {
        try (InputStream in = hadoop.files().open(part.getPath())) {
          var lines = new ObjectMapper().readerFor(JsonNode.class).readValues(in);
          while (lines.hasNext()) {
            rows += ((JsonNode) lines.next()).get("prediction").isNumber() ? 1 : 0;
          }
        }
      }
    }
    return rows;
  }
}
