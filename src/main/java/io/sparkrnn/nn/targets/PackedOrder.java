package io.sparkrnn.nn.targets;

/** Which rows of a shard a batch has, and where their steps stand in it. */
public interface PackedOrder {

  /** Returns B, the number of sequences. */
  int size();

  /** Returns N, the number of steps of all sequences. */
  int tokens();

  /** Returns the shard's row number of packed row {@code b}. */
  int row(int b);

  /** Returns the length of packed row {@code b}. */
  int length(int b);

  /** Returns where step {@code t} starts among the N steps. */
  int offset(int t);
}
