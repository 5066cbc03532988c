package io.sparkrnn.spark.input;

import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.sparkrnn.spark.delimited.DelimitedLines;
import io.sparkrnn.spark.files.InputFailures;
import io.sparkrnn.spark.files.InputPath;
import io.sparkrnn.spark.files.ValidText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;

/**
 * Reads reviews from the places people keep them in.
 *
 * <p>A path, which is no pattern, is one of: a directory in the layout of the Large Movie Review
 * Dataset ({@code pos/}, {@code neg/}, {@code unsup/} with files named ID_RATING.txt, or its
 * parent, of which {@code train/} is read); a file that ends in {@code .csv}, {@code .tsv}, {@code
 * .json}, {@code .jsonl}, {@code .ndjson} or {@code .parquet}, text forms also with {@code .gz}; a
 * directory of such files of one kind. CSV and TSV have a header, the same in all files of a
 * directory, may have line breaks inside quotes, and have quotes as in RFC 4180, after backslashes
 * or none that mean something, which is found for each file. JSON is one object a line, several, or
 * one text over many lines. Directories named COLUMN=VALUE add a column, or stand for the one of
 * this name in the files. Rows come in the order of paths and of lines.
 *
 * <p>A file that ends in {@code .txt}, or a directory of such files, is running text, which comes
 * in pieces; it has no labels.
 *
 * <p>A file that ends in {@code .wav}, or a directory of such files, is audio: a row a file, whose
 * label is the name of the directory that holds it; if that is the input itself, LABEL in
 * LABEL_SPEAKER_NUMBER.wav.
 *
 * <p>No row is dropped. What cannot be used has a reason in column {@link #REFUSED_COL}, which is
 * null otherwise: text that is null or not valid UTF-8 (then null), an unknown label, weight or
 * validation indicator (then null), a line that cannot be parsed. All other columns of the input
 * stay; directories of review files give {@code path} and {@code rating}.
 *
 * <p>Reads lazily, so damage inside a file shows when a job runs: see {@link #explain}.
 */
public final class ReviewReader {
  /** Column that says why a row cannot be used; null when it can. */
  public static final String REFUSED_COL = "_refused";

  private final SparkSession spark;
  private final String textCol;
  private final String labelCol;
  private String weightCol = "";
  private String validationIndicatorCol = "";
  private String groupCol = "";
  private boolean keepsLabels;
  private InputUse use = InputUse.TEXT;
  private String translationCol = "";
  private boolean labelsSteps;
  private List<String> classes = List.of();
  private int parallelism;

  /** A reader of the texts and labels in these columns. */
  public ReviewReader(SparkSession spark, String textCol, String labelCol) {
    this.spark = spark;
    this.textCol = textCol;
    this.labelCol = labelCol;
    parallelism = spark.sparkContext().defaultParallelism();
  }

  /**
   * Sets what the column that was named for texts is read as; words that come one by one, features
   * and audio stay as they are.
   */
  public ReviewReader setUse(InputUse use) {
    this.use = use;
    return this;
  }

  /** Sets that {@link #read} leaves labels as they are, strings or arrays. */
  public ReviewReader keepLabels(boolean keep) {
    keepsLabels = keep;
    return this;
  }

  /** Sets the words of the classes, which {@link #read} turns into indices; none for numbers. */
  public ReviewReader setClasses(List<String> words) {
    classes = words;
    return this;
  }

  /**
   * Returns the words that a table has for labels, sorted; none when labels are numbers, or words
   * such as pos and neg that are numbers too.
   *
   * @throws InputException as {@link #read}
   */
  public List<String> classes(String path) {
    checkColumns();
    InputPath input = InputPath.find(spark, path);
    Dataset<Row> rows = open(input, Set.of(textCol, labelCol));
    requireColumn(rows, labelCol, "label", input);
    return Labels.words(rows, labelCol);
  }

  /**
   * Sets whether rows have a label for each step, arrays of strings or strings in which blanks
   * separate them, which stay as they are; whether they are as many is seen when rows are used.
   */
  public ReviewReader setLabelsSteps(boolean labelsSteps) {
    this.labelsSteps = labelsSteps;
    return this;
  }

  /**
   * Sets a column of weights, which {@link #read} turns into numbers where they are strings; none
   * when empty.
   */
  public ReviewReader setWeightCol(String name) {
    weightCol = name;
    return this;
  }

  /**
   * Sets a column that marks validation rows, which {@link #read} turns into booleans where they
   * are strings ({@code true}, {@code false}, {@code 1}, {@code 0}); none when empty.
   */
  public ReviewReader setValidationIndicatorCol(String name) {
    validationIndicatorCol = name;
    return this;
  }

  /** Sets a column of groups, of any type, which must be there; none when empty. */
  public ReviewReader setGroupCol(String name) {
    groupCol = name;
    return this;
  }

  /**
   * Sets how many partitions rows come in at least, where files can be divided so often: Spark's
   * default parallelism otherwise. The same number gives the same partitions on any cluster.
   */
  public ReviewReader setParallelism(int partitions) {
    parallelism = partitions;
    return this;
  }

  /** Sets a column of translations, which {@link #readTexts} checks as it does texts. */
  public ReviewReader setTranslationCol(String name) {
    translationCol = name;
    return this;
  }

  /**
   * Reads texts and labels: the text column as string, the label column as double, and of other
   * columns those that were named; more may be there.
   *
   * <p>Labels: numbers as they are, booleans as 0 and 1, strings by {@link Labels}. A null or empty
   * label stays null and is not refused: the review is unlabelled, as those in {@code unsup/}.
   *
   * @throws InputException when the path does not exist, holds no reviews, is of no known format,
   *     or is damaged where that can be seen without reading it all; when a column is missing, of a
   *     wrong type or has two uses
   */
  public Dataset<Row> read(String path) {
    checkColumns();
    InputPath input = InputPath.find(spark, path);
    Set<String> needed = new HashSet<>();
    for (String name : List.of(textCol, labelCol, weightCol, validationIndicatorCol, groupCol)) {
      if (!name.isEmpty()) {
        needed.add(name);
      }
    }
    Dataset<Row> checked = checkText(open(input, needed), input);
    requireColumn(checked, labelCol, "label", input);
    if (labelsSteps) {
      requireWords(checked, labelCol, "label", input);
      return parseExamples(checked, input);
    }
    if (keepsLabels) {
      return parseExamples(checked, input);
    }
    return parseExamples(
        classes.isEmpty()
            ? Labels.parse(checked, labelCol)
            : Labels.parse(checked, labelCol, classes),
        input);
  }

  /**
   * Checks that no column has two uses.
   *
   * @throws InputException when one has
   */
  public void checkColumns() {
    Map<String, String> uses = new HashMap<>();
    checkUse(uses, translationCol.isEmpty() ? use.word() : "source", textCol);
    if (translationCol.isEmpty()) {
      checkUse(uses, "label", labelCol);
    } else {
      checkUse(uses, "target", translationCol);
    }
    checkUse(uses, "weight", weightCol);
    checkUse(uses, "validation-indicator", validationIndicatorCol);
  }

  private static void checkUse(Map<String, String> uses, String use, String column) {
    String other = column.isEmpty() ? null : uses.put(column, use);
    if (other != null) {
      throw new InputException(
          "%s and %s column must differ, got '%s' for both; name them with --%s-col and --%s-col"
              .formatted(other, use, column, other, use));
    }
  }

  private Dataset<Row> parseExamples(Dataset<Row> rows, InputPath input) {
    Dataset<Row> parsed = rows;
    if (!weightCol.isEmpty()) {
      requireColumn(rows, weightCol, "weight", input);
      parsed = ExampleColumns.parseWeights(parsed, weightCol);
    }
    if (!validationIndicatorCol.isEmpty()) {
      requireColumn(rows, validationIndicatorCol, "validation-indicator", input);
      parsed = ExampleColumns.parseIndicators(parsed, validationIndicatorCol);
    }
    if (!groupCol.isEmpty()) {
      requireColumn(rows, groupCol, "group", input);
    }
    return parsed;
  }

  /**
   * Reads texts with the weights and validation indicators that were named, for a training without
   * labels; every other column stays as it is.
   *
   * @throws InputException as {@link #read}
   */
  public Dataset<Row> readTexts(String path) {
    checkColumns();
    InputPath input = InputPath.find(spark, path);
    Set<String> needed =
        new HashSet<>(
            List.of(textCol, weightCol, validationIndicatorCol, groupCol, translationCol));
    needed.remove("");
    Dataset<Row> rows = checkText(open(input, needed), input);
    if (!translationCol.isEmpty()) {
      rows = checkText(rows, translationCol, "target", "translation", input);
    }
    return parseExamples(rows, input);
  }

  private static void requireWords(Dataset<Row> rows, String name, String use, InputPath input) {
    DataType type = rows.schema().apply(name).dataType();
    if (!Columns.areWords(type)) {
      throw new InputException(
          "column '%s' in %s must hold arrays of strings, or strings of words, got %s; name the %s column with --%s-col"
              .formatted(name, input.path(), type.simpleString(), use, use));
    }
  }

  /**
   * Reads texts; every other column, a label among them, stays as it is and may be missing.
   *
   * @throws InputException as {@link #read}
   */
  public Dataset<Row> readUnlabelled(String path) {
    return readUnlabelled(InputPath.find(spark, path));
  }

  /**
   * Reads texts of files that were found already.
   *
   * @throws InputException as {@link #read}
   */
  public Dataset<Row> readUnlabelled(InputPath input) {
    return checkText(open(input, Set.of()), input);
  }

  /**
   * Returns the one-line explanation of a failure that damaged input caused, or null when the input
   * is not to blame.
   */
  public static InputException explain(Throwable failure) {
    return InputFailures.explain(failure);
  }

  /**
   * Reads a table that need not have texts, such as one of time series: all columns as they are, of
   * CSV and TSV as strings.
   *
   * @throws InputException as {@link #read}
   */
  public static Dataset<Row> readTable(SparkSession spark, InputPath input) {
    return new ReviewReader(spark, "text", "label").open(input, Set.of());
  }

  private Dataset<Row> open(InputPath input, Set<String> needed) {
    try {
      return switch (input.format()) {
        case REVIEW_FILES -> new ReviewFiles(spark, parallelism, textCol, labelCol).open(input);
        case CSV -> new DelimitedLines(spark, parallelism, ',').open(input);
        case TSV -> new DelimitedLines(spark, parallelism, '\t').open(input);
        case JSON -> new JsonLines(spark, parallelism).open(input, needed);
        case TEXT -> new TextFiles(spark, parallelism, textCol).open(input);
        case WAV -> audio(input);
        case PARQUET -> new ParquetFiles(spark, parallelism).open(input, needed);
      };
    } catch (Exception e) {
      throw InputFailures.orElse(e);
    }
  }

  private Dataset<Row> audio(InputPath input) {
    if (use != InputUse.AUDIO) {
      throw new InputException(
          "%s holds WAV files, which are read with --audio-col".formatted(input.path()));
    }
    return new AudioListing(spark, textCol, labelCol).open(input);
  }

  private Dataset<Row> checkText(Dataset<Row> rows, InputPath input) {
    if (use == InputUse.TOKENS) {
      requireColumn(rows, textCol, use.word(), input);
      requireWords(rows, textCol, use.word(), input);
    }
    if (use != InputUse.TEXT) {
      requireColumn(rows, textCol, use.word(), input);
      return Columns.refuse(rows, functions.lit(null));
    }
    return checkText(rows, textCol, translationCol.isEmpty() ? "text" : "source", "text", input);
  }

  private static Dataset<Row> checkText(
      Dataset<Row> rows, String name, String use, String what, InputPath input) {
    requireColumn(rows, name, use, input);
    DataType type = rows.schema().apply(name).dataType();
    if (!(type instanceof StringType || type instanceof BinaryType)) {
      throw new InputException(
          "column '%s' in %s must hold text, got %s; name the %s column with --%s-col"
              .formatted(name, input.path(), type.simpleString(), use, use));
    }
    Column text = Columns.named(name).cast(DataTypes.StringType);
    Column valid = ValidText.of(text);
    Column reason =
        when(text.isNull(), what + " is null").when(not(valid), what + " is not valid UTF-8");
    return Columns.refuse(rows, reason).withColumn(name, when(valid, text));
  }

  private static void requireColumn(Dataset<Row> rows, String name, String use, InputPath input) {
    if (!Arrays.asList(rows.columns()).contains(name)) {
      throw new InputException(
          "there is no column '"
              + name
              + "' in "
              + input.path()
              + "; the columns are "
              + Columns.names(rows.schema())
              + "; name the "
              + use
              + " column with --"
              + use
              + "-col");
    }
  }
}
