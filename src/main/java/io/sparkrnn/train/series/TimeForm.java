package io.sparkrnn.train.series;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How times are written, and the number that stands for one: a number itself, months of the epoch,
 * days of the epoch, or microseconds of the epoch.
 *
 * <p>Microseconds are exact until the year 2255. Times without a zone are taken for UTC.
 */
public enum TimeForm {
  /** A number, such as of an hour. */
  NUMBER("a number", null, "[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?"),
  /** Such as 1949-01. */
  MONTH("a month such as 1949-01", "uuuu-MM", "\\d{4}-\\d\\d"),
  /** Such as 1981-01-31. */
  DATE("a date such as 1981-01-31", "uuuu-MM-dd", "\\d{4}-\\d\\d-\\d\\d"),
  /** Such as 2010-01-31 13:05. */
  MINUTE("a time such as 2010-01-31 13:05", "uuuu-MM-dd HH:mm", "[-\\d]{10} \\d\\d:\\d\\d"),
  /** Such as 2010-01-31T13:05. */
  MINUTE_T("a time such as 2010-01-31T13:05", "uuuu-MM-dd'T'HH:mm", "[-\\d]{10}T\\d\\d:\\d\\d"),
  /** Such as 2010-01-31 13:05:00. */
  SECOND(
      "a time such as 2010-01-31 13:05:00",
      "uuuu-MM-dd HH:mm:ss[.SSSSSS][.SSS]",
      "[-\\d]{10} \\d\\d:\\d\\d:\\d\\d(\\.\\d{3}|\\.\\d{6})?"),
  /** Such as 2010-01-31T13:05:00. */
  SECOND_T(
      "a time such as 2010-01-31T13:05:00",
      "uuuu-MM-dd'T'HH:mm:ss[.SSSSSS][.SSS]",
      "[-\\d]{10}T\\d\\d:\\d\\d:\\d\\d(\\.\\d{3}|\\.\\d{6})?"),
  /** Such as 2010-01-31T13:05:00Z, or with an offset. */
  OFFSET(
      "a time such as 2010-01-31T13:05:00Z",
      "uuuu-MM-dd'T'HH:mm:ss[.SSSSSS][.SSS]XXX",
      "[-\\d]{10}T\\d\\d:\\d\\d:\\d\\d(\\.\\d{3}|\\.\\d{6})?(Z|[-+]\\d\\d:\\d\\d)");

  private static final long MICROS = 1_000_000;

  private final String words;
  private final DateTimeFormatter format;
  private final String whole;
  private final Pattern pattern;

  TimeForm(String words, String format, String pattern) {
    this.words = words;
    this.format =
        format == null
            ? null
            : DateTimeFormatter.ofPattern(format, Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    whole = format == null ? null : format.replaceAll("\\[[^\\]]*\\]", "");
    this.pattern = Pattern.compile(pattern);
  }

  /** Returns the form of a text, or null when it is of none. */
  public static TimeForm of(String text) {
    for (TimeForm form : values()) {
      if (form.pattern.matcher(text).matches() && !Double.isNaN(form.parse(text))) {
        return form;
      }
    }
    return null;
  }

  /** Returns the form in words that follow "must be". */
  public String words() {
    return words;
  }

  /** Returns whether times are of the calendar, and no mere numbers. */
  public boolean isOfCalendar() {
    return this != NUMBER;
  }

  /** Returns the number of a time, NaN when the text is of another form. */
  public double parse(String text) {
    if (!pattern.matcher(text).matches()) {
      return Double.NaN;
    }
    try {
      return switch (this) {
        case NUMBER -> Double.parseDouble(text);
        case MONTH -> of(YearMonth.parse(text, format));
        case DATE -> LocalDate.parse(text, format).toEpochDay();
        case OFFSET ->
            micros(
                OffsetDateTime.parse(text, format)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime());
        default -> micros(LocalDateTime.parse(text, format));
      };
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }

  private static double of(YearMonth month) {
    return 12.0 * (month.getYear() - 1970) + month.getMonthValue() - 1;
  }

  /** Returns the microseconds of the epoch of a time in UTC. */
  public static double micros(LocalDateTime time) {
    return (double) time.toEpochSecond(ZoneOffset.UTC) * MICROS + time.getNano() / 1000;
  }

  /** Returns the time of a number as it is written in this form. */
  public String write(double time) {
    if (this == NUMBER) {
      return time == Math.rint(time) && Math.abs(time) < 1e15
          ? Long.toString((long) time)
          : Double.toString(time);
    }
    LocalDateTime at = local(time);
    boolean fraction = at.getNano() != 0;
    String form = fraction ? whole.replace("ss", "ss.SSSSSS") : whole;
    return DateTimeFormatter.ofPattern(form, Locale.ROOT).format(at.atOffset(ZoneOffset.UTC));
  }

  /**
   * Returns the time of the calendar, in UTC.
   *
   * @throws IllegalStateException if times are numbers
   */
  public LocalDateTime local(double time) {
    return switch (this) {
      case NUMBER -> throw new IllegalStateException("numbers are no times of the calendar");
      case MONTH -> LocalDate.EPOCH.plusMonths((long) time).atStartOfDay();
      case DATE -> LocalDate.ofEpochDay((long) time).atStartOfDay();
      default ->
          LocalDateTime.ofEpochSecond(Math.floorDiv((long) time, MICROS), 0, ZoneOffset.UTC)
              .plus(Math.floorMod((long) time, MICROS), ChronoUnit.MICROS);
    };
  }

  /** Returns the number of a time of the calendar, in UTC. */
  double number(LocalDateTime time) {
    return switch (this) {
      case NUMBER -> throw new IllegalStateException("numbers are no times of the calendar");
      case MONTH -> of(YearMonth.from(time));
      case DATE -> time.toLocalDate().toEpochDay();
      default -> micros(time);
    };
  }
}
