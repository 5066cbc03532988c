package io.sparkrnn.train.wide;

/** Sums up the gradient of the loss by the parameters, (features + 1) x K, and last the loss. */
final class LossPass implements ShardPass {
  private static final long serialVersionUID = 1L;

  private final double[] parameters;
  private final int outputs;

  /**
   * Creates the pass.
   *
   * @param parameters (features + 1) x outputs, the biases last. Not copied, not modified.
   */
  LossPass(double[] parameters, int outputs) {
    this.parameters = parameters;
    this.outputs = outputs;
  }

  @Override
  public int size() {
    return parameters.length + 1;
  }

  @Override
  public double[] over(WideShard shard) {
    double[] result = new double[size()];
    double[] row = new double[outputs];
    for (int i = 0; i < shard.rows(); i++) {
      shard.sums(parameters, i, row);
      result[parameters.length] += shard.weight(i) * Logits.loss(row, shard.label(i));
      Logits.toProbabilities(row);
      Logits.toDerivative(row, shard.label(i), shard.weight(i));
      shard.spread(result, parameters.length - outputs, i, row);
    }
    return result;
  }
}
