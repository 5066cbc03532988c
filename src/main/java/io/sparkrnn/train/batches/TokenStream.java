package io.sparkrnn.train.batches;

import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.train.Seeds;
import io.sparkrnn.train.Stream;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.SplittableRandom;

/**
 * The texts of a shard as one stream of tokens, cut into what a language model trains on.
 *
 * <pre>
 *   stream:    | text | text | ... text |          | stands for {@link TokenHead#BOUNDARY}
 *   row b:     tokens b N / B .. (b + 1) N / B of it, for the B rows of a step
 *   segment k: tokens k S .. (k + 1) S of each row, S = segmentLength; the last are shorter
 * </pre>
 *
 * <p>The N tokens after the first are each predicted once an epoch. Texts are shuffled once, by
 * seed and shard. Segment k of row b is row {@code k B + b} of the result, with the tokens after
 * its own for targets, so that step k of an epoch takes the rows of a batch in their order.
 */
public final class TokenStream {
  private TokenStream() {}

  /**
   * Returns the segments of a shard's texts.
   *
   * @param config how many rows a step has, and how long segments are
   * @param texts ids without {@link TokenHead#BOUNDARY}. Not modified.
   * @param shardIndex the shard's number, part of the seed
   */
  public static PackedShard segments(TrainingConfig config, PackedShard texts, int shardIndex) {
    int[] stream = join(texts, order(config, texts, shardIndex));
    int predicted = stream.length - 1;
    int rows = config.batching().rowsPerStep();
    int length = config.batching().segmentLength();
    int longest = (int) (((long) predicted + rows - 1) / rows);
    PackedShardBuilder segments = new PackedShardBuilder();
    for (int begin = 0; begin < longest; begin += length) {
      for (int b = 0; b < rows; b++) {
        int end = start(b + 1, predicted, rows);
        int from = Math.min(end, start(b, predicted, rows) + begin);
        segments.addPart(stream, from, Math.min(end, from + length), 1);
      }
    }
    return segments.build();
  }

  private static int start(int row, int predicted, int rows) {
    return (int) ((long) row * predicted / rows);
  }

  private static int[] order(TrainingConfig config, PackedShard texts, int shardIndex) {
    return BatchPlan.shuffled(
        texts.rows(), new SplittableRandom(Seeds.derive(config.seed(), Stream.TEXTS, shardIndex)));
  }

  private static int[] join(PackedShard texts, int[] order) {
    int[] stream = new int[Math.addExact(Math.addExact(texts.steps(), texts.rows()), 1)];
    stream[0] = TokenHead.BOUNDARY;
    int at = 1;
    for (int row : order) {
      int length = texts.length(row);
      System.arraycopy(texts.tokens(), texts.offsets()[row], stream, at, length);
      at += length;
      stream[at++] = TokenHead.BOUNDARY;
    }
    return stream;
  }
}
