package io.sparkrnn.spark.series;

import io.sparkrnn.train.series.SeriesCounts;
import io.sparkrnn.train.series.TimeSeries;
import io.sparkrnn.train.series.TimeSeriesBuilder;
import io.sparkrnn.train.series.WindowPacker;
import io.sparkrnn.train.shards.RefusalCounts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import scala.Tuple2;

/**
 * The series of one partition in the order of their names, and what was refused of it.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records.
 */
final class SeriesPart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<TimeSeries> series;
  private final RefusalCounts refused;
  private final SeriesCounts counts;
  private final long rows;

  private SeriesPart(
      ArrayList<TimeSeries> series, RefusalCounts refused, SeriesCounts counts, long rows) {
    this.series = series;
    this.refused = refused;
    this.counts = counts;
    this.rows = rows;
  }

  /** Puts the rows of a partition together, which has all rows of its series. */
  static SeriesPart of(Iterator<Tuple2<String, Object>> rows, SeriesCells cells) {
    Map<String, TimeSeriesBuilder> builders = new TreeMap<>();
    RefusalCounts refused = new RefusalCounts();
    long count = 0;
    for (; rows.hasNext(); count++) {
      Tuple2<String, Object> row = rows.next();
      if (row._2() instanceof String reason) {
        refused.add(reason);
        continue;
      }
      double[] numbers = (double[]) row._2();
      double[] columns = new double[numbers.length - 1];
      System.arraycopy(numbers, 1, columns, 0, columns.length);
      builders
          .computeIfAbsent(
              row._1(), name -> new TimeSeriesBuilder(name, cells.form(), cells.layout()))
          .add(numbers[0], columns);
    }
    SeriesCounts counts = new SeriesCounts();
    ArrayList<TimeSeries> all = new ArrayList<>();
    for (TimeSeriesBuilder builder : builders.values()) {
      TimeSeries series = builder.build(refused);
      WindowPacker.count(series, cells.layout(), counts);
      all.add(series);
    }
    return new SeriesPart(all, refused, counts, count);
  }

  List<TimeSeries> series() {
    return series;
  }

  RefusalCounts refused() {
    return refused;
  }

  SeriesCounts counts() {
    return counts;
  }

  /** Returns how many rows there were, refused ones too. */
  long rows() {
    return rows;
  }

  /** Returns the same without the series. */
  SeriesPart withoutSeries() {
    return new SeriesPart(new ArrayList<>(), refused, counts, rows);
  }
}
