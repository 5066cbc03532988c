package io.sparkrnn.train;

/**
 * First numbers of the paths that {@link Seeds#derive} is given, so that no two uses share a
 * stream.
 */
final class Stream {
  static final long SHUFFLE = 1;
  static final long DROPOUT = 2;

  private Stream() {}
}
