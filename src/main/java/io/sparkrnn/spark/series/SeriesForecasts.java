package io.sparkrnn.spark.series;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.targets.WindowTargets;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.scoring.BroadcastParameters;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.series.LearntSeries;
import io.sparkrnn.train.series.SeriesLayout;
import io.sparkrnn.train.series.SeriesScale;
import io.sparkrnn.train.series.TimeSeries;
import io.sparkrnn.train.series.WindowPacker;
import io.sparkrnn.train.shards.PackedShard;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A forecaster applied to series: a row for each step after the last value of each. A series that
 * cannot be forecast has one row without time and forecast, whose reason says why.
 */
public final class SeriesForecasts {
  /** Column of the forecasts; of several values, each has one with its name behind it. */
  public static final String PREDICTION = "prediction";

  /** Column that says why a series has no forecast. */
  public static final String REASON = "reason";

  private final SparkSession spark;
  private final JavaRDD<SeriesPart> parts;
  private final SeriesCells cells;
  private final SavedModel model;

  SeriesForecasts(
      SparkSession spark, JavaRDD<SeriesPart> parts, SeriesCells cells, SavedModel model) {
    this.spark = spark;
    this.parts = parts;
    this.cells = cells;
    this.model = model;
  }

  /**
   * Returns the columns of the table of forecasts.
   *
   * @param table columns of the table of series
   * @throws io.sparkrnn.spark.input.InputException if there are no names or times in it
   */
  public static StructType schema(StructType table, SeriesLayout layout, ForecastHead head) {
    DataType names = DataTypes.StringType;
    if (!layout.seriesCol().isEmpty()) {
      Columns.require(table, layout.seriesCol());
      names = table.apply(layout.seriesCol()).dataType();
    }
    Columns.require(table, layout.timeCol());
    return schema(layout, head, names, table.apply(layout.timeCol()).dataType());
  }

  private static StructType schema(
      SeriesLayout layout, ForecastHead head, DataType names, DataType times) {
    StructType schema = new StructType();
    if (!layout.seriesCol().isEmpty()) {
      schema = schema.add(layout.seriesCol(), names);
    }
    schema = schema.add(layout.timeCol(), times);
    for (String value : layout.valueCols()) {
      String behind = head.values() == 1 ? "" : "_" + value;
      schema = schema.add(PREDICTION + behind, DataTypes.DoubleType);
      for (double quantile : head.quantiles()) {
        schema = schema.add("q" + quantile + behind, DataTypes.DoubleType);
      }
    }
    return schema.add(REASON, DataTypes.StringType);
  }

  /** Returns the table, lazily. */
  public Dataset<Row> table() {
    NetworkSpec network = model.network();
    ForecastHead head = (ForecastHead) network.head();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<BroadcastParameters> parameters =
        context.broadcast(new BroadcastParameters(model.parameters()));
    Broadcast<LearntSeries> learnt = context.broadcast(model.series());
    SeriesCells cells = this.cells;
    JavaRDD<Row> rows =
        parts.flatMap(
            part ->
                part.series().stream()
                    .flatMap(
                        one ->
                            rows(
                                one,
                                cells,
                                learnt.value(),
                                head,
                                parameters.value().scorer(network))
                                .stream())
                    .iterator());
    Dataset<Row> table =
        spark.createDataFrame(
            rows, schema(cells.layout(), head, DataTypes.StringType, cells.timeCellType()));
    List<Column> columns = new ArrayList<>();
    for (String name : table.columns()) {
      Column column = Columns.named(name);
      if (name.equals(cells.layout().seriesCol())) {
        column = column.cast(cells.seriesType()).as(name);
      } else if (name.equals(cells.layout().timeCol())) {
        column = column.cast(cells.timeType()).as(name);
      }
      columns.add(column);
    }
    return table.select(columns.toArray(Column[]::new));
  }

  private static List<Row> rows(
      TimeSeries series, SeriesCells cells, LearntSeries learnt, ForecastHead head, Scorer scorer) {
    SeriesScale scale = learnt.scale(series);
    WindowPacker packer = new WindowPacker(learnt.layout());
    String reason = packer.addLast(series, scale);
    if (reason != null) {
      return List.of(
          row(series, cells, null, new Double[head.outputs() / head.horizon()], reason, head));
    }
    PackedShard window = packer.build();
    WindowTargets targets = (WindowTargets) window.targets();
    float[] outputs = scorer.predictions(window);
    List<Row> rows = new ArrayList<>();
    int each = head.outputsEach();
    for (int h = 0; h < head.horizon(); h++) {
      Double[] numbers = new Double[head.values() * each];
      for (int i = 0; i < numbers.length; i++) {
        float base = targets.base(0, h, i / each);
        numbers[i] = scale.unscaled(i / each, base + outputs[h * numbers.length + i]);
      }
      Object time = cells.timeCell(series.time(series.end() + h));
      rows.add(row(series, cells, time, numbers, null, head));
    }
    return rows;
  }

  private static Row row(
      TimeSeries series,
      SeriesCells cells,
      Object time,
      Double[] numbers,
      String reason,
      ForecastHead head) {
    List<Object> row = new ArrayList<>();
    if (!cells.layout().seriesCol().isEmpty()) {
      row.add(series.name());
    }
    row.add(time);
    for (int v = 0; v < head.values(); v++) {
      int at = v * head.outputsEach();
      row.add(numbers[at + head.middle()]);
      for (int q = 0; q < head.quantiles().size(); q++) {
        row.add(numbers[at + q]);
      }
    }
    row.add(reason);
    return RowFactory.create(row.toArray());
  }
}
