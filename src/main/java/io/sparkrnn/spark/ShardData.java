package io.sparkrnn.spark;

import io.sparkrnn.train.PackedShard;
import java.io.Serializable;

/**
 * The rows of one logical shard, or a piece of them on the way there.
 *
 * @param training rows to train on
 * @param validation rows held out
 * @param refused rows left out, by {@link Refusal}
 */
record ShardData(PackedShard training, PackedShard validation, long[] refused)
    implements Serializable {}
