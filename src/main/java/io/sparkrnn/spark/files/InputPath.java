package io.sparkrnn.spark.files;

import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * An input that exists, its format, and its files in the order of their paths.
 *
 * @param path as the user wrote it
 * @param format the format of all files
 * @param root below which the names of directories say something of the files; the file itself when
 *     there is but one
 * @param files at least one; hidden and, in text forms, empty ones left out
 */
public record InputPath(String path, InputFormat format, Path root, List<FileStatus> files) {
  private static final List<String> REVIEW_DIRECTORIES = List.of("pos", "neg", "unsup");
  private static final String REVIEW_EXTENSION = ".txt";

  private static final String FORMATS =
      "use .csv, .tsv, .json, .jsonl, .parquet, .wav or, for language models, .txt (.gz behind text forms), or a directory with pos/"
          + " and neg/";

  /**
   * Looks at a path.
   *
   * @throws InputException when it does not exist, cannot be listed, has no reviews or no known
   *     format
   */
  public static InputPath find(SparkSession spark, String path) {
    try {
      Path root = LocalNames.path(path);
      FileSystem files = root.getFileSystem(spark.sessionState().newHadoopConf());
      FileStatus status = files.getFileStatus(root);
      InputPath input =
          status.isDirectory() ? directory(files, path, status.getPath()) : file(path, status);
      FileMagic.check(files, input);
      return input;
    } catch (InputException e) {
      throw e;
    } catch (FileNotFoundException e) {
      throw new InputException("input " + path + " does not exist" + LocalNames.spelling(path), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException("cannot read input " + path + ": " + FailureReason.of(e), e);
    }
  }

  private static InputPath file(String path, FileStatus file) {
    InputFormat format =
        InputFormat.ofFile(file.getPath().getName())
            .orElseThrow(
                () ->
                    new InputException(
                        "the name of " + path + " does not tell its format; " + FORMATS));
    if (file.getLen() == 0) {
      throw new InputException("there are no reviews in " + path + ": the file is empty");
    }
    return new InputPath(path, format, file.getPath(), List.of(file));
  }

  private static InputPath directory(FileSystem files, String path, Path root) throws IOException {
    for (Path parent : List.of(root, new Path(root, "train"))) {
      List<FileStatus> reviews = new ArrayList<>();
      boolean found = false;
      for (String name : REVIEW_DIRECTORIES) {
        Path directory = new Path(parent, name);
        if (files.exists(directory) && files.getFileStatus(directory).isDirectory()) {
          found = true;
          reviews.addAll(textFiles(files, directory));
        }
      }
      if (found) {
        return nonEmpty(new InputPath(path, InputFormat.REVIEW_FILES, parent, reviews));
      }
    }
    return parts(files, path, root);
  }

  private static List<FileStatus> textFiles(FileSystem files, Path directory) throws IOException {
    List<FileStatus> reviews = FileListing.below(files, directory, true);
    for (FileStatus file : reviews) {
      if (!file.getPath().getName().toLowerCase(Locale.ROOT).endsWith(REVIEW_EXTENSION)) {
        throw new InputException(
            "reviews must be files named .txt, got " + file.getPath() + "; move or rename it");
      }
    }
    return reviews;
  }

  private static InputPath parts(FileSystem files, String path, Path root) throws IOException {
    List<FileStatus> parts = FileListing.below(files, root, false);
    InputFormat format = null;
    for (FileStatus part : parts) {
      InputFormat other = file(part.getPath().toString(), part).format();
      if (format != null && format != other) {
        throw new InputException(
            path
                + " holds files of several formats, "
                + format
                + " and "
                + other
                + " among them; name one file or a directory of one format");
      }
      format = other;
    }
    PartitionDirectories.check(root, parts);
    return nonEmpty(new InputPath(path, format, root, parts));
  }

  private static InputPath nonEmpty(InputPath input) {
    if (input.files().isEmpty()) {
      throw new InputException("there are no reviews in " + input.path() + ": it has no files");
    }
    return input;
  }

  /** Returns the directory that the input is, or lies in. */
  public String directory() {
    boolean isFile = files.size() == 1 && files.get(0).getPath().equals(root);
    return (isFile ? root.getParent() : root).toString();
  }

  /** Returns the bytes of all files. */
  public long bytes() {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }
}
