package io.sparkrnn.nn;

import io.sparkrnn.nn.ReferenceNetwork.Example;
import io.sparkrnn.nn.output.LossFunction;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Label smoothing through a whole network, against the reference, which does not know it. */
class LabelSmoothingTest {
  private static final double SMOOTHING = 0.3;
  private static final Near NEAR = new Near(1e-4, 3e-6);

  /** Cross-entropy is linear in the target, so the reference's losses by class are mixed. */
  @ParameterizedTest
  @CsvSource({
    "BINARY_CROSSENTROPY, LAST, 2",
    "BINARY_CROSSENTROPY, ATTENTION, 2",
    "BINARY_CROSSENTROPY, EVERY_STEP, 2",
    "CATEGORICAL_CROSSENTROPY, LAST, 4",
    "CATEGORICAL_CROSSENTROPY, MAX_MEAN, 4",
    "CATEGORICAL_CROSSENTROPY, EVERY_STEP, 4"
  })
  void theGradientIsThatOfTheMixedTargets(Loss loss, Pooling pooling, int classes) {
    NetworkSpec spec =
        new NetworkSpec(
            new InputSpec.Tokens(Cases.VOCABULARY, 5, true),
            List.of(Cases.layer(CellType.GRU, 6)),
            Cases.head(loss, pooling));
    float[] parameters = Cases.parameters(spec, 0.7, 17);
    List<Example> batch = Cases.labelled(spec, loss, Cases.ragged(2), 8);
    ReferenceNetwork reference =
        new ReferenceNetwork(spec, ReferenceParameters.of(spec, parameters));
    double[] expected = new double[parameters.length];
    double expectedLoss = add(reference, batch, loss, 1 - SMOOTHING, expected);
    for (int k = 0; k < classes; k++) {
      int label = k;
      List<Example> relabelled = batch.stream().map(e -> relabelled(e, label)).toList();
      expectedLoss += add(reference, relabelled, loss, SMOOTHING / classes, expected);
    }
    Engine engine = new Engine(spec);
    Gradient gradient = engine.network().newGradient(false);
    LossFunction smoothed = new LossFunction(loss, SMOOTHING);
    double sum =
        engine
            .network()
            .addLossAndGradient(
                parameters,
                engine.pack(batch),
                reference.divisor(batch),
                smoothed,
                null,
                engine.tape(),
                gradient);
    NEAR.check(expectedLoss, sum, "loss");
    NEAR.check(expected, gradient.values(), "gradient");
  }

  private static Example relabelled(Example example, int label) {
    return example.stepLabels() == null
        ? example.withLabel(label)
        : example.withStepLabels(ReferenceMath.scaled(ReferenceMath.ones(example.steps()), label));
  }

  /** Adds a multiple of the reference's gradient and returns the same multiple of its loss. */
  private static double add(
      ReferenceNetwork reference, List<Example> batch, Loss loss, double scale, double[] sum) {
    double[] gradient = reference.gradient(batch, loss).flat();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += scale * gradient[i];
    }
    return scale * reference.loss(batch, loss);
  }
}
