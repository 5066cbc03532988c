package io.sparkrnn.spark.series;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.targets.WindowTargets;
import io.sparkrnn.report.ForecastPlot;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.series.LearntSeries;
import io.sparkrnn.train.series.SeriesSplit;
import io.sparkrnn.train.series.SeriesSplit.Part;
import io.sparkrnn.train.series.TimeSeries;
import io.sparkrnn.train.series.WindowPacker;
import io.sparkrnn.train.shards.PackedShard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Forecasts of the first series beside what came, for a report: the end of a part of each. */
public final class SeriesPlots {
  private static final int SERIES = 3;
  private static final int STEPS = 150;

  private SeriesPlots() {}

  /** Returns the plots of the first value of the first series by name. */
  public static List<ForecastPlot> of(
      SavedModel model, SeriesRows rows, SeriesSplit split, Part part) {
    List<ForecastPlot> plots = new ArrayList<>();
    Scorer scorer = new Scorer(new FrozenNetwork(new Network(model.network()), model.parameters()));
    for (TimeSeries series : rows.first(SERIES)) {
      int end = split.to(part, series.end());
      int from = Math.max(split.from(part, series.end()), model.series().layout().window());
      int horizon = model.series().layout().horizon();
      int blocks = Math.min((end - from) / horizon, Math.max(1, STEPS / horizon));
      if (blocks > 0) {
        plots.add(plot(model, scorer, series, end - blocks * horizon, end));
      }
    }
    return plots;
  }

  private static ForecastPlot plot(
      SavedModel model, Scorer scorer, TimeSeries series, int from, int end) {
    ForecastHead head = (ForecastHead) model.network().head();
    double[][] lines = new double[head.outputsEach()][end - from];
    Arrays.stream(lines).forEach(line -> Arrays.fill(line, Double.NaN));
    LearntSeries learnt = model.series();
    for (int origin = from; origin < end; origin += head.horizon()) {
      WindowPacker packer = new WindowPacker(learnt.layout());
      learnt.addWindows(series, origin, origin + 1, end, packer);
      PackedShard window = packer.build();
      if (window.rows() > 0) {
        WindowTargets targets = (WindowTargets) window.targets();
        float[] outputs = scorer.predictions(window);
        for (int h = 0; h < head.horizon(); h++) {
          for (int q = 0; q < lines.length; q++) {
            float scaled = outputs[h * head.values() * head.outputsEach() + q];
            double value = targets.base(0, h, 0) + scaled;
            lines[q][origin - from + h] = targets.frame(0).unscaled(0, value);
          }
        }
      }
    }
    double[] actual = new double[end - from];
    Arrays.setAll(actual, i -> series.value(from + i, 0));
    boolean quantiles = !head.quantiles().isEmpty();
    return new ForecastPlot(
        series.name(),
        learnt.layout().valueCols().get(0),
        head.horizon(),
        new String[] {series.written(from), series.written(end - 1)},
        actual,
        lines[head.middle()],
        quantiles ? lines[0] : new double[0],
        quantiles ? lines[lines.length - 1] : new double[0]);
  }
}
