package io.sparkrnn.train.wide;

/**
 * The scale of each feature: the log ratio of how often it comes in a class and in the others.
 *
 * <pre>
 *   p(k, j) = 1 + weight of the rows of class k with feature j     q(k, j): of the other classes
 *   r(k, j) = log( (p(k, j) / sum of p(k, .)) / (q(k, j) / sum of q(k, .)) )
 * </pre>
 *
 * <p>Two classes with one output have the ratio of class 1 alone.
 *
 * @see <a href="https://aclanthology.org/P12-2018">Wang and Manning, 2012</a>
 */
final class LogRatios {
  private LogRatios() {}

  /**
   * Returns the scales.
   *
   * @param counts features x classes, perhaps with more behind them. Not modified.
   * @param outputs 1 for two classes with one output, else the number of classes
   * @return features x outputs
   */
  static double[] of(double[] counts, int features, int classes, int outputs) {
    double[] ratios = new double[features * outputs];
    for (int k = 0; k < outputs; k++) {
      int label = outputs == 1 ? 1 : k;
      double here = 0;
      double elsewhere = 0;
      for (int j = 0; j < features; j++) {
        here += 1 + counts[j * classes + label];
        elsewhere += 1 + others(counts, j, classes, label);
      }
      for (int j = 0; j < features; j++) {
        double p = (1 + counts[j * classes + label]) / here;
        double q = (1 + others(counts, j, classes, label)) / elsewhere;
        ratios[j * outputs + k] = StrictMath.log(p / q);
      }
    }
    return ratios;
  }

  private static double others(double[] counts, int feature, int classes, int label) {
    double sum = 0;
    for (int other = 0; other < classes; other++) {
      sum += other == label ? 0 : counts[feature * classes + other];
    }
    return sum;
  }
}
