package io.sparkrnn.nn;

/**
 * What the size of a tape depends on besides the network.
 *
 * @param tokens steps of all sequences of a block, N
 * @param distinct distinct token ids of the whole batch, D; not read by networks over vectors
 * @param batchSize sequences of the block, B
 * @param checkpoints whether only some states are kept from the forward pass
 */
record TapeShape(long tokens, long distinct, long batchSize, boolean checkpoints) {}
