package io.sparkrnn.train.config;

/** Spans of time as people read them: {@code 4 s}, {@code 3 min 0 s}, {@code 1 h 6 min}. */
public final class Durations {
  private Durations() {}

  /** Returns a span in at most two units. */
  public static String brief(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
