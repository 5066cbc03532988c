package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.cli.session.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedVectorsOptionTest {
  @TempDir private Path folder;

  @Test
  void coverageIsToldOnStderrInMetricsAndInTheReport() throws IOException {
    Path input = folder.resolve("a.csv");
    Files.writeString(input, "text,label\n" + "a good film,1\na bad film,0\n".repeat(20));
    Path vectors = Files.writeString(folder.resolve("v.txt"), "film 1 2\ngood 3 4\nother 5 6\n");
    String[] arguments = {
      "train",
      "--input",
      input.toString(),
      "--model",
      folder.resolve("model").toString(),
      "--metrics",
      folder.resolve("metrics.json").toString(),
      "--epochs",
      "1",
      "--units",
      "2",
      "--embedding-size",
      "2",
      "--pretrained-vectors",
      vectors.toString(),
      "--freeze-embedding",
      "--master",
      "local[2]",
      "--conf",
      "spark.ui.enabled=false"
    };
    String err = run(arguments);
    String expected = "v.txt has 2 of 4 words (50.0 %), 50.0 % of all tokens";
    assertTrue(err.contains(expected), err);
    JsonNode coverage =
        RoundTripProcessTest.json(folder.resolve("metrics.json")).get("pretrainedVectors");
    assertEquals(2, coverage.get("wordsFound").asInt());
    assertEquals(0.5, coverage.get("tokenShare").asDouble());
    String report = Files.readString(folder.resolve("model/report.html"));
    assertTrue(report.contains(expected), report);
  }

  private static String run(String... arguments) {
    PrintStream console = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int code = Main.run(arguments, new Environment(Path.of(""), false));
      String err = bytes.toString(StandardCharsets.UTF_8);
      assertEquals(0, code, err);
      return err;
    } finally {
      System.setErr(console);
    }
  }
}
