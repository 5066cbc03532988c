package io.sparkrnn.spark.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.TestSpark;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFilesTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final String TYPED =
      "message m { optional binary text (STRING); optional int32 label; optional %s; }";

  @TempDir Path directory;
  private final ReviewReader reader = new ReviewReader(SPARK, "text", "label");

  /** Writes a file of one part that Spark has written. */
  private String write(String name, Dataset<Row> rows) throws IOException {
    Path written = directory.resolve(name + ".written");
    rows.coalesce(1).write().parquet(written.toString());
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    for (File part : written.toFile().listFiles((d, part) -> part.startsWith("part-"))) {
      Files.move(part.toPath(), file);
    }
    for (File rest : written.toFile().listFiles()) {
      Files.delete(rest.toPath());
    }
    Files.delete(written);
    return file.toString();
  }

  private String write(String name, String column, int rows) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    MessageType schema = MessageTypeParser.parseMessageType(TYPED.formatted(column));
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(schema)
            .build()) {
      for (int i = 0; i < rows; i++) {
        SimpleGroup row = new SimpleGroup(schema);
        row.add("text", "row " + i);
        row.add("label", i % 2);
        out.write(row);
      }
    }
    return file.toString();
  }

  private static Dataset<Row> numbers(int from, int to) {
    return SPARK.range(from, to, 1, 1).selectExpr("cast(id as string) as text", "id % 2 as label");
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.select("text").collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  private static List<String> expected(int rows) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      texts.add(String.valueOf(i));
    }
    return texts;
  }

  @Test
  void rowsComeInTheOrderOfPaths() throws IOException {
    int[] ends = {0, 5, 300, 301, 2000, 2001, 2003, 2500};
    for (int i = 1; i < ends.length; i++) {
      write("order/p=" + (i + 1) / 3 + "/f" + i + ".parquet", numbers(ends[i - 1], ends[i]));
    }
    Dataset<Row> rows = reader.readUnlabelled(directory + "/order");
    assertEquals(List.of("text", "label", "p", "_refused"), List.of(rows.columns()));
    assertEquals(expected(2500), texts(rows));
    assertTrue(rows.rdd().getNumPartitions() <= 2, "partitions " + rows.rdd().getNumPartitions());
    assertEquals(
        List.of("299", "300"), texts(rows.where("text in ('299', '300') and p in (0, 1)")));
  }

  @Test
  void partsOfALargeFileStayInOrder() throws IOException {
    String file = write("large.parquet", numbers(0, 20_000));
    String large = "spark.sql.files.maxPartitionBytes";
    String before = SPARK.conf().get(large);
    SPARK.conf().set(large, "10000b");
    SPARK.conf().set("spark.sql.files.openCostInBytes", "1000b");
    try {
      Dataset<Row> rows = reader.readUnlabelled(file);
      assertTrue(rows.rdd().getNumPartitions() > 2);
      assertEquals(expected(20_000), texts(rows));
    } finally {
      SPARK.conf().set(large, before);
      SPARK.conf().unset("spark.sql.files.openCostInBytes");
    }
  }

  @Test
  void columnsThatNobodyReadsMayBeOfAnyType() throws IOException {
    for (String column :
        List.of(
            "int64 other (TIMESTAMP(NANOS,true))",
            "fixed_len_byte_array(2) other (FLOAT16)",
            "int32 other (TIME(MILLIS,true))")) {
      String file = write("t" + column.hashCode() + ".parquet", column, 3);
      assertEquals(List.of("row 0", "row 1", "row 2"), texts(reader.read(file)));
      String message =
          assertThrows(InputException.class, () -> reader.readUnlabelled(file)).getMessage();
      assertTrue(message.contains("column 'other' in file:" + file), message);
      assertTrue(message.contains("write it as another type"), message);
    }
  }

  @Test
  void columnsWithoutATypeTakeThatOfOtherFiles() throws IOException {
    write("void/a.parquet", "int32 other (UNKNOWN)", 0);
    write("void/b.parquet", "binary other (STRING)", 2);
    assertEquals(2, reader.readUnlabelled(directory + "/void").where("other is null").count());
    write("void/c.parquet", "int32 other (UNKNOWN)", 2);
    assertEquals(4, reader.read(directory + "/void").count());
    String message =
        assertThrows(InputException.class, () -> reader.readUnlabelled(directory + "/void").count())
            .getMessage();
    assertTrue(message.contains("column 'other' in ") && message.contains("c.parquet"), message);
  }

  @Test
  void columnsThatDifferInCaseAreNamed() {
    String file = directory + "/case.parquet";
    SparkSession exact = SPARK.newSession();
    exact.conf().set("spark.sql.caseSensitive", true);
    exact
        .range(3)
        .selectExpr("'good' as text", "'bad' as Text", "1.0 as label", "1 as x", "2 as X")
        .write()
        .parquet(file);
    String message = assertThrows(InputException.class, () -> reader.read(file)).getMessage();
    assertTrue(message.startsWith("columns 'Text' and 'text' in file:" + file), message);
    assertTrue(message.contains("differ in nothing but case"), message);
  }

  @Test
  void aStructureWithNamesThatDifferInCaseNeedsTheSetting() {
    String file = directory + "/twins.parquet";
    SPARK
        .range(2)
        .selectExpr("'good' as text", "1.0 as label", "array(struct(1 as a, 2 as A)) as other")
        .write()
        .parquet(file);
    assertEquals(List.of("good", "good"), texts(reader.read(file)));
    String message =
        assertThrows(InputException.class, () -> reader.readUnlabelled(file)).getMessage();
    assertTrue(message.contains("column 'other' in "), message);
    assertTrue(message.contains("names that differ only in case"), message);
    SparkSession exact = SPARK.newSession();
    exact.conf().set("spark.sql.caseSensitive", true);
    Dataset<Row> rows = new ReviewReader(exact, "text", "label").readUnlabelled(file);
    assertEquals("{\"other\":[{\"a\":1,\"A\":2}]}", rows.select("other").toJSON().first());
  }

  @Test
  void aLimitThatLeavesNothingIsNamed() throws IOException {
    String file = write("limit.parquet", numbers(0, 3));
    SparkSession none = SPARK.newSession();
    none.conf().set("spark.sql.files.maxPartitionBytes", "0");
    ReviewReader limited = new ReviewReader(none, "text", "label");
    String message = assertThrows(InputException.class, () -> limited.read(file)).getMessage();
    assertEquals("spark.sql.files.maxPartitionBytes must be > 0, got 0", message);
  }

  @Test
  void filesNamedWithAnUnderscoreAreRead() throws IOException {
    String file = write("_hidden/_f.parquet", numbers(0, 3));
    assertEquals(expected(3), texts(reader.read(file)));
  }

  @Test
  void namesOfDirectoriesStayAsTheyAreSpelled() throws IOException {
    write("dirs/zip=007/day=2024-02-29/f.parquet", numbers(0, 1));
    write("dirs/zip=10/day=__HIVE_DEFAULT_PARTITION__/f.parquet", numbers(1, 2));
    Dataset<Row> rows = reader.readUnlabelled(directory + "/dirs");
    assertEquals(
        List.of("[0,0,007,2024-02-29,null]", "[1,1,10,null,null]"),
        rows.collectAsList().stream().map(Row::toString).toList());
    assertEquals("date", rows.schema().apply("day").dataType().typeName());
  }
}
