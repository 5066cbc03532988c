package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.spark.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
  @TempDir private Path folder;

  @Test
  void metricsReplaceTheFileAndNothingElseIsLeft() throws IOException {
    Path path = folder.resolve("metrics.json");
    Files.writeString(path, "old");
    MetricsFile.at(path).write(MetricsFile.object().put("rowsIn", 3));
    assertEquals(3, new ObjectMapper().readTree(path.toFile()).get("rowsIn").asInt());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void noPathMeansNoFile() throws IOException {
    MetricsFile.at(null).write(MetricsFile.object());
  }

  @Test
  void aPathThatCannotBeWrittenIsRefusedBeforeTheWork() {
    Path path = folder.resolve("none/metrics.json");
    assertEquals(
        "metrics file " + path + " cannot be written",
        assertThrows(InputException.class, () -> MetricsFile.at(path)).getMessage());
    assertThrows(InputException.class, () -> MetricsFile.at(folder));
  }
}
