package io.sparkrnn.spark.series;

import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.series.SeriesLayout;
import io.sparkrnn.train.series.TimeForm;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import scala.Tuple2;

/**
 * Reads the cells of a table of series: name, time, values, covariates.
 *
 * @param layout which columns there are
 * @param form how times are written
 * @param seriesType type of the column of names; a string without any
 * @param timeType type of the column of times
 */
public record SeriesCells(
    SeriesLayout layout, TimeForm form, DataType seriesType, DataType timeType)
    implements Serializable {
  private static final int SAMPLE = 100;
  private static final Set<String> MISSING = Set.of("", "na", "nan", "null", "none", "?");

  /**
   * Looks at a table.
   *
   * @throws InputException if a column is missing or of another type, or times are of no known form
   */
  static SeriesCells of(Dataset<Row> table, SeriesLayout layout) {
    StructType schema = table.schema();
    DataType seriesType = DataTypes.StringType;
    if (!layout.seriesCol().isEmpty()) {
      Columns.require(schema, layout.seriesCol());
      seriesType = schema.apply(layout.seriesCol()).dataType();
      if (!(seriesType instanceof StringType || seriesType instanceof NumericType)) {
        throw new InputException(
            "column '%s' must hold names or numbers of series, got %s"
                .formatted(layout.seriesCol(), seriesType.simpleString()));
      }
    }
    for (List<String> names : List.of(layout.valueCols(), layout.covariateCols())) {
      for (String name : names) {
        Columns.require(schema, name);
        if (!(schema.apply(name).dataType() instanceof StringType)) {
          Columns.requireNumber(schema, name);
        }
      }
    }
    Columns.require(schema, layout.timeCol());
    DataType timeType = schema.apply(layout.timeCol()).dataType();
    TimeForm form = form(table, layout, timeType);
    if (!form.isOfCalendar() && !layout.calendar().isEmpty()) {
      throw new InputException(
          "calendar must be empty for times that are numbers, got "
              + layout.calendar().toString().toLowerCase(Locale.ROOT));
    }
    return new SeriesCells(layout, form, seriesType, timeType);
  }

  private static TimeForm form(Dataset<Row> table, SeriesLayout layout, DataType type) {
    if (type instanceof NumericType) {
      return TimeForm.NUMBER;
    } else if (type instanceof DateType) {
      return TimeForm.DATE;
    } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return TimeForm.SECOND;
    } else if (!(type instanceof StringType)) {
      throw new InputException(
          "column '%s' must hold times, got %s; name the column of times with --time-col"
              .formatted(layout.timeCol(), type.simpleString()));
    }
    Column time = Columns.named(layout.timeCol());
    List<Row> sample = table.select(time).where(time.isNotNull()).takeAsList(SAMPLE);
    for (Row row : sample) {
      TimeForm form = TimeForm.of(row.getString(0).strip());
      if (form != null) {
        return form;
      }
    }
    throw new InputException(
        "column '%s' must hold numbers, months (1949-01), dates (1981-01-31) or times (2010-01-31 13:05:00), got %s"
            .formatted(
                layout.timeCol(),
                sample.isEmpty() ? "none" : "'" + sample.get(0).getString(0) + "'"));
  }

  /** Returns the columns that are read, in the order in which {@link #read} wants them. */
  Column[] columns(StructType schema) {
    List<Column> columns = new ArrayList<>();
    columns.add(
        layout.seriesCol().isEmpty()
            ? org.apache.spark.sql.functions.lit("")
            : Columns.named(layout.seriesCol()).cast(DataTypes.StringType));
    columns.add(Columns.named(layout.timeCol()));
    layout.valueCols().forEach(name -> columns.add(Columns.named(name)));
    layout.covariateCols().forEach(name -> columns.add(Columns.named(name)));
    columns.add(Columns.refused(schema));
    return columns.toArray(Column[]::new);
  }

  /**
   * Returns the name of a row's series, and its time and numbers; of a row that is refused the
   * reason in their place.
   */
  Tuple2<String, Object> read(Row row) {
    int last = row.length() - 1;
    if (!row.isNullAt(last)) {
      return refused(row.getString(last));
    } else if (row.isNullAt(0)) {
      return refused("series is null");
    } else if (row.isNullAt(1)) {
      return refused("time is null");
    }
    double[] numbers = new double[last - 1];
    numbers[0] = time(row.get(1));
    if (Double.isNaN(numbers[0])) {
      return refused("time must be %s, got '%s'".formatted(form.words(), row.get(1)));
    }
    for (int c = 1; c < numbers.length; c++) {
      numbers[c] = number(row.get(c + 1));
      if (Double.isInfinite(numbers[c])) {
        return refused("'%s' is no number".formatted(row.get(c + 1)));
      }
    }
    return new Tuple2<>(row.getString(0), numbers);
  }

  private static Tuple2<String, Object> refused(String reason) {
    return new Tuple2<>("", reason);
  }

  private double time(Object cell) {
    if (cell instanceof String text) {
      return form.parse(text.strip());
    } else if (cell instanceof Number number) {
      return number.doubleValue();
    } else if (cell instanceof java.sql.Date date) {
      return date.toLocalDate().toEpochDay();
    } else if (cell instanceof LocalDate date) {
      return date.toEpochDay();
    } else if (cell instanceof java.sql.Timestamp time) {
      return TimeForm.micros(LocalDateTime.ofInstant(time.toInstant(), ZoneOffset.UTC));
    } else if (cell instanceof Instant time) {
      return TimeForm.micros(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
    }
    return TimeForm.micros((LocalDateTime) cell);
  }

  /** Returns a number, NaN where it is missing, infinity where it is none. */
  private static double number(Object cell) {
    if (cell == null) {
      return Double.NaN;
    } else if (cell instanceof Boolean truth) {
      return truth ? 1 : 0;
    } else if (cell instanceof Number number) {
      return number.doubleValue();
    }
    String text = ((String) cell).strip();
    if (MISSING.contains(text.toLowerCase(Locale.ROOT))) {
      return Double.NaN;
    }
    double number = TimeForm.NUMBER.parse(text);
    return Double.isNaN(number) ? Double.POSITIVE_INFINITY : number;
  }

  /** Returns a time as a cell of the column that it came from, given as text or as a number. */
  Object timeCell(double time) {
    if (timeType instanceof StringType) {
      return form.write(time);
    } else if (timeType instanceof NumericType) {
      return time;
    } else if (timeType instanceof DateType) {
      return java.sql.Date.valueOf(form.local(time).toLocalDate());
    } else if (timeType instanceof TimestampNTZType) {
      return form.local(time);
    }
    return java.sql.Timestamp.from(form.local(time).toInstant(ZoneOffset.UTC));
  }

  /** Returns the type of {@link #timeCell}, which is cast to the column's own. */
  DataType timeCellType() {
    return timeType instanceof NumericType ? DataTypes.DoubleType : timeType;
  }
}
