package io.sparkrnn.train.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sparkrnn.nn.targets.WindowTargets;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.RefusalCounts;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class WindowPackerTest {
  private static final double NONE = Double.NaN;

  private static WindowTargets targets(WindowPacker packer) {
    return (WindowTargets) packer.build().targets();
  }

  private static float[] step(WindowTargets windows, int row, int t) {
    float[] step = new float[windows.inputSize()];
    windows.copyStep(row, t, step, 0);
    return step;
  }

  @Test
  void eachStepIsThereOnceHoweverManyWindowsHaveIt() {
    SeriesLayout layout = SeriesCases.layout(3, 2, 1);
    TimeSeries series = SeriesCases.of(layout, 0, 1, 2, 3, 4, 5, 6, 7);
    WindowPacker packer = new WindowPacker(layout);
    assertEquals(0, packer.add(series, SeriesCases.unscaled(), 0, 8, 8, 0));
    PackedShard shard = packer.build();
    assertEquals(4, shard.rows());
    assertEquals(3, shard.length(0));
    assertEquals(8, shard.vectors().length);
    WindowTargets windows = targets(packer);
    assertEquals(3, windows.origin(0));
    assertArrayEquals(new float[] {5}, step(windows, 3, 2));
    assertEquals(7, windows.value(windows.origin(3) + 1, 0));
  }

  @Test
  void aWindowThatLacksAValueIsLeftOut() {
    SeriesLayout layout = SeriesCases.layout(2, 1, 1);
    TimeSeries series = SeriesCases.of(layout, 0, 1, 2, NONE, 4, 5, 6, 7);
    WindowPacker packer = new WindowPacker(layout);
    assertEquals(3, packer.add(series, SeriesCases.unscaled(), 0, 8, 8, 0));
    WindowTargets windows = targets(packer);
    assertEquals(3, windows.rows());
    assertArrayEquals(new float[] {0}, step(windows, 0, 0));
    assertArrayEquals(new float[] {4}, step(windows, 1, 0));
    SeriesCounts counts = new SeriesCounts();
    WindowPacker.count(series, layout, counts);
    assertEquals(3, counts.windows());
    assertEquals(3, counts.skipped());
  }

  @Test
  void whatIsKnownInAdvanceIsReadOfTheHorizonToo() {
    SeriesLayout layout =
        new SeriesLayout(
            "", "t", List.of("y"), List.of("x"), 2, 2, 1, false, List.of(Calendar.MONTH));
    TimeSeriesBuilder builder = new TimeSeriesBuilder("", TimeForm.MONTH, layout);
    for (int t = 0; t < 4; t++) {
      builder.add(t, new double[] {t < 2 ? 10 + t : NONE, 20 + t});
    }
    TimeSeries series = builder.build(new RefusalCounts());
    SeriesScale scale = new SeriesScale(new double[2], new double[] {1, 1}, new double[1]);
    WindowPacker packer = new WindowPacker(layout);
    assertNull(packer.addLast(series, scale));
    WindowTargets windows = targets(packer);
    assertEquals(4, packer.build().length(0));
    assertArrayEquals(new float[] {11, 21, 0.5f, 0.8660254f, 0}, step(windows, 0, 1), 1e-6f);
    assertArrayEquals(new float[] {0, 23, 1, 0, 1}, step(windows, 0, 3), 1e-6f);
  }

  @Test
  void aSeriesThatCannotBeForecastSaysWhy() {
    SeriesLayout layout = SeriesCases.layout(3, 1, 1);
    assertEquals(
        "the series has 2 rows, fewer than a window of 3",
        new WindowPacker(layout).addLast(SeriesCases.of(layout, 1, 2), SeriesCases.unscaled()));
    assertEquals(
        "a value is missing in the last window, at 2",
        new WindowPacker(layout)
            .addLast(SeriesCases.of(layout, 0, 1, NONE, 3), SeriesCases.unscaled()));
  }

  @Test
  void partsFollowEachOtherInTime() {
    SeriesSplit split = new SeriesSplit(0.125, 0.125);
    assertEquals(2190, split.trainingEnd(2920));
    assertEquals(2555, split.from(SeriesSplit.Part.TEST, 2920));
    assertEquals(2920, split.to(SeriesSplit.Part.TEST, 2920));
  }

  @Test
  void aScaleIsThatOfTheRowsItIsLearntFrom() {
    SeriesLayout layout = SeriesCases.layout(1, 1, 2);
    TimeSeries series = SeriesCases.of(layout, 1, 3, 5, 7, 100);
    SeriesScale scale = SeriesScale.of(series, 0, 4, 2);
    assertEquals(4, scale.mean()[0]);
    assertEquals(Math.sqrt(5), scale.deviation()[0], 1e-12);
    assertEquals(4, scale.error()[0]);
    assertEquals(7, scale.unscaled(0, scale.scaled(0, 7)), 1e-6);
    SeriesScale still = SeriesScale.of(SeriesCases.of(layout, 5, 5, 5), 0, 3, 2);
    assertEquals(1, still.deviation()[0]);
  }

  /** Nothing of what is forecast shows in the scale of a series that nobody has learnt. */
  @Test
  void aSeriesNeverSeenIsScaledByWhatCameBefore() {
    SeriesLayout layout = SeriesCases.layout(2, 1, 1);
    double[] values = DoubleStream.iterate(1, v -> 2 * v).limit(9).toArray();
    LearntSeries learnt = new LearntSeries(layout, Map.of());
    WindowPacker packer = new WindowPacker(layout);
    learnt.addWindows(SeriesCases.of(layout, values), 0, 9, 9, packer);
    WindowTargets windows = targets(packer);
    assertEquals(7, windows.rows());
    double mean = 1.5;
    assertEquals(mean, windows.frame(0).unscaled(0, 0), 1e-12);
    assertEquals(mean, windows.frame(1).unscaled(0, 0), 1e-12);
    assertEquals((1 + 2 + 4 + 8) / 4.0, windows.frame(2).unscaled(0, 0), 1e-12);
    assertEquals((255) / 8.0, windows.frame(6).unscaled(0, 0), 1e-12);
  }
}
