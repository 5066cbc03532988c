package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.targets.SequenceTargets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers on the scale of their labels, by each loss of numbers. */
class ValueHeadTest {
  private static final double MEAN = -3;
  private static final double DEVIATION = 5;
  private static final int[] IDS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  private static final int[] OFFSETS = {0, 1, 4, 10};
  private static final float[] LABELS = {-9, -2.5f, 7};
  private static final float[] WEIGHTS = {1, 0.5f, 2};

  private static Network network(HeadSpec head) {
    return new Network(
        new NetworkSpec(
            new InputSpec.Tokens(Cases.VOCABULARY, 5, true),
            List.of(Cases.layer(CellType.GRU, 4)),
            head));
  }

  private static PackedBatch batch(float[] labels) {
    PackedBatch batch = new PackedBatch();
    batch.assemble(IDS, OFFSETS, IntStream.range(0, 3).toArray(), 0, 3);
    batch.setTargets(new SequenceTargets(labels), WEIGHTS);
    return batch;
  }

  private static double loss(Network network, float[] parameters) {
    Loss loss = network.spec().head().loss();
    return network.lossAndGradient(
        parameters, batch(LABELS), loss, null, network.newTape(), network.newGradient(false));
  }

  private static float[] predictions(Network network, float[] parameters) {
    Tape tape = network.newTape();
    PackedBatch batch = batch(LABELS);
    network.forward(parameters, batch, tape);
    float[] byRow = new float[3];
    for (int b = 0; b < 3; b++) {
      byRow[batch.row(b)] = tape.predictions()[b];
    }
    return byRow;
  }

  /**
   * The formulas of tf.keras.losses (Huber, MeanAbsoluteError, MeanSquaredError), of standardized
   * numbers, in double.
   */
  private static double keras(Loss loss, double delta, double error) {
    double size = Math.abs(error);
    return switch (loss) {
      case MEAN_SQUARED_ERROR -> error * error;
      case MEAN_ABSOLUTE_ERROR -> size;
      default -> size <= delta ? 0.5 * error * error : delta * size - 0.5 * delta * delta;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "MEAN_SQUARED_ERROR, 1",
    "MEAN_ABSOLUTE_ERROR, 1",
    "HUBER, 1",
    "HUBER, 0.05",
    "HUBER, 9"
  })
  void theLossIsThatOfStandardizedLabelsAndItsGradientFits(Loss loss, double delta) {
    Network network = network(new ValueHead(Pooling.MEAN, loss, delta, MEAN, DEVIATION));
    float[] parameters = Cases.parameters(network.spec(), 0.6, 5);
    float[] predictions = predictions(network, parameters);
    double expected = 0;
    for (int row = 0; row < 3; row++) {
      double error = (predictions[row] - MEAN) / DEVIATION - (LABELS[row] - MEAN) / DEVIATION;
      expected += WEIGHTS[row] * keras(loss, delta, error);
    }
    assertEquals(expected, 3 * loss(network, parameters) / 3, 1e-5);

    Gradient gradient = network.newGradient(false);
    network.lossAndGradient(parameters, batch(LABELS), loss, null, network.newTape(), gradient);
    for (int i = 0; i < parameters.length; i++) {
      float[] more = parameters.clone();
      float[] less = parameters.clone();
      more[i] += 1e-2f;
      less[i] -= 1e-2f;
      double numeric =
          (loss(network, more) - loss(network, less)) / ((double) more[i] - less[i]) / 3;
      assertEquals(numeric, gradient.values()[i], 2e-3 + 0.02 * Math.abs(numeric), "of " + i);
    }
  }

  @Test
  void theScaleOfLabelsDoesNotChangeWhatIsLearned() {
    ValueHead plain = new ValueHead(Pooling.LAST, Loss.HUBER, 0.5);
    Network standard = network(plain);
    Network scaled = network(plain.scaledTo(MEAN, DEVIATION));
    float[] parameters = Cases.parameters(standard.spec(), 0.6, 5);
    float[] standardized = new float[3];
    for (int row = 0; row < 3; row++) {
      standardized[row] = (float) ((LABELS[row] - MEAN) / DEVIATION);
    }
    Gradient one = standard.newGradient(false);
    Gradient other = scaled.newGradient(false);
    standard.lossAndGradient(
        parameters, batch(standardized), Loss.HUBER, null, standard.newTape(), one);
    scaled.lossAndGradient(parameters, batch(LABELS), Loss.HUBER, null, scaled.newTape(), other);
    new Near(1e-5, 1e-7)
        .check(
            Near.widened(one.values(), 0, parameters.length),
            other.values(),
            "gradient on another scale");
    float[] z = predictions(standard, parameters);
    float[] y = predictions(scaled, parameters);
    for (int row = 0; row < 3; row++) {
      assertEquals((float) (MEAN + DEVIATION * z[row]), y[row]);
    }
  }

  @Test
  void labelsThatAreAllTheSameAreOnlyMoved() {
    ValueHead head = new ValueHead(Pooling.LAST, Loss.MEAN_SQUARED_ERROR, 1).scaledTo(7, 0);
    assertEquals(7, head.mean());
    assertEquals(1, head.deviation());
  }

  @Test
  void whatIsNoHeadOfNumbersIsRefused() {
    refused(
        "loss of numbers must be mean_squared_error, mean_absolute_error or huber, got"
            + " binary_crossentropy",
        () -> new ValueHead(Pooling.LAST, Loss.BINARY_CROSSENTROPY, 1));
    refused(
        "pooling must leave one vector, got EVERY_STEP",
        () -> new ValueHead(Pooling.EVERY_STEP, Loss.HUBER, 1));
    refused(
        "delta must be > 0 and finite, got 0.0", () -> new ValueHead(Pooling.LAST, Loss.HUBER, 0));
    refused(
        "mean must be finite, got NaN",
        () -> new ValueHead(Pooling.LAST, Loss.HUBER, 1).scaledTo(Double.NaN, 1));
    refused(
        "loss must be HUBER, got MEAN_ABSOLUTE_ERROR",
        () -> new ValueHead(Pooling.LAST, Loss.HUBER, 1).check(Loss.MEAN_ABSOLUTE_ERROR));
  }

  private static void refused(String message, Runnable wrong) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, wrong::run).getMessage());
  }
}
