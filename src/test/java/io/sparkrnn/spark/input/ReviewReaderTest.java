package io.sparkrnn.spark.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.TestSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewReaderTest {
  private static final SparkSession SPARK = TestSpark.session();
  private final ReviewReader reader = new ReviewReader(SPARK, "text", "label");

  @TempDir Path directory;

  private String write(String name, byte[] content) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return file.toString();
  }

  private String write(String name, String content) throws IOException {
    return write(name, content.getBytes(UTF_8));
  }

  private static byte[] gzip(String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Text, label and reason of refusal of every row. */
  private static List<List<Object>> rows(Dataset<Row> data) {
    return data.select("text", "label", "_refused").collectAsList().stream()
        .map(row -> Arrays.asList(row.get(0), row.get(1), row.get(2)))
        .toList();
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  private String assertRefused(String path, String... parts) {
    String message = assertThrows(InputException.class, () -> reader.read(path)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void reviewFilesGiveLabelPathAndRating() throws IOException {
    write("d/train/pos/2_9.txt", "good");
    write("d/train/pos/10_7.txt", "\ufefffine");
    write("d/train/neg/1_2.txt", "bad".getBytes(UTF_8));
    write("d/train/neg/3_1.txt", "caf\u00e9".getBytes(ISO_8859_1));
    write("d/train/unsup/5_0.txt", "so so");
    write("d/test/pos/7_10.txt", "not read");
    write("d/train/pos/.DS_Store", "not read");
    write("d/train/pos/_done", "not read");
    Dataset<Row> data = reader.read(directory + "/d");
    assertEquals(
        List.of(
            row("\ufefffine", 1.0, null),
            row("good", 1.0, null),
            row("bad", 0.0, null),
            row(null, 0.0, "text is not valid UTF-8"),
            row("so so", null, null)),
        rows(data));
    assertEquals(
        Arrays.asList(7, 9, 2, 1, null),
        data.select("rating").collectAsList().stream().map(row -> row.get(0)).toList());
    assertTrue(data.select("path").first().getString(0).endsWith("/train/pos/10_7.txt"));
    assertEquals(rows(data), rows(reader.readUnlabelled(directory + "/d/train")));
  }

  @Test
  void reviewFilesMayBeNestedAndInCapitals() throws IOException {
    write("n/pos/1_3.TXT", "one");
    write("n/pos/batch1/neg/1_9.txt", "two");
    write("n/neg/batch1/7_1.txt", "");
    Dataset<Row> data = reader.read(directory + "/n");
    assertEquals(
        List.of(row("one", 1.0, null), row("two", 1.0, null), row("", 0.0, null)), rows(data));
    assertEquals(
        List.of(3, 9, 1),
        data.select("rating").collectAsList().stream().map(row -> row.get(0)).toList());
  }

  @Test
  void filesAmongReviewsThatAreNoneAreNamed() throws IOException {
    write("o/pos/1_9.txt", "good");
    write("o/pos/5_2.txt.gz", gzip("fine"));
    assertRefused(directory + "/o", "reviews must be files named .txt, got ", "/o/pos/5_2.txt.gz");
  }

  @Test
  void csvHasQuotesBreaksAndBadRows() throws IOException {
    byte[] bad = "caf\u00e9,1\n".getBytes(ISO_8859_1);
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    csv.write("text,label\r\n\"say \"\"hi\"\", \u00e9t\u00e9\nagain\",pos\r\n".getBytes(UTF_8));
    csv.write(bad);
    csv.write(
        "ok,maybe\n,0\nplain, NEG \none,two,3\nfew\nnumber,2.0\nopen,\nx,\"a\nb\"\n"
            .getBytes(UTF_8));
    assertEquals(
        List.of(
            row("say \"hi\", \u00e9t\u00e9\nagain", 1.0, null),
            row(null, 1.0, "text is not valid UTF-8"),
            row("ok", null, "label 'maybe' is unknown"),
            row(null, 0.0, "text is null"),
            row("plain", 0.0, null),
            row("one", null, "the row does not have 2 columns"),
            row("few", null, "the row does not have 2 columns"),
            row("number", 2.0, null),
            row("open", null, null),
            row("x", null, "label 'a b' is unknown")),
        rows(reader.read(write("r.csv", csv.toByteArray()))));
  }

  @Test
  void numbersOfJavaAloneAreNoLabels() throws IOException {
    StringBuilder csv = new StringBuilder("text,label\n");
    for (String label : List.of("1d", "1F", "0x1p0", "0x1", "1e0", " +1.", "nan", "-Infinity")) {
      csv.append("x,").append(label).append('\n');
    }
    List<List<Object>> rows = rows(reader.read(write("java.csv", csv.toString())));
    assertEquals(row("x", null, "label '1d' is unknown"), rows.get(0));
    assertEquals(
        Arrays.asList(null, null, null, null, 1.0, 1.0, null, null),
        rows.stream().map(row -> row.get(1)).toList());
  }

  @Test
  void tsvWithByteOrderMarkAndGzip() throws IOException {
    String tsv = "\ufefflabel\tid\ttext\n1\ta\tgood, \"really\"\n0\tb\tbad\n";
    for (String file : List.of(write("t.tsv", tsv), write("t2.tsv.gz", gzip(tsv)))) {
      Dataset<Row> data = reader.read(file);
      assertEquals(List.of("label", "id", "text", "_refused"), List.of(data.columns()));
      assertEquals(List.of(row("good, \"really\"", 1.0, null), row("bad", 0.0, null)), rows(data));
    }
  }

  @Test
  void jsonLinesKeepEveryLine() throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.write("{\"text\": \"caf\\u00e9 \u2019\", \"label\": 1, \"id\": 7}\n\n".getBytes(UTF_8));
    json.write("{\"text\": \"caf\u00e9\", \"label\": 1}\n".getBytes(ISO_8859_1));
    json.write("{\"text\": null, \"label\": 0}\nnonsense\n{\"label\": 0.5}\n".getBytes(UTF_8));
    List<List<Object>> expected =
        List.of(
            row("caf\u00e9 \u2019", 1.0, null),
            row(null, null, "line is not valid UTF-8"),
            row(null, 0.0, "text is null"),
            row(null, null, "line is not a JSON object"),
            row(null, 0.5, "text is null"));
    assertEquals(expected, rows(reader.read(write("j.jsonl", json.toByteArray()))));
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(json.toByteArray());
    }
    assertEquals(expected, rows(reader.read(write("j.json.gz", zipped.toByteArray()))));
  }

  @Test
  void parquetAndPartFiles() {
    Dataset<Row> corpus = CorpusGenerator.generate(SPARK, 60, 3, 3);
    for (String format : List.of("parquet", "json", "csv")) {
      String path = directory + "/" + format;
      corpus.write().format(format).option("header", true).option("escape", "\"").save(path);
      Dataset<Row> data = reader.readUnlabelled(path);
      assertEquals(60, data.count());
      assertEquals(0, data.where("_refused is not null").count());
      assertEquals(0, data.select("text", "label", "domain").except(corpus).count(), format);
    }
  }

  @Test
  void partitionDirectoriesAreColumns() {
    CorpusGenerator.generate(SPARK, 20, 3, 2)
        .write()
        .partitionBy("domain")
        .parquet(directory + "/p");
    Dataset<Row> data = reader.read(directory + "/p");
    assertEquals(20, data.count());
    assertTrue(List.of(data.columns()).contains("domain"));
  }

  @Test
  void globCharactersInPathsAreNoPatterns() throws IOException {
    String csv = "text,label\n%s,1\n";
    for (String name : List.of("wild*card", "a[1]", "g{x}", "q?")) {
      write("glob/" + name + ".csv", csv.formatted(name));
      write("glob/" + name + "/p.csv", csv.formatted("in " + name));
      write("glob/" + name + "/l=1/p.csv", "");
      write("glob/" + name + ".jsonl", "{\"text\": \"" + name + "\", \"label\": 1}\n");
    }
    write("glob/wildOTHERcard.csv", csv.formatted("other"));
    write("glob/wildOTHERcard.jsonl", "{\"text\": \"other\", \"label\": 1}\n");
    for (String name : List.of("wild*card", "a[1]", "g{x}", "q?")) {
      String path = directory + "/glob/" + name;
      assertEquals(List.of(row(name, 1.0, null)), rows(reader.read(path + ".csv")));
      assertEquals(List.of(row(name, 1.0, null)), rows(reader.read(path + ".jsonl")));
      assertEquals(List.of(row("in " + name, 1.0, null)), rows(reader.read(path)));
      reader.read(path + ".csv").select("text").write().parquet(path + ".d");
      assertEquals(
          name, new ReviewReader(SPARK, "text", "x").readUnlabelled(path + ".d").first().get(0));
    }
  }

  @Test
  void directoriesGiveDelimitedFilesColumns() throws IOException {
    String csv = "text,label\r\ncaf\u00e9,1\r\n";
    for (String name : List.of("\u65e5\u672c", "\u00e9", "01")) {
      write("cp/lang=" + name + "/sub/a.csv", csv);
    }
    Dataset<Row> data = reader.read(directory + "/cp");
    assertEquals(List.of("text", "label", "lang", "_refused"), List.of(data.columns()));
    assertEquals(
        List.of("01", "\u00e9", "\u65e5\u672c"),
        data.sort("lang").select("lang").collectAsList().stream().map(r -> r.get(0)).toList());
    assertEquals(3, data.where("text = 'caf\u00e9' and label = 1 and _refused is null").count());
    Dataset<Row> one = reader.read(directory + "/cp/lang=01/sub/a.csv");
    assertEquals(List.of("text", "label", "_refused"), List.of(one.columns()));
  }

  @Test
  void aColumnOfTheHeaderThatDirectoriesNameTooIsTheirs() throws IOException {
    write("both/label=1/a.csv", "Label,text\n7,good\n");
    write("both/label=0/a.csv", "Label,text\n8,bad\n");
    Dataset<Row> data = reader.read(directory + "/both");
    assertEquals(List.of(row("bad", 0.0, null), row("good", 1.0, null)), rows(data.sort("label")));
  }

  @Test
  void directoriesThatWouldLoseColumnsOrFilesAreRefused() throws IOException {
    write("some/a.csv", "text,label\nx,1\n");
    write("some/lang=en/b.csv", "text,label\nx,1\n");
    assertRefused(directory + "/some", "a.csv", "b.csv", "same columns, got none and 'lang'");
    write("gap/lang=en/sub/year=1/b.csv", "text,label\nx,1\n");
    assertRefused(directory + "/gap", "follow one another, got 'sub'", "b.csv");
    write("noname/=en/b.csv", "text,label\nx,1\n");
    assertRefused(directory + "/noname", "directory '=en'", "COLUMN=VALUE");
  }

  @Test
  void directoriesGiveJsonLinesColumns() throws IOException {
    write("jp/lang=\u00e9/value=1/a.jsonl", "{\"text\": \"good\", \"label\": 1}\n");
    write("jp/lang=en/value=2/a.jsonl", "{\"text\": \"bad\", \"label\": 0, \"Lang\": 7}\n");
    Dataset<Row> data = reader.read(directory + "/jp").sort("text");
    assertEquals(List.of("label", "text", "lang", "value", "_refused"), List.of(data.columns()));
    assertEquals(
        List.of("[0.0,bad,en,2,null]", "[1.0,good,\u00e9,1,null]"),
        data.collectAsList().stream().map(Row::toString).toList());
  }

  @Test
  void parquetFilesMayLackColumnsThatOthersHave() {
    Dataset<Row> one = SPARK.range(1).selectExpr("'a' as text", "1 as label");
    one.write().parquet(directory + "/pm");
    one.selectExpr("*", "'en' as lang").write().mode("append").parquet(directory + "/pm");
    one.selectExpr("text", "3 as stars").write().mode("append").parquet(directory + "/pm");
    Dataset<Row> data = reader.readUnlabelled(directory + "/pm");
    assertEquals(
        List.of("label", "lang", "stars", "text"),
        Arrays.stream(data.drop("_refused").columns()).sorted().toList());
    assertEquals(1, data.where("lang = 'en' and label = 1").count());
    assertEquals(1, data.where("stars = 3 and label is null").count());
  }

  @Test
  void parquetFilesWithColumnsOfOtherTypesAreRefused() {
    SPARK.range(1).selectExpr("'a' as text", "1 as label").write().parquet(directory + "/pt");
    SPARK
        .range(1)
        .selectExpr("'a' as text", "'pos' as label")
        .write()
        .mode("append")
        .parquet(directory + "/pt");
    assertRefused(directory + "/pt", "same type in all files", "INT", "STRING");
  }

  @Test
  void directoriesThatNameAColumnTwiceAreRefused() throws IOException {
    Path nested = Files.createDirectories(directory.resolve("parts/A=1/a=2"));
    Files.writeString(nested.resolve("a.csv"), "text,label\ngood,1\n");
    assertRefused(directory + "/parts", "columns 'A' and 'a' in", "differ in nothing but case");
  }

  @Test
  void jsonKeysThatDifferInCaseAreRefused() throws IOException {
    String json = "{\"text\": \"a\", \"label\": 1}\n{\"text\": \"a\", \"Text\": \"b\"}\n";
    assertRefused(write("k.jsonl", json), "columns 'Text' and 'text' in ", "k.jsonl", "case");
  }

  @Test
  void extensionsMayBeInCapitals() throws IOException {
    List<List<Object>> expected = List.of(row("good", 1.0, null));
    String csv = "text,label\ngood,1\n";
    String json = "{\"text\": \"good\", \"label\": 1}\n";
    assertEquals(expected, rows(reader.read(write("BASE.CSV", csv))));
    assertEquals(expected, rows(reader.read(write("BASE.CSV.GZ", gzip(csv)))));
    assertEquals(expected, rows(reader.read(write("a.JSONL.GZ", gzip(json)))));
    assertEquals(expected, rows(reader.read(write("a.Json.gz", gzip(json)))));
    SPARK.sql("select 'good' as text, 1 as label").coalesce(1).write().parquet(directory + "/X");
    for (String part : directory.resolve("X").toFile().list()) {
      if (part.startsWith("part")) {
        byte[] parquet = Files.readAllBytes(directory.resolve("X").resolve(part));
        assertEquals(expected, rows(reader.read(write("x.PARQUET", parquet))));
      }
    }
    assertRefused(write("b.CSV.GZ", csv), "b.CSV.GZ is no gzip file");
  }

  @Test
  void headersMayDifferInLineEndAndByteOrderMark() throws IOException {
    write("ends/a.csv", "text,label\nlf,1\n");
    write("ends/b.csv", "text,label\r\ncrlf,1\r\n");
    write("ends/c.csv", "\ufeffText,label\nbom,1\n");
    write("ends/d.csv", "\ufeff\"text\",\"label\"\r\n\"both\",\"1\"\r\n");
    write("ends/e.csv.gz", gzip("text,label\ngzip,1\n"));
    assertEquals(
        List.of(
            row("bom", 1.0, null),
            row("both", 1.0, null),
            row("crlf", 1.0, null),
            row("gzip", 1.0, null),
            row("lf", 1.0, null)),
        rows(reader.read(directory + "/ends").sort("text")));
  }

  @Test
  void headersThatDifferAreShown() throws IOException {
    write("hd/a.csv", "text,label\nx,1\n");
    write("hd/b.csv", "label,text\n1,x\n");
    String path = directory + "/hd";
    assertRefused(path, "hd/a.csv", "hd/b.csv", "got 'text', 'label' and 'label', 'text'");
  }

  @Test
  void aColumnWithoutANameIsCalledByItsNumber() throws IOException {
    Dataset<Row> data = reader.read(write("pandas.csv", ",text,,label\n0,good,,1\n"));
    assertEquals(List.of("_c0", "text", "_c2", "label", "_refused"), List.of(data.columns()));
    assertEquals("[0,good,null,1.0,null]", data.first().toString());
  }

  @Test
  void aColumnThatOccursTwiceIsRefused() throws IOException {
    String twice = write("twice.csv", "id,id,text,label\n1,2,x,1\n");
    assertRefused(twice, "column 'id' occurs twice in ", "twice.csv");
    String other = write("case.tsv", "Text\ttext\tlabel\nx\ty\t1\n");
    assertRefused(other, "columns 'Text' and 'text' in ", "case.tsv");
  }

  @Test
  void aColumnNamedAsTheReasonsOfRefusalIsRefused() throws IOException {
    String csv = write("own.csv", "_refused,text,label\nno,x,1\n");
    assertRefused(csv, "column '_refused' in ", "own.csv has the name of a column", "rename it");
    String json = write("own.jsonl", "{\"text\": \"x\", \"label\": 1, \"_Refused\": 1}\n");
    assertRefused(json, "column '_Refused' in ", "own.jsonl has the name of a column");
  }

  @Test
  void aColumnMayBeNamedMalformed() throws IOException {
    String csv = write("bad.csv", "_malformed,text,label\nno,x,1\n");
    assertEquals("[no,x,1.0,null]", reader.read(csv).first().toString());
    String json = write("bad.jsonl", "{\"_malformed\": 1, \"label\": 1, \"text\": \"x\"}\n{\n");
    assertEquals(
        List.of(row("x", 1.0, null), row(null, null, "line is not a JSON object")),
        rows(reader.read(json)));
    assertEquals(1, reader.readUnlabelled(json).where("_malformed = 1").count());
  }

  @Test
  void invalidBytesInParquetAreSeen() {
    SPARK
        .range(2)
        .select(
            functions.expr("cast(if(id = 0, x'63e9', x'6162') as string) as text"),
            functions.expr("id = 1 as label"))
        .coalesce(1)
        .write()
        .parquet(directory + "/q");
    assertEquals(
        List.of(row(null, 0.0, "text is not valid UTF-8"), row("ab", 1.0, null)),
        rows(reader.read(directory + "/q")));
  }

  @Test
  void otherColumnsPassUntouchedWithoutLabels() throws IOException {
    String file = write("u.csv", "review,label\nfine,whatever\n");
    Dataset<Row> data = new ReviewReader(SPARK, "review", "none").readUnlabelled(file);
    assertEquals("[fine,whatever,null]", data.first().toString());
  }

  @Test
  void columnsAreNamedWhenOneIsMissing() throws IOException {
    String file = write("m.csv", "review,sentiment\nfine,pos\n");
    assertRefused(file, "no column 'text'", "'review', 'sentiment'", "--text-col");
    InputException e =
        assertThrows(InputException.class, () -> new ReviewReader(SPARK, "review", "y").read(file));
    assertTrue(e.getMessage().contains("no column 'y'"), e.getMessage());
    assertTrue(e.getMessage().contains("--label-col"), e.getMessage());
  }

  @Test
  void wrongTypesAreRefused() {
    SPARK.range(3).selectExpr("id as text", "array(id) as label").write().parquet(directory + "/w");
    assertRefused(directory + "/w", "column 'text'", "must hold text, got bigint");
    InputException e =
        assertThrows(
            InputException.class,
            () -> Labels.parse(SPARK.range(1).selectExpr("array(id) as label"), "label"));
    assertTrue(e.getMessage().contains("got array<bigint>"), e.getMessage());
  }

  @Test
  void missingAndEmptyInputsAreRefused() throws IOException {
    assertRefused(directory + "/nowhere", "does not exist");
    assertRefused("nosuch://host/x", "cannot read input");
    Files.createDirectories(directory.resolve("e/pos"));
    assertRefused(directory + "/e", "there are no reviews");
    Files.createDirectories(directory.resolve("void"));
    String message = assertRefused(directory + "/void", "there are no reviews");
    assertFalse(message.contains("cannot read input"), message);
    assertRefused(write("z.csv", ""), "there are no reviews");
    assertRefused(write("h.csv", "text,label\n"), "there are no reviews");
    assertRefused(write("n.jsonl", "nonsense\n"), "no JSON object");
    assertRefused(write("x.docx", "x"), "does not tell its format", ".parquet");
    write("mix/a.csv", "text\nx\n");
    write("mix/b.json", "{}");
    assertRefused(directory + "/mix", "several formats");
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    assertRefused(write("a.csv.gz", "text,label\n"), "no gzip file or is damaged");
    byte[] start = Arrays.copyOf(gzip("text,label\ngood,1\n"), 15);
    assertRefused(write("c.csv.gz", start), "c.csv.gz", "the file is damaged");
    assertRefused(write("d/c.csv.gz", start), "c.csv.gz", "the file is damaged");
    start[10] = -1;
    assertRefused(write("d.csv.gz", start), "d.csv.gz", "the file is damaged");
    assertRefused(write("a.parquet", "PAR1 something"), "no Parquet file or is damaged");
    assertRefused(write("b.parquet", "PAR1 something PAR1"), "b.parquet", "damaged");
  }

  @Test
  void damageInsideAFileIsExplained() throws IOException {
    StringBuilder csv = new StringBuilder("text,label\n");
    for (int i = 0; i < 200_000; i++) {
      csv.append("review ").append(i * 7919L % 1_000_003).append(",1\n");
    }
    byte[] whole = gzip(csv.toString());
    String file = write("t.csv.gz", Arrays.copyOf(whole, whole.length / 2));
    Throwable failure =
        assertThrows(
            Throwable.class,
            () -> reader.read(file).write().format("noop").mode("overwrite").save());
    InputException explained = ReviewReader.explain(failure);
    assertTrue(explained.getMessage().contains("t.csv.gz"), explained.getMessage());
    assertTrue(explained.getMessage().contains("damaged"), explained.getMessage());
    assertEquals(1, explained.getMessage().lines().count());
    assertNull(ReviewReader.explain(new IllegalStateException("a bug")));
  }
}
