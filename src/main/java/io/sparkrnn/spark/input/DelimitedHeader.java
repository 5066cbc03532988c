package io.sparkrnn.spark.input;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The header of one CSV or TSV file.
 *
 * <p>Spark looks at the header of one file, expects the same bytes in all others and would take the
 * file's name for a pattern. So headers are read here, by the parser and the rules by which Spark
 * reads the rows.
 *
 * @param file the path of the file
 * @param cells one or more, read as Latin-1: byte order mark and carriage return are still there
 */
record DelimitedHeader(String file, List<String> cells) {
  private static final int FILES_PER_TASK = 64;
  private static final int BUFFERED_CHARACTERS = 1 << 13;
  private static final int MAX_COLUMNS = 20_480;
  private static final String RETURN = "\r";
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /**
   * Reads the headers of all files, in tasks, and returns the first.
   *
   * @throws InputException when there is none, when a file is damaged, when two headers differ by
   *     more than case or when a column occurs twice
   */
  static DelimitedHeader read(SparkSession spark, InputPath input, char separator) {
    List<String> paths = input.files().stream().map(file -> file.getPath().toString()).toList();
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    int tasks = (paths.size() + FILES_PER_TASK - 1) / FILES_PER_TASK;
    List<List<String>> cells =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(paths, tasks)
            .map(path -> cells(path, separator, hadoop.value()))
            .collect();
    List<DelimitedHeader> headers =
        IntStream.range(0, paths.size())
            .filter(file -> !cells.get(file).isEmpty())
            .mapToObj(file -> new DelimitedHeader(paths.get(file), cells.get(file)))
            .toList();
    if (headers.isEmpty()) {
      throw new InputException("there are no reviews in " + input.path());
    }
    DelimitedHeader first = headers.get(0);
    first.requireUsable();
    headers.forEach(first::requireSame);
    return first;
  }

  /** Returns the cells of a header in a list that every serializer of Spark's carries. */
  private static List<String> cells(String file, char separator, Configuration hadoop) {
    CsvParser parser = new CsvParser(settings(separator));
    try (InputStream in = open(new Path(file), hadoop)) {
      parser.beginParsing(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
      String[] cells = parser.parseNext();
      return cells == null ? new ArrayList<>() : new ArrayList<>(Arrays.asList(cells));
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          "cannot read " + file + ": " + FailureReason.of(e) + "; the file is damaged", e);
    }
  }

  private static InputStream open(Path file, Configuration hadoop) throws IOException {
    InputStream in = file.getFileSystem(hadoop).open(file);
    return InputFormat.isGzip(file.getName()) ? new GZIPInputStream(in) : in;
  }

  private static CsvParserSettings settings(char separator) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(separator);
    settings.getFormat().setQuote('"');
    settings.getFormat().setQuoteEscape('"');
    settings.getFormat().setLineSeparator(DelimitedLines.LINE_FEED);
    settings.setNormalizeLineEndingsWithinQuotes(false);
    settings.setCommentProcessingEnabled(false);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setReadInputOnSeparateThread(false);
    settings.setInputBufferSize(BUFFERED_CHARACTERS);
    settings.setMaxCharsPerColumn(-1);
    settings.setMaxColumns(MAX_COLUMNS);
    settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.STOP_AT_DELIMITER);
    settings.setNullValue("");
    settings.setEmptyValue("");
    return settings;
  }

  /** Returns the names of the columns; one without a name is called by its number, from 0. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (String cell : cells) {
      String name = decoded(cell);
      names.add(name.isEmpty() ? "_c" + names.size() : name);
    }
    return names;
  }

  private static String decoded(String cell) {
    String line = cell.endsWith(RETURN) ? cell.substring(0, cell.length() - 1) : cell;
    String text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    if (!text.startsWith(BYTE_ORDER_MARK)) {
      return text;
    }
    String plain = text.substring(1);
    boolean quoted = plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"");
    return quoted ? plain.substring(1, plain.length() - 1) : plain;
  }

  private void requireUsable() {
    Columns.requireUsable(names(), file);
  }

  private void requireSame(DelimitedHeader other) {
    if (!lowerCase().equals(other.lowerCase())) {
      throw new InputException(
          "the headers of %s and %s must be the same, got '%s' and '%s'"
              .formatted(
                  file,
                  other.file,
                  String.join("', '", names()),
                  String.join("', '", other.names())));
    }
  }

  private List<String> lowerCase() {
    return names().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }
}
