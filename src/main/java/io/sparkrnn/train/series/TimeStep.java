package io.sparkrnn.train.series;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;

/**
 * How far apart the rows of a series usually are: a number of days, microseconds or units, or a
 * number of months, which are of unequal length.
 *
 * @param form how times are written
 * @param months whether the step is one of months
 * @param atEnd of months, whether each row is of the last day of one
 * @param length how many months, days, microseconds or units
 * @param share fraction of the steps that are as long
 */
record TimeStep(TimeForm form, boolean months, boolean atEnd, double length, double share) {
  private static final double SHORTEST_MONTH = 28;

  /**
   * Finds the usual step: the most frequent one, of equally frequent ones the shortest.
   *
   * @param times ascending, all different. Not modified.
   */
  static TimeStep of(TimeForm form, double[] times) {
    boolean atEnd = isMonthly(form, times, true);
    boolean months = form == TimeForm.MONTH || atEnd || isMonthly(form, times, false);
    TimeStep unit = new TimeStep(form, months, atEnd, 1, 1);
    Map<Double, Integer> counts = new HashMap<>();
    for (int i = 1; i < times.length; i++) {
      counts.merge(unit.position(times[i]) - unit.position(times[i - 1]), 1, Integer::sum);
    }
    double usual = 1;
    int most = 0;
    for (Map.Entry<Double, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most || (entry.getValue() == most && entry.getKey() < usual)) {
        usual = entry.getKey();
        most = entry.getValue();
      }
    }
    double share = times.length < 2 ? 1 : (double) most / (times.length - 1);
    return new TimeStep(form, months, atEnd, usual, share);
  }

  /** Whether all times are of the same day of a month, or of the last one, and of the same hour. */
  private static boolean isMonthly(TimeForm form, double[] times, boolean atEnd) {
    if (!form.isOfCalendar() || form == TimeForm.MONTH || times.length < 2) {
      return false;
    }
    LocalDateTime first = form.local(times[0]);
    double day = form == TimeForm.DATE ? 1 : 86_400_000_000.0;
    for (int i = 0; i < times.length; i++) {
      LocalDateTime time = form.local(times[i]);
      boolean sameDay =
          atEnd
              ? time.getDayOfMonth() == YearMonth.from(time).lengthOfMonth()
              : time.getDayOfMonth() == first.getDayOfMonth();
      boolean near = i > 0 && times[i] - times[i - 1] < SHORTEST_MONTH * day;
      if (near || !sameDay || !time.toLocalTime().equals(first.toLocalTime())) {
        return false;
      }
    }
    return true;
  }

  /** Returns how many steps it is from one time to a later one; no whole number off the grid. */
  double between(double from, double to) {
    return (position(to) - position(from)) / length;
  }

  /** Returns the time so many steps after another. */
  double after(double time, int steps) {
    if (!months || form == TimeForm.MONTH) {
      return time + steps * length;
    }
    LocalDateTime at = form.local(time).plusMonths((long) (steps * length));
    return form.number(atEnd ? at.withDayOfMonth(YearMonth.from(at).lengthOfMonth()) : at);
  }

  private double position(double time) {
    if (!months || form == TimeForm.MONTH) {
      return time;
    }
    LocalDateTime at = form.local(time);
    return 12.0 * at.getYear() + at.getMonthValue();
  }

  /** Returns the step in words. */
  String words() {
    String unit =
        months
            ? "month"
            : switch (form) {
              case NUMBER -> "unit";
              case MONTH -> "month";
              case DATE -> "day";
              default -> "second";
            };
    double count = unit.equals("second") ? length / 1e6 : length;
    String number = count == Math.rint(count) ? Long.toString((long) count) : "" + count;
    return number + " " + unit + (count == 1 ? "" : "s");
  }
}
