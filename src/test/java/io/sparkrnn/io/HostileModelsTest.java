package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that ask for gigabytes are refused in a line each, in a JVM that has 256 MB. */
class HostileModelsTest {
  private static final List<String> EXPECTED =
      List.of(
          "config.json: network: units must be <= 46340, got 2147483647",
          "config.json: the network must have fewer than 2^31 parameters",
          "config.json: network: units must be > 0, got -3",
          "config.json: network.input.vocabularySize must be less than 2^31, got 1000000000000",
          "weights.safetensors: tensor 'embedding/embeddings' must have shape [1000000000, 2]",
          "config.json: the network must have fewer than 2^31 parameters",
          "config.json: the network must have fewer than 2^31 parameters",
          "config.json: network.layers[0].dropout must be less than 2^1024, got",
          "config.json: network: dropout must be in [0, 1), got NaN",
          "config.json: maxLength must be <= 1000000 where padding is read, got 2000000000",
          "config.json: is no valid JSON: Document nesting depth",
          "config.json: is no valid JSON: Token count",
          "config.json: labels must hold strings, got 1",
          "config.json: must have at most 16777216 bytes, and has more",
          "weights.safetensors: is truncated",
          "config.json: must be a JSON object",
          "weights.safetensors: header length must be in [2, 16777216], got 0",
          "history.json: must be a JSON object",
          "vocabulary.txt: line 3 of the vocabulary must have at most 196605 bytes, and has more");

  @TempDir private Path folder;

  @Test
  void whatTheyAskForIsNotAllocated() {
    List<String> lines =
        ChildJvm.plain()
            .with("-Xmx256m", "-XX:TieredStopAtLevel=1")
            .run(HostileModels.class, folder.toString())
            .lines()
            .toList();
    assertEquals(EXPECTED.size(), lines.size(), () -> String.join("\n", lines));
    for (int i = 0; i < lines.size(); i++) {
      assertTrue(lines.get(i).startsWith(EXPECTED.get(i)), lines.get(i));
      assertTrue(lines.get(i).length() < 600, lines.get(i));
    }
  }
}
