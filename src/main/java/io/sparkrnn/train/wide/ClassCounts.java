package io.sparkrnn.train.wide;

/**
 * Sums up the weights of the rows of each class that each feature is in: features x classes, and
 * behind them those of all rows.
 */
final class ClassCounts implements ShardPass {
  private static final long serialVersionUID = 1L;

  private final int features;
  private final int classes;

  ClassCounts(int features, int classes) {
    this.features = features;
    this.classes = classes;
  }

  @Override
  public int size() {
    return (features + 1) * classes;
  }

  @Override
  public double[] over(WideShard shard) {
    double[] counts = new double[size()];
    double[] row = new double[classes];
    for (int i = 0; i < shard.rows(); i++) {
      row[shard.label(i)] = shard.weight(i);
      shard.spread(counts, features * classes, i, row);
      row[shard.label(i)] = 0;
    }
    return counts;
  }
}
