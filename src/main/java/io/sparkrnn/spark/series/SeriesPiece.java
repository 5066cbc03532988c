package io.sparkrnn.spark.series;

import io.sparkrnn.train.Seeds;
import io.sparkrnn.train.series.SeriesLayout;
import io.sparkrnn.train.series.SeriesScale;
import io.sparkrnn.train.series.SeriesSplit;
import io.sparkrnn.train.series.SeriesSplit.Part;
import io.sparkrnn.train.series.TimeSeries;
import io.sparkrnn.train.series.WindowPacker;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Some origins of one series with the rows that they need, on the way to a shard. Long series come
 * in several pieces, so that shards share them; a piece repeats few rows of the one before.
 *
 * <p>A class and not a record, because Spark's Kryo serializer cannot write records.
 */
final class SeriesPiece implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Origins of a piece: a fixed number, so that shards depend on the data alone. */
  private static final int ORIGINS = 4096;

  static final Comparator<SeriesPiece> ORDER =
      Comparator.<SeriesPiece, String>comparing(piece -> piece.rows.name())
          .thenComparingInt(piece -> piece.number);

  private final TimeSeries rows;
  private final SeriesScale scale;
  private final int number;
  private final int from;
  private final int to;
  private final int reach;
  private final boolean isValidation;

  private SeriesPiece(
      TimeSeries rows,
      SeriesScale scale,
      int number,
      int from,
      int to,
      int reach,
      boolean isValidation) {
    this.rows = rows;
    this.scale = scale;
    this.number = number;
    this.from = from;
    this.to = to;
    this.reach = reach;
    this.isValidation = isValidation;
  }

  /** Cuts what is trained on and what validates of a series. */
  static List<SeriesPiece> of(TimeSeries series, SeriesLayout layout, SeriesSplit split) {
    List<SeriesPiece> pieces = new ArrayList<>();
    int training = split.trainingEnd(series.end());
    SeriesScale scale = SeriesScale.of(series, 0, training, layout.season());
    add(pieces, series, scale, layout, split, Part.TRAINING);
    add(pieces, series, scale, layout, split, Part.VALIDATION);
    return pieces;
  }

  private static void add(
      List<SeriesPiece> pieces,
      TimeSeries series,
      SeriesScale scale,
      SeriesLayout layout,
      SeriesSplit split,
      Part part) {
    boolean validates = part == Part.VALIDATION;
    int reach = validates ? Math.max(layout.window(), layout.season()) : layout.window();
    int end = split.to(part, series.end());
    int last = end - layout.horizon() + 1;
    int from = Math.max(layout.window(), split.from(part, series.end()));
    for (; from < last; from += ORIGINS) {
      int to = Math.min(last, from + ORIGINS);
      int begin = Math.max(0, from - reach);
      TimeSeries rows = series.slice(begin, to - 1 + layout.horizon());
      pieces.add(
          new SeriesPiece(rows, scale, pieces.size(), from - begin, to - begin, reach, validates));
    }
  }

  /** Returns the shard that it belongs to. */
  int shard(int shards) {
    long key = Seeds.mix(rows.name().hashCode() * 31L + number);
    return Math.floorMod(Seeds.mix(key), shards);
  }

  boolean isValidation() {
    return isValidation;
  }

  void addTo(WindowPacker packer) {
    packer.add(rows, scale, from, to, rows.rows(), reach);
  }
}
