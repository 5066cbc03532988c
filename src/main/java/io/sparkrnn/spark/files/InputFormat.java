package io.sparkrnn.spark.files;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A form in which reviews are kept, told by the names of files. */
public enum InputFormat {
  REVIEW_FILES(List.of()),
  CSV(List.of(".csv")),
  TSV(List.of(".tsv", ".tab")),
  JSON(List.of(".json", ".jsonl", ".ndjson")),
  PARQUET(List.of(".parquet")),
  TEXT(List.of(".txt")),
  WAV(List.of(".wav"));

  private static final String GZIP = ".gz";

  private final List<String> extensions;

  InputFormat(List<String> extensions) {
    this.extensions = extensions;
  }

  /** Returns the format of a file with this name, in any case; none when the name does not tell. */
  static Optional<InputFormat> ofFile(String name) {
    boolean gzip = isGzip(name);
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = gzip ? lower.substring(0, lower.length() - GZIP.length()) : lower;
    for (InputFormat format : values()) {
      if (!(gzip && (format == PARQUET || format == WAV))
          && format.extensions.stream().anyMatch(plain::endsWith)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a file with this name is read as gzip; the name ends in small or in capital letters.
   */
  static boolean isGzip(String name) {
    return name.endsWith(GZIP) || name.endsWith(GZIP.toUpperCase(Locale.ROOT));
  }
}
