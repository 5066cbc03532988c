package io.sparkrnn.train.wide;

/** Sums up the second derivative of the loss by the parameters, times a direction. */
final class CurvaturePass implements ShardPass {
  private static final long serialVersionUID = 1L;

  private final double[] parameters;
  private final double[] direction;
  private final int outputs;

  /**
   * Creates the pass.
   *
   * @param parameters (features + 1) x outputs, the biases last. Not copied, not modified.
   * @param direction likewise
   */
  CurvaturePass(double[] parameters, double[] direction, int outputs) {
    this.parameters = parameters;
    this.direction = direction;
    this.outputs = outputs;
  }

  @Override
  public int size() {
    return parameters.length;
  }

  @Override
  public double[] over(WideShard shard) {
    double[] result = new double[size()];
    double[] row = new double[outputs];
    double[] moved = new double[outputs];
    for (int i = 0; i < shard.rows(); i++) {
      shard.sums(parameters, i, row);
      Logits.toProbabilities(row);
      shard.sums(direction, i, moved);
      Logits.curve(row, moved, shard.weight(i));
      shard.spread(result, parameters.length - outputs, i, moved);
    }
    return result;
  }
}
