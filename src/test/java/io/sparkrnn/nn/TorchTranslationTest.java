package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.nn.targets.IdTargets;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loss and gradients of translators against PyTorch in double; a script beside the files. */
class TorchTranslationTest {
  private static final Near NEAR = new Near(2e-4, 2e-6);

  @ParameterizedTest
  @ValueSource(strings = {"general", "additive"})
  void pairsHaveTorchsLossAndGradients(String name) throws IOException {
    JsonNode golden = read(name);
    Network network = new Network(spec(golden));
    float[] parameters = new float[network.layout().size()];
    for (ParameterLayout.Entry entry : network.layout().entries()) {
      double[] values = values(golden.get("parameters").get(entry.name()));
      assertEquals(entry.size(), values.length, entry.name());
      System.arraycopy(Engine.narrow(values), 0, parameters, entry.offset(), entry.size());
    }
    assertEquals(network.layout().entries().size(), golden.get("parameters").size());
    PackedBatch batch = new PackedBatch();
    int rows = golden.get("sources").size();
    batch.assemble(
        ids(golden.get("sources")),
        offsets(golden.get("sources")),
        IntStream.range(0, rows).toArray(),
        0,
        rows);
    batch.setTargets(
        new IdTargets(ids(golden.get("targets")), offsets(golden.get("targets"))), null);
    Gradient gradient = network.newGradient(false);
    double sum =
        network.lossAndGradient(
            parameters, batch, Loss.CATEGORICAL_CROSSENTROPY, null, network.newTape(), gradient);
    NEAR.check(golden.get("loss").asDouble(), sum, "loss");
    for (ParameterLayout.Entry entry : network.layout().entries()) {
      NEAR.check(
          values(golden.get("gradients").get(entry.name())),
          Engine.narrow(Near.widened(gradient.values(), entry.offset(), entry.size())),
          "gradient of " + entry.name());
    }
  }

  private static NetworkSpec spec(JsonNode golden) {
    int depth = golden.get("depth").asInt();
    int size = golden.get("embeddingSize").asInt();
    LayerSpec.Recurrent encoder = Cases.layer(CellType.LSTM, golden.get("units").asInt());
    LayerSpec.Recurrent decoder = Cases.layer(CellType.LSTM, golden.get("decoderUnits").asInt());
    LayerSpec layer =
        golden.get("bidirectional").asBoolean()
            ? new LayerSpec.Bidirectional(encoder, MergeMode.CONCAT)
            : encoder;
    return new NetworkSpec(
        new InputSpec.Tokens(golden.get("sourceVocabulary").asInt(), size, true),
        Collections.nCopies(depth, layer),
        new TranslationHead(
            golden.get("targetVocabulary").asInt(),
            size,
            Collections.nCopies(depth, decoder),
            golden.get("additive").asBoolean()
                ? TranslationHead.Score.ADDITIVE
                : TranslationHead.Score.GENERAL,
            golden.get("tied").asBoolean()));
  }

  private static int[] ids(JsonNode rows) {
    return IntStream.range(0, rows.size())
        .flatMap(r -> IntStream.range(0, rows.get(r).size()).map(t -> rows.get(r).get(t).asInt()))
        .toArray();
  }

  private static int[] offsets(JsonNode rows) {
    int[] offsets = new int[rows.size() + 1];
    for (int r = 0; r < rows.size(); r++) {
      offsets[r + 1] = offsets[r] + rows.get(r).size();
    }
    return offsets;
  }

  private static double[] values(JsonNode array) {
    return IntStream.range(0, array.size()).mapToDouble(i -> array.get(i).asDouble()).toArray();
  }

  private static JsonNode read(String name) throws IOException {
    String file = "/translation/" + name + ".json";
    try (InputStream in = TorchTranslationTest.class.getResourceAsStream(file)) {
      return new ObjectMapper().readTree(in);
    }
  }
}
