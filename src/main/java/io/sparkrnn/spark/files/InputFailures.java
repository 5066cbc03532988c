package io.sparkrnn.spark.files;

import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.spark.SparkThrowable;

/** Says what is wrong with an input, and tells such failures from all others. */
public final class InputFailures {
  private static final String READ_FAILED = "FAILED_READ_FILE";
  private static final String TYPE_MISMATCH = "DATA_TYPE_MISMATCH";
  private static final String TYPES_DIFFER = "CANNOT_MERGE_INCOMPATIBLE_DATA_TYPE";

  private InputFailures() {}

  /** Returns the explanation of a failure, null when the input is not to blame. */
  public static InputException explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InputException input) {
        return input;
      }
      if (cause instanceof SparkThrowable spark && isReadFailure(spark)) {
        String path = spark.getMessageParameters().getOrDefault("path", "the input");
        return new InputException("cannot read " + path + ": " + reason(spark, cause), failure);
      }
    }
    return null;
  }

  /**
   * Returns the explanation, or the failure itself when there is none. Spark throws checked
   * exceptions without declaring them; they are wrapped.
   */
  public static RuntimeException orElse(Exception failure) {
    InputException explained = explain(failure);
    if (explained != null) {
      return explained;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure.getMessage(), failure);
  }

  /** Something that reads a file. */
  public interface Reading<T> {
    /** Returns what was read. */
    T read() throws IOException;
  }

  /**
   * Reads a file and explains failures.
   *
   * @throws InputException when it cannot be read
   */
  public static <T> T reading(String path, Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException | IllegalArgumentException e) {
      throw ofFile(e, path);
    }
  }

  /** Returns the explanation of a failure to read a file. */
  static InputException ofFile(Exception failure, String path) {
    return failure instanceof InputException input
        ? input
        : new InputException("cannot read " + path + ": " + cause(failure, path), failure);
  }

  /** What is wrong, and what to do where that is known. */
  private static String cause(Throwable failure, String path) {
    List<Throwable> causes = FailureReason.causes(failure);
    Throwable root = causes.get(causes.size() - 1);
    String remedy = "";
    if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
      remedy = "; add the jar that has it with --conf spark.jars=FILE";
    } else if (isDamage(root, path)) {
      remedy = "; the file is damaged";
    }
    return FailureReason.of(failure) + remedy;
  }

  /** Failures of file systems have classes of their own, those of decoders seldom. */
  private static boolean isDamage(Throwable root, String path) {
    boolean encoded =
        InputFormat.isGzip(path)
            || InputFormat.ofFile(path).filter(InputFormat.PARQUET::equals).isPresent();
    return root instanceof EOFException
        || root instanceof ChecksumException
        || encoded
            && (root.getClass() == IOException.class
                || root instanceof ZipException
                || root instanceof DataFormatException
                || root instanceof RuntimeException);
  }

  /** Returns the explanation of a failure to merge the types of a file's columns with others. */
  public static RuntimeException typesDiffer(Exception failure, String file) {
    for (Throwable cause : FailureReason.causes(failure)) {
      if (cause instanceof SparkThrowable spark && TYPES_DIFFER.equals(spark.getCondition())) {
        Map<String, String> types = spark.getMessageParameters();
        return new InputException(
            "a column must be of the same type in all files, got %s before and %s in %s"
                .formatted(types.get("left"), types.get("right"), file),
            failure);
      }
    }
    return orElse(failure);
  }

  private static boolean isReadFailure(SparkThrowable failure) {
    String condition = failure.getCondition();
    return condition != null && condition.startsWith(READ_FAILED);
  }

  private static String reason(SparkThrowable spark, Throwable failure) {
    Map<String, String> found = spark.getMessageParameters();
    if (spark.getCondition().endsWith(TYPE_MISMATCH)) {
      return "column %s is of type %s, and of type %s in other files; write it with one type"
          .formatted(found.get("column"), found.get("actualType"), found.get("expectedType"));
    }
    return failure.getCause() == null
        ? "it cannot be decoded; the file is damaged"
        : cause(failure, found.getOrDefault("path", ""));
  }
}
