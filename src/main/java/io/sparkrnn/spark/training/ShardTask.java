package io.sparkrnn.spark.training;

import io.sparkrnn.spark.rows.ShardData;
import io.sparkrnn.spark.rows.ShardedRows;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.ShardResult;
import io.sparkrnn.train.ShardTrainer;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.course.ShardTimes;
import java.util.Iterator;
import org.apache.spark.SparkEnv;

/**
 * What a task of a round does: trains the shard of its partition, and looks at the clock of its
 * executor before and after. The times are handed back beside the numbers, which do not depend on
 * them.
 */
final class ShardTask {
  private ShardTask() {}

  /**
   * Trains a shard.
   *
   * @param partition holds the shard
   * @param index its number
   */
  static ShardResult train(
      TrainingConfig config, RoundState state, Iterator<ShardData> partition, int index) {
    ShardData data = ShardedRows.single(partition);
    long begin = System.nanoTime();
    ShardResult result = ShardTrainer.train(config, state, data.training(), index);
    return result.withTimes(ShardTimes.of(SparkEnv.get().executorId(), begin, System.nanoTime()));
  }
}
