package io.sparkrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.cli.session.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with what the user gave: one clear line, exit code 2, nothing half-written. */
class BadInputTest {
  private static final String GOOD = "text,label\n" + "a good film,1\na bad film,0\n".repeat(20);

  @TempDir private Path folder;

  private final PrintStream console = System.err;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @BeforeEach
  void captureErrors() {
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restoreConsole() {
    System.setErr(console);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private void trainFails(String expected, Object... more) throws IOException {
    List<Object> all = new ArrayList<>(List.of("train", "--epochs", 1, "--units", 2));
    all.addAll(List.of("--model", folder.resolve("model"), "--master", "local[2]"));
    all.addAll(List.of("--conf", "spark.ui.enabled=false"));
    all.addAll(List.of(more));
    fails(expected, all.toArray());
  }

  private void fails(String expected, Object... arguments) throws IOException {
    final List<Path> before = files();
    String[] given = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
    int code = Main.run(given, new Environment(Path.of(""), false));
    String err = bytes.toString(StandardCharsets.UTF_8);
    List<String> errors = err.lines().filter(line -> line.startsWith("error: ")).toList();
    assertEquals(1, errors.size(), err);
    assertTrue(errors.get(0).contains(expected), err);
    assertFalse(err.contains("\tat "), err);
    assertEquals(2, code, err);
    assertEquals(before, files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void aMissingInputIsNamed() throws IOException {
    trainFails("nowhere", "--input", folder.resolve("nowhere"));
  }

  @Test
  void anEmptyCorpusIsRefused() throws IOException {
    trainFails("no reviews", "--input", file("a.csv", "text,label\n"));
  }

  @Test
  void emptyFilesAndFoldersAreRefused() throws IOException {
    trainFails("file is empty", "--input", file("a.csv", ""));
    bytes.reset();
    trainFails("no reviews", "--input", Files.createDirectories(folder.resolve("c/pos")));
    bytes.reset();
    trainFails("no JSON object", "--input", file("a.jsonl", "\n \n"));
  }

  @Test
  void columnsOfOtherTypesAreNamed() throws IOException {
    Path input = file("a.jsonl", "{\"text\": [1], \"label\": {\"stars\": 3}, \"n\": \"x\"}\n");
    trainFails("'text'", "--input", input);
    bytes.reset();
    trainFails("'label'", "--input", input, "--text-col", "n");
  }

  @Test
  void aFileOfUnknownFormatIsRefused() throws IOException {
    trainFails("does not tell its format", "--input", file("a.docx", "x"));
  }

  @Test
  void aMissingColumnIsNamedWithThoseThereAre() throws IOException {
    trainFails("'review'", "--input", file("a.csv", GOOD), "--text-col", "review");
  }

  @Test
  void aColumnWithTwoUsesIsRefused() throws IOException {
    Path input = file("a.csv", GOOD);
    trainFails(
        "text and label column must differ, got 'label' for both; name them with --text-col and",
        "--input",
        input,
        "--text-col",
        "label");
    bytes.reset();
    trainFails("text and label column must differ", "--sample", 9, "--label-col", "text");
    bytes.reset();
    trainFails("label and weight column must", "--input", input, "--weight-col", "label");
  }

  @Test
  void splitsThatLeaveNothingToTrainOnAreNamed() throws IOException {
    Path input = file("a.csv", GOOD);
    trainFails(
        "all 40 good rows are held out for validation, none is left to train on; try a smaller"
            + " --validation-split, or mark fewer rows",
        "--input",
        input,
        "--validation-split",
        0.9999999);
    bytes.reset();
    trainFails(
        "all reviews are held out for the test, none is left to train on; try a smaller"
            + " --test-split, got 0.9999999",
        "--input",
        input,
        "--test-split",
        0.9999999);
  }

  @Test
  void reviewsOfOneClassAreRefused() throws IOException {
    trainFails("two classes", "--input", file("a.csv", "text,label\ngood,1\nfine,1\n"));
  }

  @Test
  void reviewsOfWhichNoneHasALabelAreRefused() throws IOException {
    trainFails(
        "column 'stars' must hold labels, got none in 3 reviews; name the label column with"
            + " --label-col",
        "--input",
        file("a.csv", "text,stars\na,\nb,\nc,\n"),
        "--label-col",
        "stars");
  }

  @Test
  void aCorruptGzipFileIsNamed() throws IOException {
    trainFails("a.csv.gz", "--input", file("a.csv.gz", "this is no gzip file"));
  }

  @Test
  void aCorruptParquetFileIsNamed() throws IOException {
    trainFails("a.parquet", "--input", file("a.parquet", "PAR1 this is no parquet PAR1"));
  }

  @Test
  void anUnknownOptionIsNamedWithTheNearest() throws IOException {
    trainFails("unknown option --batchsize; did you mean --batch-size?", "--batchsize", 3);
    bytes.reset();
    trainFails("unknown option --epoch; did you mean --epochs?", "--epoch=3");
    bytes.reset();
    trainFails("unknown option --temperature (", "--temperature", 3);
  }

  @Test
  void aValueOutOfRangeIsRefused() throws IOException {
    trainFails(
        "--learning-rate must be > 0, got 0.0",
        "--input",
        file("a.csv", GOOD),
        "--learning-rate",
        "0");
  }

  @Test
  void aValueOfAnotherTypeIsRefusedByOptionRuleAndValue() throws IOException {
    Path out = folder.resolve("out");
    fails("--reviews must be a whole number, got 'many' (", "generate", "--reviews", "many");
    bytes.reset();
    trainFails("--test-split must be a number, got 'half' (", "--test-split", "half");
    bytes.reset();
    trainFails("--quiet must be true or false, got 'maybe' (", "--quiet=maybe");
    bytes.reset();
    trainFails("--conf must be KEY=VALUE, got 'fast' (", "--conf", "fast");
    bytes.reset();
    fails("--threads must be a whole number, got 'x' (", "bench", "--threads", "1,x");
    bytes.reset();
    fails(
        "--format must be one of parquet, csv, json, got 'xml' (",
        "generate",
        "--reviews",
        3,
        "--output",
        out,
        "--format",
        "xml");
  }

  @Test
  void aLimitThatIsPassedIsNamedAsAnOption() throws IOException {
    trainFails("--max-refused-fraction 0.1", "--input", file("a.csv", GOOD + ",1\n".repeat(20)));
  }

  @Test
  void optionsThatContradictEachOtherAreRefusedBeforeTraining() throws IOException {
    trainFails(
        "at most one of --clip", "--input", file("a.csv", GOOD), "--clipnorm", 1, "--clipvalue", 1);
  }

  @Test
  void onlyTheCommandLineMustNotSayWhatNothingReads() throws IOException {
    Path input = file("a.csv", GOOD);
    String message = "--rho is read with --optimizer rmsprop only, got adam";
    trainFails(message, "--input", input, "--optimizer", "adam", "--rho=0.5");
    bytes.reset();
    Path config = file("mine.properties", "optimizer=adam\nrho=0.5\n");
    trainFails("nowhere", "--input", folder.resolve("nowhere"), "--config", config);
    bytes.reset();
    trainFails(message, "--input", input, "--config", config, "--rho", "0.5");
    bytes.reset();
    trainFails("--sample is read without --input only, got", "--input", input, "--sample", 20);
  }

  @Test
  void thresholdsThatAreNotOnePerClassAreRefusedBeforeTraining() throws IOException {
    Path input = file("a.csv", GOOD);
    trainFails(
        "--thresholds must have 2 values, one per class, got 3",
        "--input",
        input,
        "--thresholds",
        "1,1,1");
    bytes.reset();
    trainFails(
        "--thresholds must be left out of a regression",
        "--input",
        input,
        "--loss",
        "mean_squared_error",
        "--thresholds",
        "1,1");
  }

  @Test
  void layersAreCheckedBeforeTraining() throws IOException {
    Path input = file("a.csv", GOOD);
    trainFails("cell of layer 2 must be one of", "--input", input, "--layers", "lstm:3, gruu:4");
    bytes.reset();
    trainFails("layers must go without units, got 2", "--input", input, "--layers", "lstm:3");
    bytes.reset();
    Path config = file("mine.properties", "layers=lstm:3, bidirectional(gru:2)\n");
    trainFails("layers must go without units", "--input", input, "--config", config);
  }

  @Test
  void twoChoicesOfValidationRowsAreRefusedBeforeReading() throws IOException {
    trainFails(
        "may be set, got 'held' and 0.2",
        "--input",
        folder.resolve("nowhere.csv"),
        "--validation-split",
        0.2,
        "--validation-indicator-col",
        "held");
  }

  @Test
  void pretrainedVectorsThatAreMissingOrDoNotFitAreRefused() throws IOException {
    Path input = file("a.csv", GOOD);
    trainFails("none.txt does not exist", "--input", input, "--pretrained-vectors", "none.txt");
    bytes.reset();
    Path vectors = file("v.txt", "film 1 2 3\n");
    trainFails("--embedding-size must be 3", "--input", input, "--pretrained-vectors", vectors);
    bytes.reset();
    Path damaged = file("w.txt", "film 1 2 3\ngood 1 x 3\n");
    trainFails(
        "line 2 of " + damaged + " must have finite numbers, got 'x'",
        "--input",
        input,
        "--embedding-size",
        3,
        "--pretrained-vectors",
        damaged);
  }

  @Test
  void anUnknownConfigurationKeyIsNamedWithTheNearest() throws IOException {
    trainFails("'batch-size'", "--config", file("mine.properties", "batchsiz=3\n"));
  }

  @Test
  void aConfigurationThatAsksForNoSampleNeedsAnInput() throws IOException {
    trainFails(
        "--input is missing; name the labelled reviews, or --sample N",
        "--config",
        file("mine.properties", "layer=gru\n"));
  }

  @Test
  void aMissingConfigurationIsNamed() throws IOException {
    trainFails("none.properties", "--config", "none.properties");
  }

  @Test
  void unknownLabelsAreNamedWithThoseThatAreAccepted() throws IOException {
    trainFails(
        "0.1 allows: label 'bad' is unknown (20), label 'good' is unknown (20);"
            + " labels must be class indices 0, 1, 2 ... without gaps or names"
            + " (neg, negative, false; pos, positive, true)",
        "--input",
        file("a.csv", "text,label\na film,1\n" + "a good film,good\na bad film,bad\n".repeat(20)));
  }

  @Test
  void strayLabelsAreNamedWhenThereAreTooMany() throws IOException {
    trainFails(
        "0.1 allows: label 7 is outside [0, 2) (10); labels must be class indices",
        "--input",
        file("stray.csv", GOOD + "a fine film,7\n".repeat(10)));
    bytes.reset();
    trainFails(
        "column 'label' must hold class indices 0, 1, 2 ... without gaps,"
            + " got labels 1 (20), 2 (20); number the classes from 0",
        "--input",
        file("from1.csv", GOOD.replace("film,1", "film,2").replace("film,0", "film,1")),
        "--validation-split",
        0);
  }

  @Test
  void anExistingModelIsNotReplaced() throws IOException {
    Files.createDirectory(folder.resolve("model"));
    file("model/precious", "x");
    trainFails("exists and is not empty", "--input", file("a.csv", GOOD));
  }

  @Test
  void nothingThatIsReadIsReplaced() throws IOException {
    Files.createDirectory(folder.resolve("data"));
    Path input = file("data/a.csv", GOOD);
    Path data = folder.resolve("data");
    trainFails("must not be the input", "--input", data, "--model", data, "--overwrite");
    bytes.reset();
    trainFails("must not hold the input", "--input", input, "--model", data, "--overwrite");
    bytes.reset();
    trainFails("must not be inside the input", "--input", data, "--model", data.resolve("m"));
    bytes.reset();
    Path other = file("b.csv", GOOD);
    trainFails(
        "must not be the test input", "--input", other, "--test-input", data, "--model", data);
    bytes.reset();
    trainFails("must not be the input", "--input", input, "--metrics", input);
    bytes.reset();
    fails("must not be the model", "score", "--model", data, "--input", other, "--output", data);
    bytes.reset();
    fails(
        "must not be the input", "evaluate", "--model", data, "--input", other, "--metrics", other);
  }

  @Test
  void onlyAFormerOutputIsReplaced() throws IOException {
    Files.createDirectory(folder.resolve("model"));
    file("model/precious", "x");
    trainFails("is no model, which alone is", "--input", file("a.csv", GOOD), "--overwrite");
    bytes.reset();
    fails(
        "is no table written by Spark, which alone is replaced",
        "generate",
        "--reviews",
        3,
        "--output",
        folder.resolve("model"),
        "--overwrite");
  }

  @Test
  void aModelThatCannotBeWrittenIsRefusedBeforeTraining() throws IOException {
    file("file", "x");
    trainFails(
        "cannot be written",
        "--input",
        file("a.csv", GOOD),
        "--model",
        folder.resolve("file/model"));
  }

  @Test
  void metricsThatCannotBeWrittenAreRefusedBeforeTraining() throws IOException {
    trainFails(
        "cannot be written",
        "--input",
        file("a.csv", GOOD),
        "--metrics",
        folder.resolve("no/metrics.json"));
  }

  @Test
  void aMasterThatCannotBeReachedIsNamed() throws IOException {
    trainFails("no Spark master can be reached", "--master", "spark://127.0.0.1:1");
  }

  @Test
  void settingsThatSparkCannotReadAreNamed() throws IOException {
    Path input = file("a.csv", GOOD);
    String setting = "spark.sql.shuffle.partitions";
    trainFails("Spark does not start", "--input", input, "--conf", setting + "=foo");
    assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("'foo' in the config"));
    bytes.reset();
    trainFails("the codec foo", "--input", input, "--conf", "spark.io.compression.codec=foo");
  }

  @Test
  void aDirectoryThatIsNoModelIsRefused() throws IOException {
    Path input = file("a.csv", GOOD);
    fails("no model at", "evaluate", "--model", folder.resolve("none"), "--input", input);
  }

  @Test
  void aModelOnAFileSystemThatCannotBeReachedIsNamed() throws IOException {
    Path input = file("a.csv", GOOD);
    fails(
        "model nosuch://x cannot be read: no FileSystem for scheme",
        "evaluate",
        "--model",
        "nosuch://x",
        "--input",
        input);
    bytes.reset();
    fails(
        "model hdfs://127.0.0.1:1/x cannot be read: connection refused",
        "score",
        "--model",
        "hdfs://127.0.0.1:1/x",
        "--input",
        input,
        "--output",
        folder.resolve("out"),
        "--conf",
        "spark.hadoop.ipc.client.connect.max.retries=0");
  }

  @Test
  void aBlankPathIsRefusedByItsOption() throws IOException {
    Path input = file("a.csv", GOOD);
    Path out = folder.resolve("out");
    fails("--model must name a path, got ''", "evaluate", "--model", "", "--input", input);
    bytes.reset();
    fails("--input must name", "score", "--model", "m", "--input", " ", "--output", out);
    bytes.reset();
    fails("--output must name", "score", "--model", "m", "--input", input, "--output", "");
    bytes.reset();
    trainFails("--model must name", "--input", input, "--model", "");
    bytes.reset();
    trainFails("--input must name", "--input", "");
  }

  @Test
  void anExistingOutputIsNotReplaced() throws IOException {
    Files.createDirectory(folder.resolve("out"));
    file("out/precious", "x");
    fails("exists and is not empty", "generate", "--reviews", 3, "--output", folder.resolve("out"));
  }

  @Test
  void aMissingArgumentIsNamed() throws IOException {
    fails("--reviews", "generate", "--output", folder.resolve("out"));
  }

  @Test
  void anUnknownCommandIsRefused() throws IOException {
    fails("train, evaluate, score", "trane");
  }
}
