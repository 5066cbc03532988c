package io.sparkrnn.spark.files;

import java.io.Serializable;

/**
 * Part of a text file.
 *
 * @param path the file
 * @param start where its first record begins, in bytes of the text
 * @param end where the record begins that is no more part of it
 * @param line number of its first line, from 1
 * @param more what else its reader has to know of the file
 */
public record FileSlice(String path, long start, long end, long line, Serializable more)
    implements Serializable {
  /** The end of a slice that goes to the end of the file. */
  public static final long TO_THE_END = Long.MAX_VALUE;

  /** How far apart the beginnings of two slices of a file are, or somewhat more. */
  public static final long BYTES = 4L << 20;
}
