package io.sparkrnn.report;

import io.sparkrnn.report.LineChart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Forecasts beside what came, a chart for each series. */
final class ForecastSection {
  private ForecastSection() {}

  static void write(Html page, List<ForecastPlot> plots) {
    if (plots.isEmpty()) {
      return;
    }
    page.element("h2", "Forecasts");
    for (ForecastPlot plot : plots) {
      chart(page, plot);
    }
  }

  private static void chart(Html page, ForecastPlot plot) {
    List<Series> lines = new ArrayList<>();
    lines.add(new Series("actual", plot.actual()));
    lines.add(new Series("forecast", plot.forecast()));
    if (plot.low().length > 0) {
      lines.add(new Series("least quantile", plot.low()));
      lines.add(new Series("greatest quantile", plot.high()));
    }
    double[] all = lines.stream().flatMapToDouble(line -> DoubleStream.of(line.values())).toArray();
    String name = plot.series().isEmpty() ? plot.value() : plot.series() + ", " + plot.value();
    new LineChart(
            LineChart.FULL,
            "%s: %d steps ahead, from %s to %s"
                .formatted(name, plot.horizon(), plot.times()[0], plot.times()[1]),
            "step",
            Axis.whole(1, plot.actual().length),
            Axis.linear(all),
            1,
            -1,
            lines)
        .write(page);
  }
}
