package io.sparkrnn.train.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.train.shards.RefusalCounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeSeriesBuilderTest {
  private final RefusalCounts refused = new RefusalCounts();

  private TimeSeries build(SeriesLayout layout, double[]... rows) {
    TimeSeriesBuilder builder = new TimeSeriesBuilder("s", TimeForm.NUMBER, layout);
    for (double[] row : rows) {
      builder.add(row[0], new double[] {row[1]});
    }
    return builder.build(refused);
  }

  private static double[] row(double time, double value) {
    return new double[] {time, value};
  }

  private static SeriesLayout joined() {
    return new SeriesLayout("", "time", List.of("value"), List.of(), 2, 1, 1, true, List.of());
  }

  @Test
  void rowsAreOrderedByTimeAndGapsAreFilled() {
    SeriesLayout layout = SeriesCases.layout(2, 1, 1);
    TimeSeries series = build(layout, row(5, 50), row(1, 10), row(2, 20), row(0, 0));
    assertEquals(6, series.rows());
    assertEquals(20, series.value(2, 0));
    assertTrue(Double.isNaN(series.value(3, 0)) && Double.isNaN(series.value(4, 0)));
    assertEquals(50, series.value(5, 0));
    assertEquals(4, series.time(4));
    assertEquals(7, series.time(7));
    assertEquals(1, series.gaps());
    assertEquals(2, series.missing());
    assertEquals(4, build(joined(), row(5, 5), row(1, 1), row(2, 2), row(0, 0)).rows());
  }

  @Test
  void ofALongGapAWholeNumberOfSeasonsIsLeftOut() {
    TimeSeries series =
        build(SeriesCases.layout(2, 1, 7), row(0, 0), row(1, 1), row(2, 2), row(1003, 3));
    assertEquals(1, series.gaps());
    assertTrue(series.missing() < 20, "missing " + series.missing());
    assertEquals(0, (1000 - series.missing()) % 7);
  }

  @Test
  void ofEqualTimesEqualRowsAreOneAndOthersNone() {
    TimeSeries series =
        build(joined(), row(0, 0), row(1, 1), row(1, 1), row(2, 2), row(2, 3), row(3, 3));
    assertEquals(3, series.rows());
    assertEquals(3, series.value(2, 0));
    assertEquals(
        Map.of(TimeSeriesBuilder.TWICE, 1L, TimeSeriesBuilder.CONFLICT, 2L),
        refused.build().byReason());
  }

  @Test
  void timesWithoutAUsualStepAreRefusedUnlessGapsAreJoined() {
    double[][] rows = {row(0, 0), row(1, 1), row(3, 2), row(7, 3), row(15, 4)};
    assertEquals(0, build(SeriesCases.layout(2, 1, 1), rows).rows());
    assertEquals(5, refused.rows());
    assertEquals(5, build(joined(), rows).rows());
  }

  @Test
  void rowsAfterTheLastValueAreOfTheFuture() {
    TimeSeries series = build(joined(), row(0, 0), row(1, 1), row(2, Double.NaN));
    assertEquals(3, series.rows());
    assertEquals(2, series.end());
  }
}
