package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.forecast.Forecast;
import io.sparkrnn.io.forecast.Forecaster;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RnnForecasterTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("name", DataTypes.StringType)
          .add("day", DataTypes.StringType)
          .add("sold", DataTypes.DoubleType)
          .add("price", DataTypes.DoubleType);

  @TempDir private Path folder;

  /** Shops whose sales follow the price and the day before, each in its own unit. */
  private static List<Row> rows(int shops, int days) {
    SplittableRandom random = new SplittableRandom(9);
    List<Row> rows = new ArrayList<>();
    for (int shop = 0; shop < shops; shop++) {
      double unit = Math.pow(10, shop % 4);
      double before = 0;
      for (int day = 0; day < days; day++) {
        double price = random.nextInt(2);
        before = 0.5 * before - price + 0.1 * random.nextDouble();
        String date = LocalDate.of(2020, 1, 1).plusDays(day).toString();
        rows.add(RowFactory.create("shop" + shop, date, unit * (5 + before), price));
      }
    }
    return rows;
  }

  private static Dataset<Row> table(List<Row> rows) {
    return TestSpark.session().createDataFrame(rows, SCHEMA);
  }

  private static RnnForecaster estimator() {
    return new RnnForecaster("forecaster")
        .setSeriesCol("name")
        .setTimeCol("day")
        .setValueCols("sold")
        .setCovariateCols("price")
        .setCalendar("weekday")
        .setQuantiles("0.1,0.5,0.9")
        .setWindow(5)
        .setHorizon(2)
        .setSeason(7)
        .setUnits("6")
        .setOptimizer("adam")
        .setStepSize(0.01)
        .setBatchSize(16)
        .setMaxIter(4)
        .setShards(3)
        .setBatchesPerRound(2)
        .setValidationSplit(0.2)
        .setSeed(7);
  }

  @Test
  void partitionsAndOrderOfArrivalDoNotChangeABit() {
    List<Row> rows = rows(5, 60);
    RnnForecastModel one = estimator().fit(table(rows).coalesce(1));
    Collections.shuffle(rows, new Random(5));
    for (int partitions : new int[] {2, 3}) {
      RnnForecastModel other = estimator().fit(table(rows).repartition(partitions));
      assertEquals(one.parametersSha256(), other.parametersSha256());
      assertEquals(
          one.history().epochs().get(3).validation(), other.history().epochs().get(3).validation());
    }
    assertEquals(5 * (48 - 6), one.summary().trainingRows());
    assertEquals(5 * 11, one.summary().validationRows());
  }

  @Test
  void differencesFromTheSeasonBeforeAreAddedAgain() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int day = 0; day < 70; day++) {
      String date = LocalDate.of(2020, 1, 1).plusDays(day).toString();
      rows.add(RowFactory.create("shop", date, 100.0 + 10 * (day % 7), 0.0));
    }
    RnnForecaster estimator =
        estimator().setCovariateCols("").setCalendar("").setWindow(7).setHorizon(9).setMaxIter(1);
    double plain = estimator.fit(table(rows)).evaluate(table(rows)).value(Metric.RMSE);
    RnnForecastModel model = estimator.setResidual(true).fit(table(rows));
    assertTrue(model.evaluate(table(rows)).value(Metric.RMSE) < 0.4 * plain);
    String path = folder.resolve("residual").toString();
    model.write().overwrite().save(path);
    List<Row> next = RnnForecastModel.load(path).transform(table(rows)).collectAsList();
    Forecast same =
        Forecaster.load(Path.of(path))
            .forecast(
                "shop",
                rows.stream().map(row -> row.getString(1)).toArray(String[]::new),
                rows.stream().map(row -> new double[] {row.getDouble(2)}).toArray(double[][]::new));
    assertEquals(9, next.size());
    for (int h = 0; h < 9; h++) {
      double prediction = next.get(h).<Double>getAs("prediction");
      assertEquals(100 + 10 * (h % 7), prediction, 0.4 * plain);
      assertEquals(same.values()[h][0], prediction);
    }
    String tooFar =
        assertThrows(InputException.class, () -> estimator.setWindow(6).fit(table(rows)))
            .getMessage();
    assertTrue(tooFar.startsWith("window must reach back a season of 7 steps"), tooFar);
  }

  @Test
  void whatIsKnownInAdvanceIsUsed() {
    Dataset<Row> table = table(rows(4, 120));
    RnnForecastModel model = estimator().setShards(1).setMaxIter(30).fit(table);
    Evaluation validation = model.history().epochs().get(29).validation();
    double naive = validation.baselines().get("naive").get(Metric.MASE);
    assertTrue(validation.value(Metric.MASE) < 0.5 * naive, validation.toString());
    assertTrue(validation.value(Metric.COVERAGE) > 0.4, validation.toString());
  }

  @Test
  void whatWasSavedForecastsTheSameWithAndWithoutSpark() throws Exception {
    List<Row> rows = rows(3, 40);
    RnnForecastModel model = estimator().fit(table(rows));
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    RnnForecastModel loaded = RnnForecastModel.load(path);
    assertTrue(RnnModel.loadAny(TestSpark.session(), path) instanceof RnnForecastModel);

    List<Row> ahead = new ArrayList<>(rows);
    for (int shop = 0; shop < 2; shop++) { // of the third nothing is known in advance
      ahead.add(RowFactory.create("shop" + shop, "2020-02-10", null, 1.0));
      ahead.add(RowFactory.create("shop" + shop, "2020-02-11", null, 0.0));
    }
    List<Row> forecasts = new ArrayList<>(loaded.transform(table(ahead)).collectAsList());
    forecasts.sort((a, b) -> a.toString().compareTo(b.toString()));
    assertEquals(forecasts.size(), 5);
    assertEquals(
        loaded.transformSchema(SCHEMA).fieldNames().length, forecasts.get(0).schema().size());
    assertArrayEquals(
        new String[] {"name", "day", "prediction", "q0.1", "q0.5", "q0.9", "reason"},
        forecasts.get(0).schema().fieldNames());

    Forecaster java = Forecaster.load(folder.resolve("model"));
    String[] times = new String[42];
    double[][] columns = new double[42][];
    for (int day = 0; day < 42; day++) {
      times[day] = LocalDate.of(2020, 1, 1).plusDays(day).toString();
      columns[day] =
          day < 40
              ? new double[] {rows.get(day).getDouble(2), rows.get(day).getDouble(3)}
              : new double[] {Double.NaN, 41 - day};
    }
    Forecast same = java.forecast("shop0", times, columns);
    assertEquals("2020-02-11", same.times()[1]);
    for (int h = 0; h < 2; h++) {
      Row row = forecasts.get(h);
      assertEquals("shop0", row.getString(0));
      assertEquals(same.times()[h], row.getString(1));
      assertEquals(same.values()[h][0], row.getDouble(2));
      assertEquals(same.quantiles()[h][0][2], row.getDouble(5));
      assertTrue(row.getDouble(3) <= row.getDouble(4) && row.getDouble(4) <= row.getDouble(5));
      assertNull(row.get(6));
    }
    Row without = forecasts.get(4);
    assertEquals("shop2", without.getString(0));
    assertEquals(
        "covariates of 2 steps after the last value are needed, got 0", without.getString(6));
  }

  @Test
  void badRowsAreCountedAndGapsAreLeftOut() {
    List<Row> rows = rows(2, 40);
    rows.remove(20); // a day of the first shop
    rows.add(RowFactory.create("shop1", "2020-01-05", 1.0, 1.0)); // a second fifth of January
    rows.add(RowFactory.create("shop1", "some day", 1.0, 1.0));
    rows.add(RowFactory.create(null, "2020-01-05", 1.0, 1.0));
    RnnForecaster estimator = estimator().setCovariateCols("").setCalendar("");
    try (var series = estimator.read(table(rows))) {
      assertEquals(2, series.counts().series());
      assertEquals(2, series.counts().missing()); // the day, and that of two truths
      assertEquals(4, series.refused());
      assertTrue(series.counts().skipped() > 7, series.counts().toString());
    }
    assertThrows(
        InputException.class, () -> estimator.setMaxRefusedFraction(0.01).fit(table(rows)));
  }

  @Test
  void whatCannotBeForecastIsRefused() {
    Dataset<Row> table = table(rows(1, 30));
    assertThrows(InputException.class, () -> estimator().setWindow(40).fit(table));
    assertThrows(InputException.class, () -> estimator().setValueCols("gone").fit(table));
    assertThrows(InputException.class, () -> estimator().setTimeCol("name").fit(table));
    assertThrows(InputException.class, () -> estimator().setTimeCol("price").fit(table));
    assertThrows(InputException.class, () -> estimator().setQuantiles("0.1,0.9").fit(table));
    assertThrows(InputException.class, () -> estimator().setWeightCol("price").fit(table));
    assertThrows(InputException.class, () -> estimator().setLoss("mean_absolute_error").fit(table));
  }
}
