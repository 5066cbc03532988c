package io.sparkrnn.spark.input;

import java.io.Serializable;
import java.math.BigDecimal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * What must be known of numbers to find a type that holds all of them as they are.
 *
 * @param whole whether all are of 64 bits
 * @param exact whether all are what the nearest double is printed as
 * @param digits the most digits before the point
 * @param scale the most digits after it
 */
record JsonNumber(boolean whole, boolean exact, long digits, long scale) implements Serializable {
  private static final long EXACT_LONGS = 1L << 53;
  private static final int EXACT_CHARACTERS = 15;
  private static final JsonNumber NOT_FINITE = new JsonNumber(false, true, Integer.MAX_VALUE, 0);

  private static final JsonNumber TOO_LARGE = new JsonNumber(false, false, Integer.MAX_VALUE, 0);

  /** A number of 64 bits. */
  static JsonNumber of(long value) {
    boolean exact = value >= -EXACT_LONGS && value <= EXACT_LONGS;
    return new JsonNumber(true, exact, exact ? 16 : 19, 0);
  }

  /** A number as it is spelled. */
  static JsonNumber of(String number) {
    if (!Character.isDigit(number.charAt(number.length() - 1))) {
      return NOT_FINITE;
    }
    BigDecimal value;
    try {
      value = new BigDecimal(number);
    } catch (NumberFormatException e) {
      return TOO_LARGE;
    }
    double nearest = value.doubleValue();
    boolean exact =
        number.length() <= EXACT_CHARACTERS && number.indexOf('e') + number.indexOf('E') == -2
            || Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(value) == 0;
    long digits = Math.max((long) value.precision() - value.scale(), 1);
    return new JsonNumber(false, exact, digits, Math.max(value.scale(), 0));
  }

  /** What is known of these numbers and others together. */
  JsonNumber merge(JsonNumber other) {
    return new JsonNumber(
        whole && other.whole,
        exact && other.exact,
        Math.max(digits, other.digits),
        Math.max(scale, other.scale));
  }

  /** The type: bigint, double or decimal; string when none of them holds all numbers. */
  DataType type() {
    if (whole) {
      return DataTypes.LongType;
    } else if (exact) {
      return DataTypes.DoubleType;
    }
    return digits + scale <= DecimalType.MAX_PRECISION()
        ? DataTypes.createDecimalType((int) (digits + scale), (int) scale)
        : DataTypes.StringType;
  }
}
