package io.sparkrnn.train;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as messages show them: {@code 0.01}, {@code 8.3e4}, {@code NaN}. */
final class Numbers {
  private Numbers() {}

  static String brief(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value) || Double.isInfinite(value) || size == 0) {
      return Double.toString(value);
    }
    if (size >= 1e-4 && size < 1e4) {
      return BigDecimal.valueOf(value)
          .round(new MathContext(3))
          .stripTrailingZeros()
          .toPlainString();
    }
    return String.format(Locale.ROOT, "%.1e", value)
        .replaceAll("e([+-])0*", "e$1")
        .replace("e+", "e");
  }
}
