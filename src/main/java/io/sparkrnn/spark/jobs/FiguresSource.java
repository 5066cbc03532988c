package io.sparkrnn.spark.jobs;

import com.codahale.metrics.MetricRegistry;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;

/**
 * A source of Spark's metrics.
 *
 * <p>Scala keeps the interface to Spark's own packages, Java does not; a plugin of Spark, the other
 * way, would have to be named before the session begins, which is the user's.
 *
 * @param metricRegistry the metrics
 */
record FiguresSource(MetricRegistry metricRegistry) implements Source {
  @Override
  public String sourceName() {
    return TrainingFigures.SOURCE;
  }

  /**
   * Shows metrics, unless others are shown under this name.
   *
   * @return what ends it
   */
  static Runnable register(MetricsSystem system, MetricRegistry metrics) {
    if (!system.getSourcesByName(TrainingFigures.SOURCE).isEmpty()) {
      return () -> {};
    }
    Source source = new FiguresSource(metrics);
    system.registerSource(source);
    return () -> system.removeSource(source);
  }
}
