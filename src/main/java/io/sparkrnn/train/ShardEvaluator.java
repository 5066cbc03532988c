package io.sparkrnn.train;

import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.EvaluationBuilder;
import io.sparkrnn.train.metrics.Thresholds;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.translation.PairScorer;

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
    EvaluationBuilder builder = new EvaluationBuilder(config.network().head(), thresholds);
    FrozenNetwork network = new FrozenNetwork(new Network(config.network()), parameters);
    if (config.network().head() instanceof TokenHead) {
      addTexts(builder, network, shard);
      return builder;
    }
    shard.check(config.network(), true);
    if (config.network().head() instanceof TranslationHead) {
      addPairs(builder, network, shard);
      return builder;
    }
    builder.add(new Scorer(network).predictions(shard, null), shard.targets());
    return builder;
  }

  /**
   * Adds pairs of texts and translations.
   *
   * @param builder Modified.
   * @param network a translator
   * @param shard texts, whose targets are their translations. Not modified.
   */
  public static void addPairs(EvaluationBuilder builder, FrozenNetwork network, PackedShard shard) {
    double[] logProbabilities = new PairScorer(network).logProbabilities(shard);
    for (int row = 0; row < shard.rows(); row++) {
      builder.addText(logProbabilities[row], PairScorer.predictions(shard, row), 0);
    }
  }

  /**
   * Adds texts, whose labels are the numbers of their characters.
   *
   * @param builder Modified.
   * @param network a language model
   * @param shard texts. Not modified.
   */
  public static void addTexts(EvaluationBuilder builder, FrozenNetwork network, PackedShard shard) {
    double[] logProbabilities = new TokenScorer(network).logProbabilities(shard);
    for (int row = 0; row < shard.rows(); row++) {
      int tokens = TokenScorer.predictions(shard.length(row));
      long characters = shard.labels().length == 0 ? 0 : (long) shard.labels()[row];
      builder.addText(logProbabilities[row], tokens, characters);
    }
  }
}
