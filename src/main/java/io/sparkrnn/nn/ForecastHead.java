package io.sparkrnn.nn;

import io.sparkrnn.kernel.Require;
import io.sparkrnn.nn.targets.TargetKind;
import java.util.List;
import java.util.Objects;

/**
 * The values that come after a sequence, all of them at once: a dense layer over pooled steps.
 *
 * <pre>
 *   y(h, v, q) = output (h V + v) Q + q      step h of the horizon, value v of V, quantile q of Q
 *   squared:   loss = (z - y)^2     absolute: |z - y|
 *   quantile:  loss = max(p (y - z), (p - 1) (y - z))     p the probability of the quantile
 * </pre>
 *
 * <p>The loss of a sequence is the mean over its outputs. Quantiles of a prediction are put in
 * order, so that none lies above one of a larger probability.
 *
 * @param pooling what the dense layer sees of the steps
 * @param horizon steps that are forecast, H
 * @param values values of a step, V
 * @param season steps after which values come again, by which forecasts are measured; 1 without any
 * @param quantiles probabilities of the quantiles, ascending, 0.5 among them, which is the
 *     forecast; empty for the forecast alone
 * @param loss mean squared or absolute error, or quantile where there are quantiles
 * @see <a href="https://doi.org/10.2307/1913643">Koenker and Bassett, 1978</a> (quantile loss)
 * @see <a href="https://doi.org/10.3982/ECTA7880">Chernozhukov et al., 2010</a> (rearrangement)
 */
public record ForecastHead(
    Pooling pooling, int horizon, int values, int season, List<Double> quantiles, Loss loss)
    implements HeadSpec {
  /** The quantile that is the forecast. */
  public static final double MEDIAN = 0.5;

  public ForecastHead {
    Objects.requireNonNull(pooling, "pooling");
    Require.atLeast(1, "horizon", horizon);
    Require.atLeast(1, "values", values);
    Require.atLeast(1, "season", season);
    quantiles = List.copyOf(quantiles);
    if (pooling == Pooling.EVERY_STEP) {
      throw new IllegalArgumentException("pooling must leave one vector, got " + pooling);
    }
    if (loss.isOfClasses() || (loss == Loss.QUANTILE) == quantiles.isEmpty()) {
      throw new IllegalArgumentException(
          "loss of forecasts must be quantile with quantiles, or else mean_squared_error or mean_absolute_error, got %s and quantiles %s"
              .formatted(loss, quantiles));
    }
    for (int q = 0; q < quantiles.size(); q++) {
      double p = quantiles.get(q);
      if (!(p > 0 && p < 1) || (q > 0 && p <= quantiles.get(q - 1))) {
        throw new IllegalArgumentException(
            "quantiles must be in (0, 1) and ascending, got " + quantiles);
      }
    }
    if (!quantiles.isEmpty() && !quantiles.contains(MEDIAN)) {
      throw new IllegalArgumentException(
          "quantiles must have 0.5 among them, which is the forecast, got " + quantiles);
    }
  }

  /** Returns how many values are forecast of a sequence, H V. */
  public int forecasts() {
    return Math.multiplyExact(horizon, values);
  }

  /** Returns how many outputs each of them has, Q, or 1 without quantiles. */
  public int outputsEach() {
    return Math.max(1, quantiles.size());
  }

  /** Returns which of the outputs of a value is the forecast. */
  public int middle() {
    return Math.max(0, quantiles.indexOf(MEDIAN));
  }

  /**
   * Returns the loss of one value, the mean over its outputs.
   *
   * @param outputs its outputs from {@code at} on. Not modified.
   * @param target what came
   */
  public double loss(float[] outputs, int at, double target) {
    double sum = 0;
    for (int q = 0; q < outputsEach(); q++) {
      sum += loss(q, outputs[at + q] - target);
    }
    return sum / outputsEach();
  }

  private double loss(int q, double error) {
    return switch (loss) {
      case MEAN_SQUARED_ERROR -> error * error;
      case MEAN_ABSOLUTE_ERROR -> Math.abs(error);
      default -> error > 0 ? (1 - quantiles.get(q)) * error : -quantiles.get(q) * error;
    };
  }

  /** Returns the derivative of the loss by output {@code q} of a value; 0 where it has a kink. */
  public double slope(int q, double error) {
    return switch (loss) {
      case MEAN_SQUARED_ERROR -> 2 * error;
      case MEAN_ABSOLUTE_ERROR -> Math.signum(error);
      default -> error == 0 ? 0 : error > 0 ? 1 - quantiles.get(q) : -quantiles.get(q);
    };
  }

  @Override
  public int outputs() {
    return Math.multiplyExact(forecasts(), outputsEach());
  }

  @Override
  public Activation activation() {
    return Activation.LINEAR;
  }

  @Override
  public TargetKind targets() {
    return TargetKind.WINDOW;
  }

  @Override
  public int predictions(int steps) {
    return 1;
  }

  @Override
  public void check(Loss given) {
    if (given != loss) {
      throw new IllegalArgumentException("loss must be %s, got %s".formatted(loss, given));
    }
  }

  @Override
  public String need() {
    return "a forecast needs windows with the values after them";
  }
}
