package io.sparkrnn.train;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * How a model did on labelled rows; what does not apply, or cannot be computed, is NaN.
 *
 * <p>The component names are the keys of its JSON form, where NaN is null.
 *
 * @param rows rows evaluated
 * @param rowsRefused rows left out because they were bad
 * @param accuracy fraction of the rows whose class was predicted; NaN for regression
 * @param logLoss mean cross-entropy, probabilities clipped to [1e-7, 1 - 1e-7] as in Keras; NaN for
 *     regression
 * @param auc exact area under the ROC curve, ties counted half; NaN unless there are two classes
 *     and rows of both
 * @param confusion rows by [actual][predicted] class; empty for regression
 * @param meanSquaredError regression only, else NaN
 * @param meanAbsoluteError regression only, else NaN
 * @param refusals why rows were left out; none when only their number is known
 */
public record Evaluation(
    long rows,
    long rowsRefused,
    double accuracy,
    double logLoss,
    double auc,
    long[][] confusion,
    double meanSquaredError,
    double meanAbsoluteError,
    Refusals refusals)
    implements Serializable {
  public Evaluation {
    if (rows < 0 || rowsRefused < 0) {
      throw new IllegalArgumentException(
          "rows and rowsRefused must be >= 0, got " + rows + " and " + rowsRefused);
    }
    if (refusals.rows() != 0 && refusals.rows() != rowsRefused) {
      throw new IllegalArgumentException(
          "refusals must be of " + rowsRefused + " rows, got " + refusals.rows());
    }
    confusion = copy(confusion);
  }

  /** Creates an evaluation of which it is not known why rows were left out. */
  public Evaluation(
      long rows,
      long rowsRefused,
      double accuracy,
      double logLoss,
      double auc,
      long[][] confusion,
      double meanSquaredError,
      double meanAbsoluteError) {
    this(
        rows,
        rowsRefused,
        accuracy,
        logLoss,
        auc,
        confusion,
        meanSquaredError,
        meanAbsoluteError,
        Refusals.none());
  }

  /** Returns the confusion matrix [actual][predicted], a copy. */
  @Override
  public long[][] confusion() {
    return copy(confusion);
  }

  /** Returns whether this is the evaluation of a regression. */
  public boolean isRegression() {
    return confusion.length == 0;
  }

  private static long[][] copy(long[][] matrix) {
    long[][] copy = new long[matrix.length][];
    for (int i = 0; i < copy.length; i++) {
      if (matrix[i].length != matrix.length) {
        throw new IllegalArgumentException(
            "confusion must be square, got row %d of %d with %d columns"
                .formatted(i, matrix.length, matrix[i].length));
      }
      copy[i] = matrix[i].clone();
    }
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Evaluation that
        && rows == that.rows
        && rowsRefused == that.rowsRefused
        && refusals.equals(that.refusals)
        && Arrays.equals(numbers(), that.numbers())
        && Arrays.deepEquals(confusion, that.confusion);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(rows) * 31 + Arrays.hashCode(numbers());
  }

  @Override
  public String toString() {
    return isRegression()
        ? String.format(
            Locale.ROOT,
            "rows %d, refused %d, mean squared error %.6g, mean absolute error %.6g",
            rows,
            rowsRefused,
            meanSquaredError,
            meanAbsoluteError)
        : String.format(
            Locale.ROOT,
            "rows %d, refused %d, accuracy %.4f, log loss %.4f, auc %.4f",
            rows,
            rowsRefused,
            accuracy,
            logLoss,
            auc);
  }

  private double[] numbers() {
    return new double[] {accuracy, logLoss, auc, meanSquaredError, meanAbsoluteError};
  }
}
