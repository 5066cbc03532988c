package io.sparkrnn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.nn.targets.SeriesFrame;
import io.sparkrnn.nn.targets.WindowTargets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastHeadTest {
  private static final List<Double> QUANTILES = List.of(0.1, 0.5, 0.9);

  private static ForecastHead head(Loss loss, List<Double> quantiles) {
    return new ForecastHead(Pooling.LAST, 3, 2, 1, quantiles, loss);
  }

  /** Windows of 4 steps, 3 forecast, of a series of 2 values with something known or nothing. */
  private static PackedBatch batch(int width) {
    SplittableRandom random = new SplittableRandom(3);
    float[] steps = new float[20 * width];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = (float) random.nextDouble(-1, 1);
    }
    SeriesFrame frame = new SeriesFrame(0, new double[2], new double[] {1, 1}, new double[2]);
    int[] starts = IntStream.range(0, 13).toArray();
    WindowTargets windows =
        new WindowTargets(steps, width, 2, 4, 3, 2, starts, new int[13], new SeriesFrame[] {frame});
    int[] offsets = IntStream.rangeClosed(0, 13).map(row -> row * windows.inputSteps()).toArray();
    PackedBatch batch = new PackedBatch();
    batch.assembleWindows(windows, offsets, starts, 0, 13);
    batch.setTargets(windows, null);
    return batch;
  }

  /** The slope of the loss along its gradient is the gradient's norm. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void theGradientIsThatOfTheLoss(int width) {
    PackedBatch batch = batch(width);
    for (List<Double> quantiles : List.of(List.<Double>of(), QUANTILES)) {
      ForecastHead head =
          head(quantiles.isEmpty() ? Loss.MEAN_SQUARED_ERROR : Loss.QUANTILE, quantiles);
      Network network =
          new Network(
              new NetworkSpec(
                  new InputSpec.Vectors(width > 2 ? width + 1 : width),
                  List.of(LayerSpec.Recurrent.of(CellType.LSTM, 6)),
                  head));
      float[] parameters = network.initialParameters(4);
      float[] gradient = new float[parameters.length];
      loss(network, parameters, batch, gradient);
      double norm = 0;
      for (float g : gradient) {
        norm += (double) g * g;
      }
      norm = Math.sqrt(norm);
      double step = 1e-2;
      double above = moved(network, parameters, gradient, step / norm, batch);
      double below = moved(network, parameters, gradient, -step / norm, batch);
      assertEquals(norm, (above - below) / (2 * step), 0.02 * norm, head.toString());
    }
  }

  private static double moved(
      Network network, float[] parameters, float[] gradient, double by, PackedBatch batch) {
    float[] moved = parameters.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (by * gradient[i]);
    }
    return loss(network, moved, batch, new float[moved.length]);
  }

  private static double loss(
      Network network, float[] parameters, PackedBatch batch, float[] gradient) {
    return network.lossAndGradient(
            parameters, batch, network.spec().head().loss(), null, network.newTape(), gradient)
        / batch.size();
  }

  @Test
  void aHeadThatMakesNoSenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> head(Loss.QUANTILE, List.of()));
    assertThrows(IllegalArgumentException.class, () -> head(Loss.MEAN_SQUARED_ERROR, QUANTILES));
    assertThrows(IllegalArgumentException.class, () -> head(Loss.BINARY_CROSSENTROPY, List.of()));
    assertThrows(IllegalArgumentException.class, () -> head(Loss.QUANTILE, List.of(0.9, 0.5)));
    assertThrows(IllegalArgumentException.class, () -> head(Loss.QUANTILE, List.of(0.1, 0.9)));
    assertEquals(18, head(Loss.QUANTILE, QUANTILES).outputs());
    assertEquals(1, head(Loss.QUANTILE, QUANTILES).middle());
  }
}
