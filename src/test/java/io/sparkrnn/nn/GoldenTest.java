package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.text.Padding;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The engine against vectors that Keras computed in float64: every file of the folder named by the
 * system property {@code golden.dir}, else the project's own copy. What a file holds that the
 * project does not know fails.
 */
class GoldenTest {
  private static final Near FORWARD = new Near(1e-5, 1e-5);

  @TestFactory
  Stream<DynamicTest> theEngineComputesWhatKerasComputes() throws IOException, URISyntaxException {
    List<GoldenFile> files = GoldenFile.all();
    assertFalse(files.isEmpty(), "no golden file found");
    return files.stream().map(file -> dynamicTest(file.name(), () -> check(file)));
  }

  private static void check(GoldenFile file) {
    if (file.isPadding()) {
      checkPadding(file);
    } else if (file.isNetwork()) {
      checkNetwork(GoldenNetwork.of(file));
    } else {
      checkLayer(GoldenLayer.of(file));
    }
  }

  private static void checkPadding(GoldenFile file) {
    for (JsonNode node : file.required("cases")) {
      Padding padding =
          new Padding(
              node.get("max_length").asInt(),
              side(node.get("padding")),
              side(node.get("truncating")));
      for (int i = 0; i < node.get("output").size(); i++) {
        int[] padded = padding.pad(ints(file.required("input").get(i)));
        assertArrayEquals(ints(node.get("output").get(i)), padded, padding + " of " + i);
      }
    }
  }

  private static Padding.Side side(JsonNode node) {
    return Padding.Side.valueOf(node.asText().toUpperCase(Locale.ROOT));
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  private static void checkNetwork(GoldenNetwork golden) {
    GoldenFile file = golden.file();
    Engine engine = new Engine(golden.spec());
    float[] parameters = golden.parameters("weights");
    List<ReferenceNetwork.Example> batch = golden.examples();
    checkLayout(file, engine.network().layout());
    FORWARD.check(file.values("prediction"), engine.predict(parameters, batch), "prediction");
    double[] losses = file.values("loss_per_example");
    for (int b = 0; b < losses.length; b++) {
      List<ReferenceNetwork.Example> one =
          List.of(ReferenceNetwork.Example.of(batch.get(b).ids(), batch.get(b).label(), 1));
      double loss = engine.train(parameters, one, golden.loss()).loss();
      FORWARD.check(losses[b], loss, "loss_per_example " + b);
    }
    Engine.Result result = engine.train(parameters, batch, golden.loss());
    FORWARD.check(
        file.required("initial_loss").asDouble(), result.loss() / batch.size(), "initial_loss");
    for (ParameterLayout.Entry entry : engine.network().layout().entries()) {
      double[] expected = file.values("gradients", entry.name());
      double[] actual = Near.widened(result.gradient(), entry.offset(), entry.size());
      gradient(expected).check(expected, actual, "gradient of " + entry.name());
    }
    new TenSteps(golden).check((spec, p, ids, g) -> lossAndGradient(golden, spec, p, ids, g));
  }

  private static double lossAndGradient(
      GoldenNetwork golden, NetworkSpec spec, float[] parameters, List<int[]> ids, float[] g) {
    Engine.Result result = new Engine(spec).train(parameters, golden.examples(ids), golden.loss());
    System.arraycopy(result.gradient(), 0, g, 0, g.length);
    return result.loss() / ids.size();
  }

  /**
   * The tolerance of a tensor of derivatives: |a - b| <= 1e-4 |a| + 1e-6 max|tensor|. An element is
   * a sum whose terms may cancel, and float rounds it by a part of the largest terms and not of
   * what is left of them; the tensor's largest element says how large terms are.
   */
  private static Near gradient(double[] tensor) {
    return new Near(1e-4, 1e-6 * Arrays.stream(tensor).map(Math::abs).max().orElse(0));
  }

  private static double[] flat(double[][][] tensor) {
    return Arrays.stream(tensor).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Names, shapes and order of the parameters are the file's. */
  private static void checkLayout(GoldenFile file, ParameterLayout layout) {
    List<String> names = layout.entries().stream().map(ParameterLayout.Entry::name).toList();
    assertEquals(file.names("weights"), names);
    for (ParameterLayout.Entry entry : layout.entries()) {
      assertArrayEquals(
          ints(file.required("weights").get(entry.name()).get("shape")),
          entry.shape(),
          "shape of " + entry.name());
    }
  }

  private static void checkLayer(GoldenLayer golden) {
    EngineLayer layer = new EngineLayer(golden);
    layer.run();
    checkRun(golden, layer);
    check(FORWARD, golden.outputs(), layer.scores());
  }

  /** Compares what a layer's run has left: outputs and all derivatives. */
  static void checkRun(GoldenLayer golden, EngineLayer layer) {
    double[][][] outputs = layer.outputs();
    double[][][] dInputs = layer.dInputs();
    Near near = gradient(flat(golden.dInputs()));
    for (int b = 0; b < outputs.length; b++) {
      check(FORWARD, golden.outputs()[b], outputs[b], "output " + b);
      check(near, golden.dInputs()[b], dInputs[b], "d_input " + b);
    }
    int offset = 0;
    for (double[] expected : golden.dWeights()) {
      double[] actual = Near.widened(layer.gradient(), offset, expected.length);
      gradient(expected).check(expected, actual, "d_weights from " + offset);
      offset += expected.length;
    }
    assertEquals(offset, layer.gradient().length, "size of d_weights");
  }

  private static void check(Near near, double[][] expected, double[][] actual, String what) {
    assertEquals(expected.length, actual.length, what);
    for (int t = 0; t < expected.length; t++) {
      near.check(expected[t], actual[t], what + " step " + t);
    }
  }

  /** Without keeping anything for a backward pass the outputs are the same. */
  private static void check(Near near, double[][][] expected, double[][][] actual) {
    for (int b = 0; b < expected.length; b++) {
      check(near, expected[b], actual[b], "output " + b);
    }
  }
}
