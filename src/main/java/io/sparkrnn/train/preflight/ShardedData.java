package io.sparkrnn.train.preflight;

import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;

/**
 * The rows of a training as they lie in their shards.
 *
 * @param shards one for each shard, in their order
 * @param classCounts training rows by class index; empty when labels are numbers
 * @param unknownTokens words of the training rows that the vocabulary does not have
 * @param truncation what texts lost, or null when the rows came as sequences
 */
public record ShardedData(
    List<ShardSize> shards, List<Long> classCounts, long unknownTokens, Truncation truncation) {
  public ShardedData {
    shards = List.copyOf(shards);
    classCounts = List.copyOf(classCounts);
    Objects.checkIndex(0, shards.size());
  }

  /** Returns smallest, mean, largest and all of the shards' training rows. */
  public LongSummaryStatistics rows() {
    return shards.stream().mapToLong(ShardSize::rows).summaryStatistics();
  }

  /** Returns smallest, mean, largest and all of the shards' steps to train on. */
  public LongSummaryStatistics steps() {
    return shards.stream().mapToLong(ShardSize::steps).summaryStatistics();
  }

  /** Returns the steps of the longest training row. */
  public int longest() {
    return shards.stream().mapToInt(ShardSize::longest).max().orElse(0);
  }

  /** Returns the steps of the largest shard's rows held out. */
  long validationSteps() {
    return shards.stream().mapToLong(ShardSize::validationSteps).sum();
  }

  /** Returns the share of the training rows' words that the vocabulary does not have. */
  public double unknownShare() {
    return unknownTokens / (double) Math.max(1, steps().getSum());
  }
}
