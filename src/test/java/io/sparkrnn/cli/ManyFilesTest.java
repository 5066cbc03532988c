package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.cli.session.Environment;
import io.sparkrnn.spark.TestSpark;
import io.sparkrnn.spark.TinyTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of many files come out in the order of paths and lines, all of them once. */
class ManyFilesTest {
  private static final int FILES = 1_000;

  @TempDir private Path folder;

  private Path model() throws IOException {
    Path model = folder.resolve("model");
    TestSpark.session();
    TinyTexts.model("good", "bad").save(model.toString());
    return model;
  }

  /** Files get fewer rows the later they come, then more again, so that their sizes differ. */
  private static int rows(int file) {
    return 1 + Math.abs(file % 7 - 3);
  }

  private static List<String> ids(int file) {
    return IntStream.range(0, rows(file)).mapToObj(row -> file + "-" + row).toList();
  }

  private List<String> scored(Path input) throws IOException {
    Path output = folder.resolve("scored");
    String[] arguments = {
      "score",
      "--model",
      model().toString(),
      "--input",
      input.toString(),
      "--output",
      output.toString(),
      "--format",
      "json",
      "--metrics",
      folder.resolve("metrics.json").toString(),
      "--quiet"
    };
    assertEquals(0, Main.run(arguments, new Environment(Path.of(""), false)));
    List<String> ids = new ArrayList<>();
    try (Stream<Path> parts = Files.list(output)) {
      for (Path part : parts.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
        for (String line : Files.readAllLines(part)) {
          ids.add(new ObjectMapper().readTree(line).get("id").asText());
        }
      }
    }
    return ids;
  }

  @Test
  void rowsOfAThousandFilesStayInOrder() throws IOException {
    Path input = Files.createDirectory(folder.resolve("input"));
    List<String> expected = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      List<String> ids = ids(file);
      expected.addAll(ids);
      StringBuilder text = new StringBuilder("id,text\n");
      ids.forEach(id -> text.append(id).append(",good film\n"));
      Files.writeString(input.resolve("%05d.csv".formatted(file)), text);
    }
    assertEquals(expected, scored(input));
    JsonNode metrics = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
    assertEquals(expected.size(), metrics.get("rowsIn").asInt());
    assertEquals(expected.size(), metrics.get("rowsScored").asInt());
  }
}
