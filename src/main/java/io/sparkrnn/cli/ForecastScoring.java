package io.sparkrnn.cli;

import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.cli.output.MetricsFile;
import io.sparkrnn.cli.training.Progress;
import io.sparkrnn.io.record.SeriesJson;
import io.sparkrnn.spark.RnnForecastModel;
import io.sparkrnn.spark.files.InputPath;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.ReviewReader;
import io.sparkrnn.spark.series.SeriesForecasts;
import io.sparkrnn.spark.series.SeriesRows;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** What {@code submit/score} does with a forecaster: the steps after the end of each series. */
record ForecastScoring(
    SparkSession spark,
    RnnForecastModel model,
    ModelOptions options,
    InputPath input,
    OutputOptions output,
    AtomicOutput target,
    Progress progress) {

  /**
   * Forecasts and writes the table, then the metrics.
   *
   * @param begin when the command began, by {@code System.nanoTime}
   */
  void run(MetricsFile metricsFile, long begin) throws IOException {
    progress.now("forecasting the series of %s ...", input.path());
    try (SeriesRows series = model.read(ReviewReader.readTable(spark, input))) {
      Dataset<Row> table =
          series.forecasts(model.toLocal()).table().persist(StorageLevel.MEMORY_AND_DISK());
      Dataset<Row> good = table.where(Columns.named(SeriesForecasts.REASON).isNull());
      Dataset<Row> failed = table.where(Columns.named(SeriesForecasts.REASON).isNotNull());
      output.write(options.skipsInvalid() ? good : table, target);
      final long without = failed.count();
      final long rows = table.count() - without;
      final String reason = without == 0 ? null : failed.first().getAs(SeriesForecasts.REASON);
      options.checkInvalid(without, series.counts().series(), "" + reason);
      options.checkInvalid(series.refused(), series.rows(), "" + series.refusals());
      target.commit();
      table.unpersist();
      final double seconds = (System.nanoTime() - begin) * 1e-9;
      metricsFile.write(
          MetricsFile.object()
              .put("rowsIn", series.rows())
              .put("rowsScored", rows)
              .put("rowsRefused", series.refused())
              .put("seriesWithoutForecast", without)
              .put("seconds", seconds)
              .set("series", SeriesJson.of(series.counts())));
      progress.line(
          "%,d series, %,d steps forecast, %,d series without a forecast, %,d rows refused, %.1f s; written to %s",
          series.counts().series(), rows, without, series.refused(), seconds, output.path());
      if (series.refused() > 0) {
        progress.line("refused: %s", series.refusals());
      }
      if (without > 0) {
        progress.line("without a forecast, such as: %s", reason);
      }
    }
  }
}
