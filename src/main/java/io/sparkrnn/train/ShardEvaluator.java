package io.sparkrnn.train;

import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;

/** Evaluates one shard's rows; parts of several shards merge in shard order. */
public final class ShardEvaluator {
  private static final int BATCH_SIZE = 256;

  private ShardEvaluator() {}

  /**
   * Returns the evaluation of one shard, the most probable class being the prediction.
   *
   * @param config network and loss
   * @param parameters the network's parameters. Not modified.
   * @param shard labelled rows. Not modified.
   */
  public static EvaluationBuilder evaluate(
      TrainingConfig config, float[] parameters, PackedShard shard) {
    return evaluate(config, parameters, shard, Thresholds.none());
  }

  /**
   * Returns the evaluation of one shard.
   *
   * @param config network and loss
   * @param parameters the network's parameters. Not modified.
   * @param shard labelled rows. Not modified.
   * @param thresholds which class is predicted
   */
  public static EvaluationBuilder evaluate(
      TrainingConfig config, float[] parameters, PackedShard shard, Thresholds thresholds) {
    EvaluationBuilder builder =
        new EvaluationBuilder(
            config.objective().loss(), config.network().head().outputs(), thresholds);
    FrozenNetwork network = new FrozenNetwork(new Network(config.network()), parameters);
    float[] scores = new Scorer(network, BATCH_SIZE).score(shard);
    for (int row = 0; row < shard.rows(); row++) {
      builder.add(scores, row, shard.labels()[row]);
    }
    return builder;
  }
}
