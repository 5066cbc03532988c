package io.sparkrnn.report;

import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import java.util.Locale;

/** Numbers as the report shows them; what is not known is a dash. */
final class Figures {
  static final String NONE = "\u2013";

  private Figures() {}

  /** An evaluation's figure. */
  static String of(Metric metric, Evaluation evaluation) {
    double value = evaluation.value(metric);
    return switch (metric.format()) {
      case ERROR, RATIO, INFORMATION -> brief(value);
      case SHARE, SCORE, LOSS -> fraction(value);
      case POINTS -> Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : NONE;
    };
  }

  static String fraction(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : NONE;
  }

  static String percent(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1f %%", 100 * value) : NONE;
  }

  static String count(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%,.0f", value) : NONE;
  }

  /** Three digits, in scientific form when very small or large: 0.012, 3.1e-7. */
  static String brief(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    double size = Math.abs(value);
    if (size == 0 || size >= 1e-3 && size < 1e5) {
      String digits = size < 1 ? "%.4f" : size < 100 ? "%.2f" : "%.0f";
      return plain(String.format(Locale.ROOT, digits, value));
    }
    String[] parts = String.format(Locale.ROOT, "%.1e", value).split("e");
    return plain(parts[0]) + "e" + Integer.parseInt(parts[1]);
  }

  static String seconds(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    if (value < 60) {
      return String.format(Locale.ROOT, "%.1f s", value);
    }
    long whole = Math.round(value);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }

  private static String plain(String digits) {
    return digits.contains(".") ? digits.replaceAll("0+$", "").replaceAll("\\.$", "") : digits;
  }
}
