package io.sparkrnn.spark;

import java.util.List;
import java.util.Optional;

/** A form in which reviews are kept, told by the names of files. */
enum InputFormat {
  REVIEW_FILES(List.of()),
  CSV(List.of(".csv")),
  TSV(List.of(".tsv", ".tab")),
  JSON(List.of(".json", ".jsonl", ".ndjson")),
  PARQUET(List.of(".parquet"));

  static final String GZIP = ".gz";

  private final List<String> extensions;

  InputFormat(List<String> extensions) {
    this.extensions = extensions;
  }

  /** Returns the format of a file with this name, none when the name does not tell. */
  static Optional<InputFormat> ofFile(String name) {
    boolean gzip = name.endsWith(GZIP);
    String plain = gzip ? name.substring(0, name.length() - GZIP.length()) : name;
    for (InputFormat format : values()) {
      if (!(gzip && format == PARQUET) && format.extensions.stream().anyMatch(plain::endsWith)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
