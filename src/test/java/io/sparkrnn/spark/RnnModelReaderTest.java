package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.train.TrainingHistory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RnnModelReaderTest {
  @TempDir private Path folder;

  @BeforeEach
  void save() throws IOException {
    TestSpark.session();
    NetworkSpec network = NetworkSpec.binary(CellType.LSTM, TinyRows.VOCABULARY, 5, 3);
    float[] parameters = new Network(network).initialParameters(5);
    RnnClassificationModel.of(
            new SavedModel(network, parameters, null, null, List.of(), TrainingHistory.empty()))
        .write()
        .save(folder.resolve("model").toString());
    load();
  }

  private RnnClassificationModel load() {
    return RnnClassificationModel.load(folder.resolve("model").toString());
  }

  private List<Path> metadata() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("model/metadata"))) {
      return files.filter(file -> file.getFileName().toString().contains("part-")).toList();
    }
  }

  /** Hadoop's settings of compressed text, and those of codecs that no jar has. */
  @Test
  void metadataAreReadHoweverHadoopWritesText() throws IOException {
    Configuration hadoop = TestSpark.session().sparkContext().hadoopConfiguration();
    RnnClassificationModel model = load();
    hadoop.set("io.compression.codecs", "a.B");
    try {
      load();
    } finally {
      hadoop.unset("io.compression.codecs");
    }
    hadoop.set("mapreduce.output.fileoutputformat.compress", "true");
    try {
      model.write().overwrite().save(folder.resolve("model").toString());
    } finally {
      hadoop.unset("mapreduce.output.fileoutputformat.compress");
    }
    assertTrue(metadata().stream().anyMatch(file -> file.toString().endsWith(".deflate")));
    load();
  }

  private void isRefused(String reason) {
    String message = assertThrows(InputException.class, this::load).getMessage();
    assertTrue(message.startsWith("model '" + folder.resolve("model") + "'"), message);
    assertTrue(message.contains(reason), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "no JSON",
        "[]",
        "{}",
        "{\"class\": \"a.B\", \"timestamp\": 1, \"sparkVersion\": \"4.1.0\", \"uid\": \"x\"}"
      })
  void damagedMetadataIsRefused(String text) throws IOException {
    for (Path file : metadata()) {
      if (file.getFileName().toString().startsWith("part-")) {
        Files.writeString(file, text);
      } else {
        Files.delete(file); // the checksum
      }
    }
    isRefused("its metadata is damaged");
  }

  /** Writes metadata of one line, without the checksum of what was there. */
  private void writeMetadata(String line) throws IOException {
    for (Path file : metadata()) {
      Files.delete(file);
    }
    Files.writeString(folder.resolve("model/metadata/part-00000"), line);
  }

  /** A class that tells when it is loaded and initialized. */
  static final class Trap {
    static final String SPRUNG = "io.sparkrnn.trap";

    static {
      System.setProperty(SPRUNG, "sprung");
    }
  }

  @Test
  void aClassThatAModelNamesIsNotLoaded() throws IOException {
    String trap = RnnModelReaderTest.class.getName() + "$Trap";
    Path config = folder.resolve("model/config.json");
    String of = "\"@class\" : \"" + trap + "\", \"class\" : \"" + trap + "\", ";
    String first =
        Files.readString(config)
            .replace("\"formatVersion\" : 2", of + "\"formatVersion\" : 1")
            .replaceFirst(",\\s+\"checksum\" : \"\\w+\"", "");
    Files.delete(folder.resolve("model/.config.json.crc"));
    Files.writeString(config, first);
    load();
    Path part =
        metadata().stream()
            .filter(file -> file.getFileName().toString().startsWith("part-"))
            .findFirst()
            .orElseThrow();
    String metadata = Files.readString(part);
    writeMetadata(metadata.replace(RnnClassificationModel.class.getName(), trap));
    isRefused("its metadata is damaged");
    writeMetadata(metadata.replace("\"paramMap\":{", "\"paramMap\":{\"class\":\"" + trap + "\","));
    isRefused("its metadata is damaged");
    assertNull(System.getProperty(Trap.SPRUNG));
  }

  @Test
  void metadataThatNeverEndOrNestAreRefused() throws IOException {
    writeMetadata("[".repeat(1_000_000));
    isRefused("its metadata is damaged");
    writeMetadata(" ".repeat(1 << 24));
    isRefused("must have less than 16777216 bytes, and has more");
    writeMetadata("{\"class\":" + "[".repeat(900) + "]".repeat(900) + "}");
    isRefused("must be nested 64 deep at most, and is deeper");
  }

  /** A part of some kilobytes that unpacks to 64 MB. */
  @Test
  void packedMetadataAreNotUnpackedBeyondReason() throws IOException {
    writeMetadata("");
    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(folder.resolve("model/metadata/part-00000.gz")))) {
      byte[] spaces = new byte[1 << 20];
      Arrays.fill(spaces, (byte) ' ');
      for (int i = 0; i < 64; i++) {
        out.write(spaces);
      }
    }
    isRefused("must have less than 16777216 bytes, and has more");
  }

  @Test
  void metadataThatDoNotFitTheirChecksumAreRefused() throws IOException {
    for (Path file : metadata()) {
      if (file.getFileName().toString().startsWith("part-")) {
        Files.writeString(file, "{}");
      }
    }
    isRefused("its metadata is damaged");
  }

  /** A place that cannot be renamed, so that the old model would have to be deleted first. */
  @Test
  void aModelThatCannotBeReplacedStays() throws IOException {
    StubbornFileSystem.register(TestSpark.session().sparkContext().hadoopConfiguration());
    RnnClassificationModel saved = load();
    Files.createFile(folder.resolve("model/stay"));
    String place = StubbornFileSystem.path(folder.resolve("model")).toString();
    assertThrows(IOException.class, () -> saved.write().overwrite().save(place));
    assertEquals(saved.parametersSha256(), load().parametersSha256());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("model")), files.toList());
    }
  }

  @Test
  void missingMetadataAreRefused() throws IOException {
    for (Path file : metadata()) {
      Files.delete(file);
    }
    isRefused("there is no metadata in");
  }
}
