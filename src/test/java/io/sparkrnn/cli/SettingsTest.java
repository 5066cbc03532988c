package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkrnn.cli.session.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Settings of Spark and Hadoop, as clusters ship them, change no bit of a model and no row of a
 * table, and hide no file that cannot be read.
 */
class SettingsTest {
  private static final String SERIALIZED =
      """
      spark.serializer=org.apache.spark.serializer.KryoSerializer
      spark.kryo.referenceTracking=false
      spark.kryo.unsafe=true
      spark.io.compression.codec=zstd
      spark.rdd.compress=true
      spark.broadcast.blockSize=16k
      spark.speculation=true
      spark.memory.offHeap.enabled=true
      spark.memory.offHeap.size=64m
      spark.default.parallelism=20
      spark.sql.shuffle.partitions=40
      spark.sql.adaptive.enabled=false
      spark.sql.files.maxPartitionBytes=1000
      spark.sql.files.maxRecordsPerFile=30
      """;
  private static final String OLD =
      """
      spark.sql.ansi.enabled=false
      spark.sql.caseSensitive=true
      spark.sql.session.timeZone=America/Los_Angeles
      spark.sql.codegen.wholeStage=false
      spark.sql.codegen.factoryMode=NO_CODEGEN
      spark.sql.parquet.enableVectorizedReader=false
      spark.sql.parquet.writeLegacyFormat=true
      spark.sql.parquet.binaryAsString=true
      spark.sql.parquet.datetimeRebaseModeInRead=LEGACY
      spark.sql.legacy.timeParserPolicy=LEGACY
      spark.sql.legacy.sizeOfNull=true
      spark.sql.legacy.castComplexTypesToString.enabled=true
      spark.sql.columnNameOfCorruptRecord=text
      spark.sql.sources.default=orc
      spark.sql.sources.useV1SourceList=
      """;
  private static final String STRICT =
      """
      spark.sql.ansi.enabled=true
      spark.sql.ansi.enforceReservedKeywords=true
      spark.sql.ansi.doubleQuotedIdentifiers=true
      spark.sql.storeAssignmentPolicy=STRICT
      spark.sql.parser.quotedRegexColumnNames=true
      spark.sql.legacy.timeParserPolicy=EXCEPTION
      spark.sql.timestampType=TIMESTAMP_NTZ
      spark.sql.columnNameOfCorruptRecord=_refused
      spark.sql.session.collation.default=UTF8_LCASE
      spark.sql.files.ignoreCorruptFiles=true
      spark.sql.files.ignoreMissingFiles=true
      spark.sql.parquet.mergeSchema=true
      spark.sql.parquet.respectSummaryFiles=true
      spark.sql.parquet.outputTimestampType=INT96
      spark.sql.parquet.filterPushdown=false
      spark.sql.shuffle.partitions=1
      spark.default.parallelism=1
      spark.hadoop.mapreduce.output.fileoutputformat.compress=true
      """;

  @TempDir private static Path folder;

  private static Outcome usual;

  private final PrintStream console = System.err;
  private final PrintStream out = System.out;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  /** What the commands make of the same reviews: a model, figures and tables. */
  private record Outcome(
      String parameters, String confusion, double logLoss, List<String> text, List<String> typed) {}

  @BeforeAll
  static void write() throws IOException {
    StringBuilder csv = new StringBuilder("text,label,Day\n");
    for (int i = 0; i < 80; i++) {
      String words = i % 2 == 0 ? "\"a fine film, number " : "\"an awful bore, number ";
      csv.append(words).append(i % 7).append("\",").append(1 - i % 2);
      csv.append(",1500-01-0").append(1 + i % 9).append('\n');
    }
    Files.writeString(folder.resolve("a.csv"), csv + ",1,x\na film,maybe,y\n?!,0,z\n");
    try (SparkSession spark = session()) {
      String[] columns = {
        "text",
        "try_cast(label as double) label",
        "try_cast(Day as date) Day",
        "try_cast(Day as timestamp) at",
        "timestamp_ntz'2024-03-31 02:30:00' local",
        "1.10BD number",
        "array(named_struct('a', 1L, 'B', text)) nested"
      };
      String csvPath = folder.resolve("a.csv").toString();
      spark
          .read()
          .option("header", true)
          .csv(csvPath)
          .selectExpr(columns)
          .coalesce(1)
          .write()
          .parquet(folder.resolve("parquet").toString());
      spark
          .read()
          .parquet(folder.resolve("parquet").toString())
          .coalesce(1)
          .write()
          .json(folder.resolve("json").toString());
    }
  }

  /** A session with Spark's own settings; those of the commands are stopped with them. */
  private static SparkSession session() {
    SparkSession.Builder builder = SparkSession.builder().master("local[2]");
    Map.of(
            "spark.ui.enabled", "false",
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.sql.session.timeZone", "UTC")
        .forEach(builder::config);
    return builder.getOrCreate();
  }

  @BeforeEach
  void capture() {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(console);
    System.setOut(out);
  }

  private int run(String settings, String command) {
    Stream<String> arguments =
        Arrays.stream(command.replace("@", folder + "/").split(" ")).filter(s -> !s.isEmpty());
    String all = "spark.ui.enabled=false\nspark.sql.session.timeZone=UTC\n" + settings;
    return Main.run(
        Stream.concat(
                Stream.concat(arguments, Stream.of("--master", "local[2]")),
                all.lines().flatMap(setting -> Stream.of("--conf", setting)))
            .toArray(String[]::new),
        new Environment(Path.of(""), false));
  }

  private void succeeds(String settings, String command) {
    assertEquals(0, run(settings, command), () -> errors.toString(StandardCharsets.UTF_8));
  }

  private Outcome outcome(String settings) throws IOException {
    succeeds(
        settings,
        "train --input @a.csv --model @m --overwrite --metrics @train.json --units 4 --epochs 2"
            + " --embedding-size 4 --shards 2 --batch-size 8 --test-split 0.2");
    succeeds(settings, "evaluate --input @json --model @m --metrics @evaluate.json");
    succeeds(settings, "score --input @a.csv --model @m --output @text --overwrite");
    succeeds(settings, "score --input @parquet --model @m --output @typed --overwrite");
    JsonNode trained = RoundTripProcessTest.json(folder.resolve("train.json"));
    JsonNode evaluation =
        RoundTripProcessTest.json(folder.resolve("evaluate.json")).get("evaluation");
    try (SparkSession spark = session()) {
      return new Outcome(
          trained.get("parametersSha256").asText() + trained.get("evaluation").get("confusion"),
          evaluation.get("confusion") + " " + evaluation.get("refusals"),
          evaluation.get("logLoss").asDouble(),
          rows(spark, folder.resolve("text")),
          rows(spark, folder.resolve("typed")));
    }
  }

  /** The rows of a table in the order of its files' names, and their position there. */
  private static List<String> rows(SparkSession spark, Path table) throws IOException {
    List<String> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(table)) {
      for (Path file :
          files
              .filter(f -> f.toString().endsWith(".parquet"))
              .sorted(Comparator.comparing(Path::toString))
              .toList()) {
        spark.read().parquet(file.toString()).collectAsList().stream()
            .map(Row::toString)
            .forEach(rows::add);
      }
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {SERIALIZED, OLD, STRICT})
  void settingsChangeNeitherModelNorRows(String settings) throws IOException {
    if (usual == null) {
      usual = outcome("");
      assertEquals(83, usual.text.size());
      assertEquals(83, usual.typed.size());
    }
    Outcome outcome = outcome(settings);
    assertEquals(usual.parameters, outcome.parameters);
    assertEquals(usual.confusion, outcome.confusion);
    assertEquals(usual.logLoss, outcome.logLoss, 1e-12);
    assertEquals(usual.text, outcome.text);
    assertEquals(usual.typed, outcome.typed);
  }

  /** Spark would leave it out, with all its rows. */
  @Test
  void aFileThatCannotBeReadIsNamedWhateverTheSettings() throws IOException {
    succeeds("", "train --input @a.csv --model @m --overwrite --units 4 --epochs 1 --shards 1");
    Path damaged = Files.createDirectories(folder.resolve("damaged"));
    try (Stream<Path> files = Files.list(folder.resolve("parquet"))) {
      Path whole = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.copy(whole, damaged.resolve("a.parquet"));
      byte[] bytes = Files.readAllBytes(whole);
      Arrays.fill(bytes, 4, bytes.length / 4, (byte) 0);
      Files.write(damaged.resolve("b.parquet"), bytes);
    }
    assertEquals(2, run(STRICT, "score --input @damaged --model @m --output @none"));
    String said = errors.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("b.parquet: "), said);
  }
}
