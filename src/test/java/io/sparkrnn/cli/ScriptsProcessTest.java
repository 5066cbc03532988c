package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the scripts of submit/ decide themselves, before any java runs. */
class ScriptsProcessTest {
  @TempDir private Path folder;

  private Submit submit;

  @BeforeEach
  void useTheFolder() {
    submit = new Submit(folder);
  }

  private Path java(String version) throws IOException {
    Path home = folder.resolve("jdk-" + version);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 1\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private Path spark(String core) throws IOException {
    Path home = folder.resolve("spark");
    Path script = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(script, "#!/bin/sh\necho started\n");
    assertTrue(script.toFile().setExecutable(true));
    Files.writeString(Files.createDirectories(home.resolve("jars")).resolve(core), "");
    return home;
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_392", "11.0.21", "16"})
  void anOldJavaIsOneLine(String version) throws Exception {
    submit
        .with("JAVA_HOME", java(version))
        .run("train")
        .failed(1, "java must be 17 or later, got " + version);
  }

  @Test
  void noJavaIsOneLine() throws Exception {
    submit
        .with("JAVA_HOME", folder.resolve("none"))
        .run("train")
        .failed(1, "no java found in JAVA_HOME=" + folder.resolve("none"));
  }

  @Test
  void anotherSparkIsOneLine() throws Exception {
    Path home = spark("spark-core_2.12-3.5.1.jar");
    submit
        .with("SPARK_HOME", home)
        .run("train")
        .failed(1, "SPARK_HOME=" + home + " must hold Spark 4, got 3.5.1");
    submit.with("SPARK_HOME", folder).run("train").failed(1, "holds no bin/spark-submit");
  }

  @Test
  void aSparkOfTheUsersIsUsed() throws Exception {
    Path home = spark("spark-core_2.13-4.2.0-preview1.jar");
    Submit.Outcome outcome = submit.with("SPARK_HOME", home).run("train").succeeded();
    assertEquals("started", outcome.lastLine());
  }

  @ParameterizedTest
  @CsvSource({"yarn, yarn", "k8s://https://host:6443, kubernetes"})
  void aClusterManagerNeedsASparkThatKnowsIt(String master, String manager) throws Exception {
    Path home = spark("spark-core_2.13-4.2.0.jar");
    submit
        .with("SPARK_HOME", home)
        .with("HADOOP_CONF_DIR", folder)
        .run("train", "--master", master)
        .failed(
            1,
            "--master %s needs a distribution of Spark with %s in SPARK_HOME; %s has none"
                .formatted(master, manager, home));
    spark("spark-" + manager + "_2.13-4.2.0.jar");
    submit
        .with("SPARK_HOME", home)
        .with("HADOOP_CONF_DIR", folder)
        .run("train", "--master", master)
        .succeeded();
  }

  @Test
  void yarnNeedsTheConfigurationOfItsCluster() throws Exception {
    Path home = spark("spark-yarn_2.13-4.2.0.jar");
    Submit unset =
        submit.with("SPARK_HOME", home).with("HADOOP_CONF_DIR", "").with("YARN_CONF_DIR", "");
    Path environment = Files.createDirectory(home.resolve("conf")).resolve("spark-env.sh");
    Files.writeString(environment, "# HADOOP_CONF_DIR=/etc/hadoop\n");
    unset
        .run("train", "--master=yarn")
        .failed(1, "--master yarn needs HADOOP_CONF_DIR or YARN_CONF_DIR");
    Files.writeString(environment, "export HADOOP_CONF_DIR=/etc/hadoop\n");
    unset.run("train", "--master=yarn").succeeded();
  }

  /** Java would end a training that has succeeded with exit code 1. */
  @Test
  void classesAreNotArchivedBesideAFolderOfFiles() throws Exception {
    String archive = "SPARK_HOME=$assembled; HADOOP_CONF_DIR='' YARN_CONF_DIR='%s' class_archive";
    assertTrue(printed(archive.formatted("")).endsWith(".jsa"));
    assertEquals("", printed(archive.formatted(folder)));
  }

  @Test
  void aMemoryThatJavaCannotReadIsOneLine() throws Exception {
    submit
        .with("SPARK_RNN_DRIVER_MEMORY", "much")
        .run("train")
        .failed(1, "SPARK_RNN_DRIVER_MEMORY must look like 4g or 900m, got much");
  }

  @ParameterizedTest
  @CsvSource({
    "train, 0",
    "train --input a.csv, 0",
    "train -h, 1",
    "train --epochs 3 --help, 1",
    "score --input a.csv, 1"
  })
  void onlyATrainingFillsTheArchiveOfClasses(String line, int code) throws Exception {
    assertEquals(code, common("fills_archive " + line).waitFor());
  }

  @ParameterizedTest
  @CsvSource({
    "always [madvise] never, -XX:+UseTransparentHugePages",
    "[always] madvise never, ''",
    "always madvise [never], ''"
  })
  void largePagesAreAskedForWhereTheSystemGivesThemOnRequest(String setting, String option)
      throws Exception {
    Path file = Files.writeString(folder.resolve("enabled"), setting + "\n");
    assertEquals(option, printed("large_pages '" + file + "'"));
  }

  @Test
  void largePagesAreNotAskedForWhereTheSystemKnowsNone() throws Exception {
    assertEquals("", printed("large_pages '" + folder.resolve("missing") + "'"));
  }

  private static String printed(String call) throws Exception {
    Process bash = common(call);
    String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), printed);
    return printed.strip();
  }

  /** Runs a function that the scripts share, under their options. */
  private static Process common(String call) throws IOException {
    String common = Path.of("submit/.common").toAbsolutePath().toString();
    String script = "set -euo pipefail; source '" + common + "'; " + call;
    return new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
  }

  @Test
  void theClusterReadsOptionsInBothForms() throws Exception {
    submit.run("cluster", "start", "--workers=0").failed(2, "workers must be > 0, got 0");
    submit.run("cluster", "start", "--workers", "0").failed(2, "workers must be > 0, got 0");
    submit.run("cluster", "start", "--memory=").failed(2, "memory must look like 2g or 900m, got");
    submit.run("cluster", "start", "--cores").failed(2, "option '--cores' needs a value");
    submit.run("cluster", "start", "--worker=2").failed(2, "unknown option '--worker=2'");
    for (String action : new String[] {"start", "stop", "status"}) {
      Submit.Outcome help = submit.run("cluster", action, "-h").succeeded();
      assertTrue(help.out().startsWith("usage: submit/cluster"), help.toString());
    }
  }

  @Test
  void theClusterRefusesWhatItDoesNotExpect() throws Exception {
    submit.run("cluster", "stop", "extra").failed(2, "unexpected argument 'extra'");
    submit.run("cluster", "status", "--all").failed(2, "unexpected argument '--all'");
  }

  @Test
  void theClusterLeavesTheFilesOfOthersAlone() throws Exception {
    Path state = Files.createDirectories(folder.resolve("cluster"));
    List<Path> others =
        List.of(state.resolve("notes"), state.resolve("run.log"), state.resolve("work/thesis"));
    Path former = state.resolve("work/app-1/stderr");
    Files.createDirectories(former.getParent());
    for (Path other : others) {
      Files.createFile(other);
    }
    Files.createFile(former);
    Files.writeString(state.resolve("url"), "spark://former:7077");
    submit
        .with("SPARK_HOME", spark("spark-core_2.13-4.2.0.jar"))
        .run("cluster", "start")
        .failed(1, "the master did not come up");
    others.forEach(other -> assertTrue(Files.exists(other), other.toString()));
    assertFalse(Files.exists(former.getParent()));
    assertFalse(Files.exists(state.resolve("url")));
  }

  @Test
  void aLinkToACommandRunsIt() throws Exception {
    Path submitFolder = Path.of("submit").toAbsolutePath();
    Path absolute = folder.resolve("train");
    Files.createSymbolicLink(absolute, submitFolder.resolve("train"));
    Path links = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(links.resolve("train"), Path.of("../train"));
    Files.createSymbolicLink(links.resolve("folder"), submitFolder);
    for (String link : List.of("train", "bin/train", "bin/folder/train")) {
      submit
          .with("SPARK_HOME", spark("spark-core_2.13-4.2.0.jar"))
          .run(submitFolder.relativize(folder.resolve(link)).toString())
          .succeeded();
    }
  }
}
