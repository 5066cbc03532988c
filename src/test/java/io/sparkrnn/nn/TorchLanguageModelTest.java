package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.nn.targets.IdTargets;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loss, gradients and carried states of language models against PyTorch in double. */
class TorchLanguageModelTest {
  private static final Near NEAR = new Near(2e-4, 2e-6);

  @ParameterizedTest
  @ValueSource(strings = {"full_tied", "full_projected", "full_untied"})
  void segmentsOfAStreamHaveTorchsLossAndGradients(String name) throws IOException {
    JsonNode golden = read(name);
    int tokens = golden.get("vocabularySize").asInt();
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec.Tokens(tokens, golden.get("embeddingSize").asInt(), true),
            List.of(LayerSpec.Recurrent.of(CellType.LSTM, golden.get("units").asInt())),
            new TokenHead(tokens, golden.get("tied").asBoolean(), 0));
    Network network = new Network(spec);
    float[] parameters = new float[network.layout().size()];
    for (ParameterLayout.Entry entry : network.layout().entries()) {
      double[] values = values(golden.get("parameters").get(entry.name()));
      assertEquals(entry.size(), values.length, entry.name());
      System.arraycopy(Engine.narrow(values), 0, parameters, entry.offset(), entry.size());
    }
    int rows = golden.get("ids").size();
    States states = States.zeros(spec, rows);
    Tape tape = network.newTape();
    for (int s = 0; s < 2; s++) {
      PackedBatch batch = segment(golden, s);
      Gradient gradient = network.newGradient(false);
      tape.startFrom(states);
      double sum =
          network.lossAndGradient(
              parameters, batch, Loss.CATEGORICAL_CROSSENTROPY, null, tape, gradient);
      tape.readFinal(batch, states);
      JsonNode expected = golden.get("segments").get(s);
      NEAR.check(expected.get("loss").asDouble(), sum / batch.tokens(), "loss");
      for (ParameterLayout.Entry entry : network.layout().entries()) {
        NEAR.check(
            values(expected.get("gradients").get(entry.name())),
            Engine.narrow(Near.widened(gradient.values(), entry.offset(), entry.size())),
            "gradient of " + entry.name() + " in segment " + s);
      }
    }
  }

  private static PackedBatch segment(JsonNode golden, int segment) {
    int length = golden.get("segmentLength").asInt();
    int rows = golden.get("ids").size();
    int[] ids = new int[rows * length];
    int[] next = new int[rows * length];
    int[] offsets = new int[rows + 1];
    int[] places = new int[rows];
    for (int row = 0; row < rows; row++) {
      JsonNode stream = golden.get("ids").get(row);
      for (int t = 0; t < length; t++) {
        ids[row * length + t] = stream.get(segment * length + t).asInt();
        next[row * length + t] = stream.get(segment * length + t + 1).asInt();
      }
      offsets[row + 1] = (row + 1) * length;
      places[row] = row;
    }
    PackedBatch batch = new PackedBatch();
    batch.assemble(ids, offsets, places, 0, rows);
    batch.setTargets(new IdTargets(next, offsets), null);
    return batch;
  }

  private static double[] values(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  private static JsonNode read(String name) throws IOException {
    String file = "/language-model/" + name + ".json";
    try (InputStream in = TorchLanguageModelTest.class.getResourceAsStream(file)) {
      return new ObjectMapper().readTree(in);
    }
  }
}
