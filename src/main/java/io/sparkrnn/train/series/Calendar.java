package io.sparkrnn.train.series;

import java.time.LocalDateTime;

/** Where a time stands in a cycle of the calendar, as a point on a circle. */
public enum Calendar {
  /** Of the day, with minutes and seconds. */
  HOUR {
    @Override
    double turn(LocalDateTime time) {
      return time.toLocalTime().toSecondOfDay() / 86_400.0;
    }
  },
  /** Of the week, from Monday. */
  WEEKDAY {
    @Override
    double turn(LocalDateTime time) {
      return (time.getDayOfWeek().getValue() - 1) / 7.0;
    }
  },
  /** Of the year. */
  MONTH {
    @Override
    double turn(LocalDateTime time) {
      return (time.getMonthValue() - 1) / 12.0;
    }
  },
  /** The day of the year. */
  YEARDAY {
    @Override
    double turn(LocalDateTime time) {
      return (time.getDayOfYear() - 1) / (double) time.toLocalDate().lengthOfYear();
    }
  };

  /** Floats that a time becomes: sine and cosine. */
  static final int SIZE = 2;

  /** Returns how much of the cycle is past, in [0, 1). */
  abstract double turn(LocalDateTime time);

  /** Writes sine and cosine of a time from {@code at} on. Modified. */
  void write(LocalDateTime time, float[] to, int at) {
    double angle = 2 * Math.PI * turn(time);
    to[at] = (float) StrictMath.sin(angle);
    to[at + 1] = (float) StrictMath.cos(angle);
  }
}
