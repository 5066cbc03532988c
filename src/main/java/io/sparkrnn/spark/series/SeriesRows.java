package io.sparkrnn.spark.series;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.rows.ShardData;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.series.LearntSeries;
import io.sparkrnn.train.series.SeriesCounts;
import io.sparkrnn.train.series.SeriesLayout;
import io.sparkrnn.train.series.SeriesScale;
import io.sparkrnn.train.series.SeriesSplit;
import io.sparkrnn.train.series.SeriesSplit.Part;
import io.sparkrnn.train.series.TimeSeries;
import io.sparkrnn.train.series.WindowPacker;
import io.sparkrnn.train.shards.RefusalCounts;
import io.sparkrnn.train.shards.Refusals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The series of a table, read once and kept on the executors, each whole on one of them.
 *
 * <p>What is made of them depends on the rows alone, not on their order or partitions.
 */
public final class SeriesRows implements AutoCloseable {
  private final SparkSession spark;
  private final SeriesCells cells;
  private final JavaRDD<SeriesPart> parts;
  private final SeriesCounts counts = new SeriesCounts();
  private final RefusalCounts refused = new RefusalCounts();
  private long rows;

  private SeriesRows(SparkSession spark, SeriesCells cells, JavaRDD<SeriesPart> parts) {
    this.spark = spark;
    this.cells = cells;
    this.parts = parts;
    for (SeriesPart part : parts.map(SeriesPart::withoutSeries).collect()) {
      counts.merge(part.counts());
      refused.merge(part.refused());
      rows += part.rows();
    }
  }

  /**
   * Reads the series of a table.
   *
   * @throws InputException if it lacks a column, or one is of another type
   */
  public static SeriesRows of(Dataset<?> table, SeriesLayout layout) {
    Dataset<Row> all = table.toDF();
    SeriesCells cells = SeriesCells.of(all, layout);
    JavaRDD<Row> read = all.select(cells.columns(all.schema())).javaRDD();
    int partitions = Math.max(1, all.sparkSession().sparkContext().defaultParallelism());
    JavaRDD<SeriesPart> parts =
        read.mapToPair(cells::read)
            .partitionBy(new HashPartitioner(partitions))
            .mapPartitions(some -> List.of(SeriesPart.of(some, cells)).iterator())
            .setName("series")
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return new SeriesRows(all.sparkSession(), cells, parts);
    } catch (RuntimeException e) {
      parts.unpersist(false);
      throw e;
    }
  }

  /** Returns the session that read the series. */
  public SparkSession spark() {
    return spark;
  }

  /** Returns what was found. */
  public SeriesCounts counts() {
    return counts;
  }

  /** Returns how many rows were read, refused ones too. */
  public long rows() {
    return rows;
  }

  /** Returns the rows that were left out, by reason. */
  public Refusals refusals() {
    return refused.build();
  }

  /** Returns the number of rows that were left out. */
  public long refused() {
    return refused.rows();
  }

  /** Returns the cells of the table. */
  SeriesCells cells() {
    return cells;
  }

  /**
   * Checks that windows can be made of them.
   *
   * @param maxRefusedFraction largest fraction of refused rows that is accepted
   * @throws InputException if too many rows are refused, or there is no window
   */
  public void check(double maxRefusedFraction) {
    if (refused.rows() > maxRefusedFraction * rows) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "refused %d of %d rows, more than maxRefusedFraction %s allows: %s",
              refused.rows(),
              rows,
              maxRefusedFraction,
              refusals()));
    }
    if (counts.windows() == 0) {
      throw new InputException(
          "series need %d rows one after another for a window of %d and a horizon of %d, got none that has (%s)"
              .formatted(
                  cells.layout().window() + cells.layout().horizon(),
                  cells.layout().window(),
                  cells.layout().horizon(),
                  counts));
    }
  }

  /** Returns how the part of each series that is trained on is scaled. */
  public LearntSeries learn(SeriesSplit split) {
    int season = cells.layout().season();
    Map<String, SeriesScale> scales = new TreeMap<>();
    parts
        .flatMap(part -> part.series().iterator())
        .map(one -> new Tuple2<>(one.name(), scale(one, split, season)))
        .collect()
        .forEach(one -> scales.put(one._1(), one._2()));
    return new LearntSeries(cells.layout(), scales);
  }

  private static SeriesScale scale(TimeSeries series, SeriesSplit split, int season) {
    return SeriesScale.of(series, 0, split.trainingEnd(series.end()), season);
  }

  /**
   * Packs the windows of what is trained on and of what validates.
   *
   * @param shards number of shards, 0 for any until it is known
   */
  public ShardedRows packed(SeriesSplit split, int shards) {
    return ShardedRows.of(count -> packed(parts, cells.layout(), split, refused, count), shards);
  }

  private static JavaRDD<ShardData> packed(
      JavaRDD<SeriesPart> parts,
      SeriesLayout layout,
      SeriesSplit split,
      RefusalCounts refused,
      int shards) {
    return parts
        .flatMapToPair(part -> pieces(part, layout, split, shards))
        .partitionBy(new HashPartitioner(shards))
        .mapPartitionsWithIndex(
            (index, pieces) ->
                List.of(shard(layout, pieces, index == 0 ? refused : new RefusalCounts()))
                    .iterator(),
            true);
  }

  private static Iterator<Tuple2<Integer, SeriesPiece>> pieces(
      SeriesPart part, SeriesLayout layout, SeriesSplit split, int shards) {
    return part.series().stream()
        .flatMap(one -> SeriesPiece.of(one, layout, split).stream())
        .map(piece -> new Tuple2<>(piece.shard(shards), piece))
        .iterator();
  }

  private static ShardData shard(
      SeriesLayout layout, Iterator<Tuple2<Integer, SeriesPiece>> pieces, RefusalCounts refused) {
    List<SeriesPiece> sorted = new ArrayList<>();
    pieces.forEachRemaining(piece -> sorted.add(piece._2()));
    sorted.sort(SeriesPiece.ORDER);
    WindowPacker training = new WindowPacker(layout);
    WindowPacker validation = new WindowPacker(layout);
    sorted.forEach(piece -> piece.addTo(piece.isValidation() ? validation : training));
    return new ShardData(training.build(), validation.build(), refused);
  }

  /**
   * Measures a forecaster by rolling origin.
   *
   * @param part which part of each series is forecast
   */
  public Evaluation evaluate(SavedModel model, SeriesSplit split, Part part) {
    return SeriesEvaluation.of(parts, model, split, part, refused);
  }

  /** Returns the forecasts after the end of each series. */
  public SeriesForecasts forecasts(SavedModel model) {
    return new SeriesForecasts(spark, parts, cells, model);
  }

  /** Returns the first series by name, at most so many of them. */
  public List<TimeSeries> first(int count) {
    List<TimeSeries> some =
        new ArrayList<>(
            parts.flatMap(part -> part.series().stream().limit(count).iterator()).collect());
    some.sort(Comparator.comparing(TimeSeries::name));
    return some.subList(0, Math.min(count, some.size()));
  }

  /** Frees the kept series. */
  @Override
  public void close() {
    parts.unpersist(true);
  }
}
