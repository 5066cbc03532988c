package io.sparkrnn.train;

import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;

/** Evaluates one shard's rows; parts of several shards merge in shard order. */
public final class ShardEvaluator {
  private ShardEvaluator() {}

  /**
   * Returns the evaluation of one shard, the most probable class being the prediction; with a head
   * at every step, its rows are steps.
   *
   * @param config network and loss
   * @param parameters the network's parameters. Not modified.
   * @param shard labelled rows. Not modified.
   * @throws IllegalArgumentException if the shard is not what the network reads
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
    shard.check(config.network(), true);
    Scorer scorer = new Scorer(network);
    float[] scores = scorer.predictions(shard, null);
    float[] labels = shard.labels();
    for (int row = 0; row < labels.length; row++) {
      builder.add(scores, row, labels[row]);
    }
    return builder;
  }
}
