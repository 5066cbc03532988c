package io.sparkrnn.spark.delimited;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.spark.files.ByteWindow;
import io.sparkrnn.spark.files.FileSlice;
import io.sparkrnn.spark.files.TextInput;
import io.sparkrnn.spark.input.InputException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DelimitedScanTest {
  private static final Configuration HADOOP = new Configuration();
  private static final int SEEDS = Integer.getInteger("seeds", 40);

  @TempDir Path directory;
  private int files;

  private String write(byte[] content) throws IOException {
    return Files.write(directory.resolve("f" + files++ + ".csv"), content).toString();
  }

  private DelimitedScan scan(String content, char separator) throws IOException {
    return DelimitedScan.of(write(content.getBytes(UTF_8)), separator, HADOOP);
  }

  /** The cells of all rows, and the reason of refusal, as one string each. */
  private static List<String> rows(DelimitedScan scan, char separator) throws IOException {
    int columns = scan.header().size();
    int[] cells = new int[columns];
    for (int i = 0; i < columns; i++) {
      cells[i] = i;
    }
    List<String> rows = new ArrayList<>();
    for (FileSlice slice : scan.slices()) {
      ByteWindow window =
          new ByteWindow(TextInput.open(slice.path(), slice.start(), HADOOP), slice.start());
      DelimitedRecords records =
          new DelimitedRecords(window, slice.line(), separator, (Dialect) slice.more(), columns);
      try (DelimitedRows found = new DelimitedRows(records, slice.end(), cells, new Object[0])) {
        for (InternalRow row = found.next(); row != null; row = found.next()) {
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < columns; i++) {
            text.append(row.isNullAt(i) ? "null" : row.getUTF8String(i)).append('|');
          }
          rows.add(text + (row.isNullAt(columns) ? "" : row.getString(columns)));
        }
      }
    }
    assertEquals(scan.records(), rows.size());
    return rows;
  }

  @Test
  void aQuoteThatIsNotClosedTakesOneLine() throws IOException {
    String csv = "text,label\n\"a, \"\"b\"\"\",1\n\"open, 1\nplain,0\n\"c, d\",1\n\"e\nf, g\",0\n";
    DelimitedScan scan = scan(csv, ',');
    assertEquals(Dialect.RFC, scan.dialect());
    assertEquals(
        List.of(
            "a, \"b\"|1|",
            "\"open| 1|line 3 does not fit: something follows a quote that ends a cell",
            "plain|0|",
            "c, d|1|",
            "e\nf, g|0|"),
        rows(scan, ','));
    String last = "text,label\n\"x, y\",1\n\"open,1\nz,0";
    assertEquals(
        List.of("x, y|1|", "\"open|1|line 3 does not fit: a quote is not closed", "z|0|"),
        rows(scan(last, ','), ','));
  }

  @Test
  void theRestOfACellOfARefusedLineIsNoRow() throws IOException {
    String csv = "text,label\n\"a, b\",1\n\"one \"bad\" quote\nrest\",1\nc,0\n\"d, e\",1\n";
    assertEquals(
        List.of(
            "a, b|1|",
            "\"one \"bad\" quote|null|line 3 does not fit: something follows a quote that ends a"
                + " cell",
            "rest\"|1|line 4 does not fit: a quote stands in a cell without quotes",
            "c|0|",
            "d, e|1|"),
        rows(scan(csv, ','), ','));
  }

  @Test
  void aCellThatSwallowedLinesIsRefusedLineByLine() throws IOException {
    String csv = "id,text,label\n1,\"a, b\",1\n2,\"open,1\n3,x\",\"c, d\",0\n4,\"e, f\",1\n";
    List<String> rows = rows(scan(csv, ','), ',');
    assertEquals(4, rows.size());
    assertTrue(rows.get(1).endsWith("line 3 does not fit: its row does not have 3 columns"));
    assertEquals("4|e, f|1|", rows.get(3));
  }

  @Test
  void backslashesBeforeQuotesAreFound() throws IOException {
    String csv = "text,label\n\"he said \\\"no, no\\\"\",1\n\"a \\\\ b, \\c\",0\n\"x\\\"\",1\n";
    DelimitedScan scan = scan(csv, ',');
    assertEquals(Dialect.BACKSLASH, scan.dialect());
    assertEquals(List.of("he said \"no, no\"|1|", "a \\ b, \\c|0|", "x\"|1|"), rows(scan, ','));
  }

  @Test
  void backslashesAreFoundInRowsThatHaveTooManyCells() throws IOException {
    DelimitedScan scan = scan("text,label\n\"a\\\",\\\"b\",1\nc,0\n", ',');
    assertEquals(Dialect.BACKSLASH, scan.dialect());
    assertEquals(List.of("a\",\"b|1|", "c|0|"), rows(scan, ','));
  }

  @Test
  void aBackslashInAFileThatFitsStays() throws IOException {
    DelimitedScan scan = scan("text,label\n\"C:\\\\dir\\, \"\"x\"\"\",1\n", ',');
    assertEquals(Dialect.RFC, scan.dialect());
    assertEquals(List.of("C:\\\\dir\\, \"x\"|1|"), rows(scan, ','));
  }

  @Test
  void quotesOfDatabasesMeanNothing() throws IOException {
    String tsv =
        "id\ttext\tlabel\n1\t\"open\t1\n2\tplain \"x\" y\t0\n3\tthe end\"\t1\n4\t\"\t0\n5\t\"so\"\t1\n";
    DelimitedScan scan = scan(tsv, '\t');
    assertEquals(Dialect.NONE, scan.dialect());
    assertEquals(
        List.of("1|\"open|1|", "2|plain \"x\" y|0|", "3|the end\"|1|", "4|\"|0|", "5|\"so\"|1|"),
        rows(scan, '\t'));
  }

  @Test
  void oneStrayQuoteDoesNotPutQuotesIntoAllCells() throws IOException {
    String csv = "text,label\n\"a\",\"1\"\n\"b \"c\" d\",\"0\"\n\"e\",\"1\"\n";
    List<String> rows = rows(scan(csv, ','), ',');
    assertEquals(List.of("a|1|", "e|1|"), List.of(rows.get(0), rows.get(2)));
  }

  @Test
  void quotedCellsMayBreakAndBeEmpty() throws IOException {
    String csv =
        "\ufeff\"text\",label\r\n\"a\r\nb\nc\",\"\"\r\n\r\n\n5\" nails,\r\n,\"d\"\r\n\"e\r\",f\r";
    DelimitedScan scan = scan(csv, ',');
    assertEquals(List.of("text", "label"), scan.header());
    assertEquals(List.of("a\r\nb\nc||", "5\" nails|null|", "null|d|", "e\r|f|"), rows(scan, ','));
  }

  @Test
  void largeFilesAreDividedAtRecords() throws IOException {
    StringBuilder csv = new StringBuilder("text,label\n");
    for (int i = 0; i < 120_000; i++) {
      csv.append("\"review, \"\"").append(i).append("\"\"\nof the second line of many\n\",1\n");
    }
    csv.append("\"a, \"b\" c\",1\n");
    DelimitedScan scan = scan(csv.toString(), ',');
    assertTrue(scan.slices().size() > 1, scan.slices().toString());
    List<String> rows = rows(scan, ',');
    for (int i = 0; i < 120_000; i++) {
      assertEquals("review, \"" + i + "\"\nof the second line of many\n|1|", rows.get(i));
    }
    assertTrue(rows.get(120_000).contains("line 360002 does not fit"), rows.get(120_000));
  }

  @Test
  void aCellOfManyLinesStaysOneUnlessTheyAreRowsByThemselves() throws IOException {
    String poem =
        "\"roses are red, dear\nviolets blue, love\nsugar is, sweet\nso, you\nthe end\",0\n";
    String others = "text,label\n\"he said \"\"yes\"\"\",1\nplain bad,0\n";
    DelimitedScan scan = scan(others + poem, ',');
    assertEquals(Dialect.RFC, scan.dialect());
    assertEquals(3, scan.records());
    assertRefused(
        ("text,label\nplain,1\n" + poem + "bad,0\n").getBytes(UTF_8),
        "quotes of line 3",
        "go on for 5 lines");
    String single = "text\n\"one\ntwo\nthree\nfour\nfive\nsix\"\nplain\n";
    assertEquals(2, scan(single, ',').records());
  }

  @Test
  void otherEncodingsAndLineEndsAreNamed() throws IOException {
    String csv = "text,label\ngood,1\nbad,0\n";
    assertRefused(csv.getBytes(UTF_16), "UTF-16", "iconv");
    assertRefused(csv.getBytes(Charset.forName("UTF-16LE")), "UTF-16", "iconv");
    assertRefused(csv.getBytes(Charset.forName("UTF-32")), "UTF-32", "iconv");
    assertRefused(csv.replace('\n', '\r').getBytes(UTF_8), "carriage returns alone", "tr ");
  }

  private void assertRefused(byte[] content, String... parts) throws IOException {
    String path = write(content);
    String message =
        assertThrows(InputException.class, () -> DelimitedScan.of(path, ',', HADOOP)).getMessage();
    assertTrue(message.contains(path), message);
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  private static final String[] PIECES = {
    "a",
    "good film",
    ",",
    ",",
    ",",
    "\t",
    "\"",
    "\"\"",
    "\\",
    "\\\"",
    "\n",
    "\n",
    "\r\n",
    "\n\n",
    "\"two\nlines\"",
    "\"quoted, cell\"",
    "\n1,2,3",
    "\n\"x\ny,1,2\nz\",8,9\n",
    "\r",
    "é"
  };

  /** A table that may have anything in it, long enough for many parts. */
  private static String anything(Random random) {
    StringBuilder text = new StringBuilder("a,b,c\n");
    int goodness = random.nextInt(40);
    for (int i = 0; i < 150; i++) {
      boolean good = random.nextInt(40) < goodness;
      text.append(good ? i + ",\"a\nb \"\"c\"\"\",d\n" : PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  @Test
  void aFileReadInPartsHasTheRowsOfOneThatIsReadWhole() throws IOException {
    int joined = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      byte[] content = anything(random).getBytes(UTF_8);
      String path = write(content);
      char separator = random.nextInt(3) == 0 ? '\t' : ',';
      DelimitedParts parts =
          new DelimitedParts(ranges -> read(ranges, separator), 1 + random.nextInt(300));
      for (Dialect dialect : Dialect.values()) {
        DelimitedPart whole =
            DelimitedPart.read(DelimitedPart.Range.whole(path, dialect), separator, HADOOP);
        DelimitedPart all = parts.read(path, content.length, dialect);
        assertEquals(sums(whole), sums(all), "seed " + seed + ", " + dialect);
        assertEquals(
            rows(scan(path, dialect, whole), separator),
            rows(scan(path, dialect, all), separator),
            "seed " + seed + ", " + dialect);
        joined += all.slices().size();
      }
    }
    assertTrue(joined > 20 * SEEDS, "only " + joined + " parts");
  }

  private static List<DelimitedPart> read(List<DelimitedPart.Range> ranges, char separator) {
    List<DelimitedPart> parts = new ArrayList<>();
    for (DelimitedPart.Range range : ranges) {
      try {
        parts.add(DelimitedPart.read(range, separator, HADOOP));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return parts;
  }

  private static String sums(DelimitedPart part) {
    return List.of(
            part.start(),
            part.end(),
            part.endLine(),
            part.strict(),
            part.columns(),
            part.header(),
            part.records(),
            part.bad(),
            part.quoted(),
            part.doubtful(),
            part.doubtfulLine())
        .toString();
  }

  private static DelimitedScan scan(String path, Dialect dialect, DelimitedPart part) {
    return new DelimitedScan(
        path,
        part.header(),
        dialect,
        part.records(),
        DelimitedScan.slices(path, dialect, part.slices()));
  }
}
