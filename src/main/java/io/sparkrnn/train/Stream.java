package io.sparkrnn.train;

/**
 * First numbers of the paths that {@link Seeds#derive} is given, so that no two uses share a
 * stream.
 */
public final class Stream {
  public static final long SHUFFLE = 1;
  public static final long DROPOUT = 2;
  public static final long TEXTS = 3;
  public static final long SAMPLE = 4;

  private Stream() {}
}
