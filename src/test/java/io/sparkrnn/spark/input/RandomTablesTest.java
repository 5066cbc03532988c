package io.sparkrnn.spark.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.TestSpark;
import io.sparkrnn.spark.TinyTexts;
import io.sparkrnn.spark.input.RandomTable.Line;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random tables of 1 to 5 files, read and scored under varied settings, come back as they were
 * written, in order; {@code -Dseeds=1000} tries more of them.
 */
class RandomTablesTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final StructType SCHEMA =
      new StructType()
          .add("text", DataTypes.StringType)
          .add("other", DataTypes.StringType)
          .add("number", DataTypes.LongType)
          .add("ratio", DataTypes.DoubleType);

  private static final RnnClassificationModel MODEL =
      TinyTexts.model("a", "b", "ab").setHandleInvalid("keep").setReasonCol("reason");

  @TempDir Path directory;

  private Path folder(int seed) throws IOException {
    return Files.createDirectories(directory.resolve("t" + seed));
  }

  private void write(Random random, Path folder, int file, String ending, String text)
      throws IOException {
    boolean zip = random.nextInt(3) == 0;
    String name = file + (random.nextBoolean() ? ending : ending.toUpperCase());
    Path path = folder.resolve(zip ? name + (random.nextBoolean() ? ".gz" : ".GZ") : name);
    try (OutputStream out = Files.newOutputStream(path);
        OutputStream content = zip ? new GZIPOutputStream(out) : out) {
      content.write(((random.nextBoolean() ? "\ufeff" : "") + text).getBytes(UTF_8));
    }
  }

  /** Writes files with a writer of our own and returns what they hold. */
  private List<Line> write(
      Random random, Path folder, String ending, String letters, Function<List<Line>, String> form)
      throws IOException {
    List<Line> all = new ArrayList<>();
    int files = 1 + random.nextInt(5);
    for (int i = 0; i < files; i++) {
      List<Line> lines = RandomTable.lines(random, letters);
      write(random, folder, i, ending, form.apply(lines));
      all.addAll(lines);
    }
    return all;
  }

  /** Writes files with Spark and returns what they hold. */
  private List<Line> writeBySpark(
      Random random, Path folder, String format, String ending, String letters, String escape)
      throws IOException {
    List<Line> all = new ArrayList<>();
    int files = 1 + random.nextInt(3);
    for (int i = 0; i < files; i++) {
      List<Line> lines = RandomTable.lines(random, letters);
      List<Row> rows = new ArrayList<>();
      lines.forEach(
          line ->
              rows.add(RowFactory.create(line.text(), line.other(), line.number(), line.ratio())));
      Path written = folder.resolve("_written");
      SPARK
          .createDataFrame(rows, SCHEMA)
          .coalesce(1)
          .write()
          .format(format)
          .option("header", true)
          .option("escape", escape)
          .option("sep", ending.equals(".tsv") ? "\t" : ",")
          .option("ignoreLeadingWhiteSpace", false)
          .option("ignoreTrailingWhiteSpace", false)
          .mode("overwrite")
          .save(written.toString());
      try (var parts = Files.newDirectoryStream(written, "part-*")) {
        for (Path part : parts) {
          Files.move(part, folder.resolve(i + ending));
        }
      }
      all.addAll(lines);
    }
    return all;
  }

  /** A session whose settings differ from those of the seed before. */
  private static SparkSession session(int seed) {
    SparkSession session = SPARK.newSession();
    session.conf().set("spark.sql.ansi.enabled", seed / 8 % 2 == 0);
    session.conf().set("spark.sql.caseSensitive", seed / 16 % 2 == 0);
    session.conf().set("spark.sql.adaptive.enabled", seed / 32 % 2 == 0);
    session.conf().set("spark.sql.codegen.wholeStage", seed / 64 % 2 == 0);
    session.conf().set("spark.sql.files.maxPartitionBytes", seed % 3 == 0 ? "500b" : "1g");
    session.conf().set("spark.sql.session.timeZone", seed % 2 == 0 ? "Asia/Kathmandu" : "UTC");
    return session;
  }

  /** Reads and scores the table, and compares what comes out with what went in. */
  private void assertRead(int seed, Path folder, List<Line> expected) {
    Dataset<Row> read =
        new ReviewReader(session(seed), "text", "none").readUnlabelled(folder.toString());
    Dataset<Row> rows = MODEL.transformText(read, "text");
    List<String> columns = Arrays.asList(rows.columns());
    List<Line> found = new ArrayList<>();
    for (Row row : rows.collectAsList()) {
      assertNull(row.<Object>getAs("_refused"), "seed " + seed);
      assertEquals(
          row.isNullAt(row.fieldIndex("reason")), !row.isNullAt(row.fieldIndex("prediction")));
      Object other = columns.contains("other") ? row.getAs("other") : null;
      found.add(
          new Line(
              row.getAs("text"),
              (String) other,
              Long.parseLong(row.getAs("number").toString()),
              Double.parseDouble(row.getAs("ratio").toString())));
    }
    assertEquals(expected, found, "seed " + seed);
  }

  private void check(int seed) throws IOException {
    Random random = new Random(seed);
    Path folder = folder(seed);
    String all = RandomTable.LETTERS + "\r\n\t,";
    List<Line> expected =
        switch (seed % 8) {
          case 0 -> write(random, folder, ".csv", all, RandomTable.rfc(random, ','));
          case 1 -> {
            String noTab = RandomTable.LETTERS + "\r\n,";
            yield write(random, folder, ".tsv", noTab, RandomTable.rfc(random, '\t'));
          }
          case 2 ->
              write(random, folder, ".tab", RandomTable.LETTERS + ",", RandomTable.plain(random));
          case 3, 4 -> write(random, folder, ".jsonl", all, RandomTable.json(random));
          case 5 -> writeBySpark(random, folder, "parquet", ".parquet", all, "\"");
          case 6 -> writeBySpark(random, folder, "json", ".json", all, "\"");
          default -> {
            String noSlash = RandomTable.LETTERS.replace("\\", "") + "\n";
            boolean tab = random.nextBoolean();
            String escape = random.nextBoolean() ? "\"" : "\\";
            yield writeBySpark(
                random, folder, "csv", tab ? ".tsv" : ".csv", noSlash + (tab ? "" : ","), escape);
          }
        };
    assertRead(seed, folder, expected);
  }

  @Test
  void tablesComeBackAsTheyWereWritten() throws IOException {
    int seeds = Integer.getInteger("seeds", 16);
    for (int seed = 0; seed < seeds; seed++) {
      check(seed);
    }
  }
}
