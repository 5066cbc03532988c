package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.cli.session.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --layers}, on the command line and in a configuration. */
class LayersOptionTest {
  @TempDir private Path folder;

  private JsonNode train(String model, String... more) throws IOException {
    Path input = folder.resolve("a.csv");
    Files.writeString(input, "text,label\n" + "a good film,1\na bad film,0\n".repeat(20));
    List<String> arguments = new ArrayList<>(List.of("train", "--epochs", "1"));
    arguments.addAll(List.of("--input", input.toString(), "--embedding-size", "2"));
    arguments.addAll(List.of("--model", folder.resolve(model).toString()));
    arguments.addAll(List.of("--master", "local[2]", "--conf", "spark.ui.enabled=false"));
    arguments.addAll(List.of(more));
    PrintStream console = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int code = Main.run(arguments.toArray(String[]::new), new Environment(Path.of(""), false));
      assertEquals(0, code, bytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(console);
    }
    return RoundTripProcessTest.json(folder.resolve(model).resolve("config.json"))
        .at("/network/layers");
  }

  @Test
  void aMixIsTrainedAndItsReportDoesNotSpeakOfOtherLayers() throws IOException {
    String mix = "bidirectional(gru:3, mergeMode=sum), simple_rnn:2 goBackwards";
    JsonNode layers = train("first", "--layers", mix);
    assertEquals("sum", layers.at("/0/mergeMode").asText());
    assertEquals("gru", layers.at("/0/layer/cell").asText());
    assertEquals(2, layers.at("/1/units").asInt());
    assertTrue(layers.at("/1/goBackwards").asBoolean());
    String report = Files.readString(folder.resolve("first/report.html"));
    assertTrue(report.contains(mix), report);
    assertFalse(report.contains("recurrent-dropout"), report);
    Path config = folder.resolve("mine.properties");
    Files.writeString(config, "layers = " + mix + "\n");
    assertEquals(layers, train("second", "--config", config.toString()));
  }

  @Test
  void theLayersOfOneKindCanReadFromTheEnd() throws IOException {
    JsonNode layers = train("model", "--units", "2", "--go-backwards");
    assertTrue(layers.at("/0/goBackwards").asBoolean());
  }
}
