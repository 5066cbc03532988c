package io.sparkrnn.spark.input;

import org.apache.hadoop.io.compress.GzipCodec;

/**
 * Gzip for files named in capital letters: Hadoop finds codecs by the letters as they are.
 *
 * <p>Public because Hadoop creates it by its name, which stands in the setting {@link #SETTING}.
 */
public final class CapitalGzipCodec extends GzipCodec {
  /** Hadoop's list of codecs beside those it finds itself, gzip among them. */
  static final String SETTING = "io.compression.codecs";

  /** The end of the names of the files. */
  static final String EXTENSION = ".GZ";

  /** Creates the codec; Hadoop then sets its configuration. */
  public CapitalGzipCodec() {}

  @Override
  public String getDefaultExtension() {
    return EXTENSION;
  }
}
