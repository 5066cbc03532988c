package io.sparkrnn.cli.output;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What the commands write, and how a former output of the kind is told from all else. */
public enum OutputKind {
  MODEL("model", "model"),
  TABLE("output", "table written by Spark");

  private static final Pattern PART = Pattern.compile("part-.*|_SUCCESS");
  private static final Pattern OF_TABLE = Pattern.compile("part-.*|[._].*|.+=.*");

  private final String word;
  private final String former;

  OutputKind(String word, String former) {
    this.word = word;
    this.former = former;
  }

  /** Returns the word for the output in messages, which is its option's too. */
  String word() {
    return word;
  }

  /** Returns what a former output is, for messages. */
  String former() {
    return former;
  }

  /** Returns whether a directory that is not empty looks like an output of this kind. */
  boolean isFormer(FileSystem files, Path directory) throws IOException {
    if (!files.getFileStatus(directory).isDirectory()) {
      return false;
    }
    List<String> names =
        Arrays.stream(files.listStatus(directory))
            .map(status -> status.getPath().getName())
            .toList();
    return this == MODEL
        ? names.contains("config.json")
            && (names.contains("weights.safetensors") || names.contains("metadata"))
        : names.stream().anyMatch(name -> PART.matcher(name).matches())
            && names.stream().allMatch(name -> OF_TABLE.matcher(name).matches());
  }
}
