package io.sparkrnn.nn.recurrent;

/**
 * What the size of a tape depends on besides the network.
 *
 * @param tokens steps of all sequences of a block, N
 * @param distinct distinct token ids of the whole batch, D; not read by networks over vectors
 * @param batchSize sequences of the block, B
 * @param recompute whether only some states are kept from the forward pass, and the rest is
 *     computed again on the way back
 */
public record TapeShape(long tokens, long distinct, long batchSize, boolean recompute) {}
