package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standalone cluster with a secret and encryption, as {@code conf/secure} sets it up. */
class SecureClusterProcessTest {
  @TempDir private Path folder;

  private Submit secure;
  private String master;

  @BeforeEach
  void startCluster() throws Exception {
    Path settings = Files.createDirectory(folder.resolve("settings"));
    String shipped = Files.readString(Path.of("conf/secure/spark-defaults.conf"));
    String secret = "spark.authenticate.secret c0ffee";
    String filled = shipped.replaceFirst("(?m)^#spark.authenticate.secret .*$", secret);
    assertTrue(filled.contains(secret), filled);
    Files.writeString(settings.resolve("spark-defaults.conf"), filled);
    secure = new Submit(folder).with("SPARK_CONF_DIR", settings);
    Submit.Outcome started =
        secure.run("cluster", "start", "--workers", 1, "--cores", 2, "--memory", "1g");
    master = started.succeeded().lastLine();
  }

  @AfterEach
  void stopCluster() throws Exception {
    secure.run("cluster", "stop").succeeded();
  }

  @Test
  void anEncryptedClusterTrainsTheSameBits() throws Exception {
    String log = Files.readString(folder.resolve("cluster/master.log"));
    assertTrue(log.contains("authentication enabled"), log);
    StringBuilder reviews = new StringBuilder("text,label\n");
    for (int i = 0; i < 60; i++) {
      reviews.append(i % 2 == 0 ? "a bad film," : "a good film,").append(i % 2).append('\n');
    }
    Files.writeString(folder.resolve("reviews.csv"), reviews);
    assertEquals(train(new Submit(folder), "local[2]", "here"), train(secure, master, "there"));
  }

  private String train(Submit submit, String on, String model) throws Exception {
    List<Object> options = new ArrayList<>(List.of("--master", on, "--input", "reviews.csv"));
    options.addAll(List.of("--model", model, "--metrics", model + ".json"));
    options.addAll(List.of("--epochs", 1, "--units", 4, "--embedding-size", 4, "--shards", 2));
    submit.run("train", options.toArray()).succeeded();
    return sha256(model);
  }

  private String sha256(String model) throws IOException {
    return RoundTripProcessTest.json(folder.resolve(model + ".json"))
        .get("parametersSha256")
        .asText();
  }
}
