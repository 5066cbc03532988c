package io.sparkrnn.nn;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The plain-double reference against Keras, so that two witnesses stand behind the engine. */
class ReferenceGoldenTest {
  private static final Near NEAR = new Near(1e-9, 1e-11);

  @TestFactory
  Stream<DynamicTest> theReferenceComputesWhatKerasComputes()
      throws IOException, URISyntaxException {
    return GoldenFile.all().stream()
        .filter(file -> !file.isPadding())
        .map(file -> dynamicTest(file.name(), () -> check(file)));
  }

  /** Shows that the optimizers follow Keras, whatever the engine does. */
  @TestFactory
  Stream<DynamicTest> tenOptimizerStepsOnTheReferenceFollowKeras()
      throws IOException, URISyntaxException {
    return GoldenFile.all().stream()
        .filter(GoldenFile::isNetwork)
        .map(GoldenNetwork::of)
        .map(golden -> dynamicTest(golden.file().name(), () -> tenSteps(golden)));
  }

  private static void tenSteps(GoldenNetwork golden) {
    new TenSteps(golden)
        .check(
            (spec, parameters, ids, gradient) -> {
              ReferenceNetwork network =
                  new ReferenceNetwork(spec, ReferenceParameters.of(spec, parameters));
              List<ReferenceNetwork.Example> batch = golden.examples(ids);
              double[] d = network.gradient(batch, golden.loss()).flat();
              for (int i = 0; i < d.length; i++) {
                gradient[i] = (float) d[i];
              }
              return network.loss(batch, golden.loss()) / batch.size();
            });
  }

  private static void check(GoldenFile file) {
    if (file.isNetwork()) {
      checkNetwork(GoldenNetwork.of(file));
    } else {
      checkLayer(GoldenLayer.of(file));
    }
  }

  private static void checkLayer(GoldenLayer golden) {
    List<ReferenceWeights> weights = ReferenceParameters.zeros(golden.spec(), golden.inputSize());
    List<ReferenceWeights> gradient = ReferenceParameters.zeros(golden.spec(), golden.inputSize());
    fill(matrices(weights), golden.weights());
    ReferenceLayer layer = ReferenceLayer.of(golden.spec(), weights);
    List<DropoutMasks> masks = weights.stream().map(DropoutMasks::none).toList();
    for (int b = 0; b < golden.inputs().length; b++) {
      double[][] inputs = golden.inputs()[b];
      ReferenceLayer.Outputs outputs = layer.forward(inputs, masks);
      double[][] shown = golden.everyStep() ? outputs.steps() : new double[][] {outputs.last()};
      check(golden.outputs()[b], shown, "output " + b);
      double[][] dInputs = layer.backward(inputs, masks, probe(golden, b), gradient);
      check(golden.dInputs()[b], dInputs, "d_input " + b);
    }
    List<DMatrixRMaj> computed = matrices(gradient);
    for (int i = 0; i < computed.size(); i++) {
      NEAR.check(golden.dWeights().get(i), computed.get(i).data, "d_weights " + i);
    }
  }

  private static ReferenceLayer.Outputs probe(GoldenLayer golden, int b) {
    double[][] probe = golden.probes()[b];
    int size = golden.spec().outputSize();
    return golden.everyStep()
        ? new ReferenceLayer.Outputs(probe, new double[size])
        : new ReferenceLayer.Outputs(new double[golden.inputs()[b].length][size], probe[0]);
  }

  private static void checkNetwork(GoldenNetwork golden) {
    GoldenFile file = golden.file();
    ReferenceParameters parameters = ReferenceParameters.zeros(golden.spec());
    fill(
        parameters.matrices(),
        file.names("weights").stream().map(name -> file.values("weights", name)).toList());
    ReferenceNetwork network = new ReferenceNetwork(golden.spec(), parameters);
    List<ReferenceNetwork.Example> batch = golden.examples();
    double[] predictions =
        batch.stream()
            .flatMapToDouble(e -> Arrays.stream(network.prediction(e, golden.loss())))
            .toArray();
    NEAR.check(file.values("prediction"), predictions, "prediction");
    double loss = network.loss(batch, golden.loss()) / batch.size();
    NEAR.check(file.required("initial_loss").asDouble(), loss, "initial_loss");
    double[] perExample = file.values("loss_per_example");
    for (int b = 0; b < perExample.length; b++) {
      ReferenceNetwork.Example unweighted =
          ReferenceNetwork.Example.of(batch.get(b).ids(), batch.get(b).label(), 1);
      double one = network.loss(List.of(unweighted), golden.loss());
      NEAR.check(perExample[b], one, "loss_per_example " + b);
    }
    List<DMatrixRMaj> gradient = network.gradient(batch, golden.loss()).matrices();
    List<String> names = file.names("gradients");
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      NEAR.check(file.values("gradients", name), gradient.get(i).data, name);
    }
  }

  private static void check(double[][] expected, double[][] actual, String what) {
    for (int t = 0; t < expected.length; t++) {
      NEAR.check(expected[t], actual[t], what + " step " + t);
    }
  }

  private static List<DMatrixRMaj> matrices(List<ReferenceWeights> weights) {
    List<DMatrixRMaj> all = new ArrayList<>();
    weights.forEach(w -> all.addAll(List.of(w.kernel(), w.recurrent(), w.bias())));
    return all;
  }

  private static void fill(List<DMatrixRMaj> matrices, List<double[]> values) {
    for (int i = 0; i < matrices.size(); i++) {
      double[] data = matrices.get(i).data;
      if (data.length != values.get(i).length) {
        throw new IllegalArgumentException("sizes differ at matrix " + i);
      }
      System.arraycopy(values.get(i), 0, data, 0, data.length);
    }
  }
}
