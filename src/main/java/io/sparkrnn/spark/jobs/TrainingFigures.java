package io.sparkrnn.spark.jobs;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.course.RoundRecord;
import java.lang.System.Logger.Level;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkEnv;

/**
 * The figures of a training among the metrics of Spark's driver, as source {@value #SOURCE}: what
 * sinks of {@code metrics.properties} show, until it is closed. They are those of the last round.
 *
 * <p>Of trainings side by side in one driver, the first to begin is shown.
 */
public final class TrainingFigures implements TrainingListener, AutoCloseable {
  /** The source's name in Spark's metrics. */
  public static final String SOURCE = "sparkrnn";

  private static final System.Logger LOG = System.getLogger("io.sparkrnn.spark");

  private final MetricRegistry registry = new MetricRegistry();
  private volatile RoundRecord last;
  private Runnable removal = () -> {};

  private TrainingFigures() {
    gauge("epoch", RoundRecord::epoch);
    gauge("round", RoundRecord::round);
    gauge("rounds", RoundRecord::rounds);
    gauge("loss", RoundRecord::loss);
    gauge("divergence", RoundRecord::divergence);
    gauge("roundSeconds", round -> round.times().wall() * 1e-9);
    gauge("examplesPerSecond", RoundRecord::examplesPerSecond);
  }

  /** Shows the figures of a training in the session that runs. */
  public static TrainingFigures show() {
    TrainingFigures figures = new TrainingFigures();
    try {
      figures.removal = FiguresSource.register(SparkEnv.get().metricsSystem(), figures.registry);
    } catch (LinkageError e) { // Spark does not promise to keep these classes
      LOG.log(Level.DEBUG, "this Spark takes no figures of a training", e);
    }
    return figures;
  }

  @Override
  public void roundRecorded(RoundRecord round) {
    last = round;
  }

  private void gauge(String name, ToDoubleFunction<RoundRecord> figure) {
    Gauge<Double> gauge = () -> last == null ? 0.0 : figure.applyAsDouble(last);
    registry.register(name, gauge);
  }

  /** Shows them no longer. */
  @Override
  public void close() {
    removal.run();
  }
}
