package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts train a language model on any number of cores, and let it speak. */
class LanguageModelProcessTest {
  @TempDir private Path folder;

  private String train(Submit submit, String model, String master) throws Exception {
    submit
        .run(
            "train",
            "--task=language-model",
            "--sample=300",
            "--epochs=2",
            "--units=16",
            "--shards=2",
            "--batch-size=8",
            "--sample-above=20",
            "--softmax-samples=10",
            "--master=" + master,
            "--model=" + model,
            "--metrics=metrics.json")
        .succeeded();
    JsonNode metrics = RoundTripProcessTest.json(folder.resolve("metrics.json"));
    assertTrue(metrics.get("validation").get("perplexity").asDouble() > 1, metrics.toString());
    return metrics.get("parametersSha256").asText();
  }

  @Test
  void coresDoNotChangeTheModelAndItContinuesTexts() throws Exception {
    Submit submit = new Submit(folder);
    assertEquals(train(submit, "one", "local[1]"), train(submit, "two", "local[2]"));
    String said = predict(submit, 5);
    assertTrue(said.startsWith("It was "), said);
    assertEquals(said, predict(submit, 5));
    assertNotEquals(said, predict(submit, 6));
    submit.run("predict", "--model=nowhere", "It was").failed(2, "nowhere");
  }

  private static String predict(Submit submit, int seed) throws Exception {
    return submit
        .run("predict", "--model=two", "--length=12", "--seed=" + seed, "It was")
        .succeeded()
        .out();
  }
}
