package io.sparkrnn.cli.output;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what was there, or the format is refused. */
class TableFormatTest {
  @TempDir private Path folder;

  /** The tests of commands after this one start sessions of their own. */
  @AfterAll
  static void stop() {
    TestSpark.session().stop();
  }

  private static Dataset<Row> table(String expression) {
    return TestSpark.session().range(0, 1, 1, 1).select(expr(expression).as("é"));
  }

  private String written(TableFormat format, String expression) throws IOException {
    format.write(table(expression), folder.resolve("table").toString(), List.of());
    try (Stream<Path> files = Files.list(folder.resolve("table"))) {
      Path part =
          files
              .filter(f -> f.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow();
      return Files.readString(part, StandardCharsets.ISO_8859_1);
    }
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "'007'|007",
        "'a \"b\" – c'|\"a \"\"b\"\" – c\"",
        "9007199254740993L|9007199254740993",
        "cast(1.5 as decimal(38,18))|1.500000000000000000",
        "date'1582-10-10'|1582-10-10",
        "timestamp'2020-03-29 01:30:00.123456Z'|2020-03-29T01:30:00.123456Z",
        "timestamp_ntz'2020-03-29 02:30:00.000001'|2020-03-29T02:30:00.000001",
        "named_struct('a', null, 'b', array(1, null))|\"{\"\"a\"\":null,\"\"b\"\":[1,null]}\"",
        "named_struct('t', timestamp'2020-03-29 01:30:00.123456Z')|\"{\"\"t\"\":\"\"2020-03-29T01:30:00.123456Z\"\"}\"",
        "named_struct()|{}",
        "X'00ff'|AP8=",
        "parse_json('[1, {}]')|\"[1,{}]\"",
        "''|\"\""
      })
  void csvHoldsEveryValue(String expression, String cell) throws IOException {
    TestSpark.session().conf().set("spark.sql.session.timeZone", "UTC");
    try {
      assertEquals(
          latin1("é\n" + (cell == null ? "" : cell) + "\n"), written(TableFormat.csv, expression));
    } finally {
      TestSpark.session().conf().unset("spark.sql.session.timeZone");
    }
  }

  @Test
  void csvHoldsBytesThatAreNoUtf8() throws IOException {
    assertEquals(
        latin1("é\n") + "Ren\u00e9\n", written(TableFormat.csv, "cast(X'52656ee9' as string)"));
  }

  @Test
  void jsonRefusesBytesThatAreNoUtf8() {
    Exception failure =
        assertThrows(
            Exception.class, () -> written(TableFormat.json, "cast(X'52656ee9' as string)"));
    assertTrue(failure.toString().contains("column 'é' holds bytes that are not UTF-8"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "array(cast(X'ff41' as string))",
        "map('k', cast(X'ff' as string))",
        "map(cast(X'ff' as string), 1)",
        "named_struct('a', array(named_struct('b', cast(X'ff' as string))))",
        "named_struct('a', cast(X'ff' as string), 'b', named_struct())",
        "map(date'2020-01-01', 1)",
        "array(map(X'00', 1))"
      })
  void whatJsonCannotHoldIsRefused(String expression) {
    for (TableFormat format : new TableFormat[] {TableFormat.csv, TableFormat.json}) {
      Exception failure = assertThrows(Exception.class, () -> written(format, expression));
      assertTrue(failure.toString().contains("which JSON cannot"), failure.toString());
      assertTrue(failure.toString().contains("column 'é'"), failure.toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "map(1.5, array('a', null))|{\"1.5\":[\"a\",null]}",
        "'007'|\"007\"",
        "9007199254740993L|9007199254740993",
        "named_struct()|{}",
        "named_struct('a', named_struct(), 'b', null)|{\"a\":{},\"b\":null}",
        "timestamp_ntz'2020-03-29 02:30:00.000001'|\"2020-03-29T02:30:00.000001\"",
        "named_struct('a', null)|{\"a\":null}"
      })
  void jsonHoldsEveryValue(String expression, String value) throws IOException {
    assertEquals(latin1("{\"é\":" + value + "}\n"), written(TableFormat.json, expression));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cast(X'52656ee9' as string)",
        "timestamp'0001-01-01 00:00:00.123456'",
        "date'1582-10-10'",
        "cast(1.5 as decimal(38,18))",
        "'a' collate UTF8_LCASE",
        "interval '1-2' year to month",
        "struct(cast(if(id = 0, 1, null) as byte))"
      })
  void parquetHoldsValuesAndTypes(String expression) {
    String path = folder.resolve("table").toString();
    TableFormat.parquet.write(table(expression), path, List.of());
    Dataset<Row> read = TestSpark.session().read().parquet(path);
    assertEquals(
        table(expression).schema().apply("é").dataType(), read.schema().apply("é").dataType());
    String shown = "hex(cast(cast(`é` as string) as binary))";
    assertEquals(
        table(expression).selectExpr(shown).collectAsList(),
        read.selectExpr(shown).collectAsList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "named_struct()|{}",
        "null|null",
        "named_struct('a', named_struct(), 'b', null)|{\"a\":{},\"b\":null}"
      })
  void parquetHoldsWhatItHasNoTypeForAsText(String expression, String text) {
    String path = folder.resolve("table").toString();
    TableFormat.parquet.write(table(String.valueOf(expression)), path, List.of());
    assertEquals(
        text, TestSpark.session().read().parquet(path).collectAsList().get(0).getString(0));
  }
}
