package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.audio.Wavs;
import io.sparkrnn.io.sequence.SequenceClassifier;
import io.sparkrnn.spark.input.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of WAV files, as bytes and as paths. */
class AudioColumnTest {
  @TempDir private static Path folder;

  private static Dataset<Row> rows;

  private final RnnClassifier classifier =
      new RnnClassifier()
          .setAudioCol("content")
          .setMelBands(16)
          .setUnits("6")
          .setPooling("mean")
          .setOptimizer("adam")
          .setStepSize(0.03)
          .setBatchSize(8)
          .setMaxIter(4)
          .setShards(1)
          .setMaxRefusedFraction(0.5);

  @BeforeAll
  static void writeTones() throws Exception {
    List<Row> table = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      double hertz = (i % 2 == 0 ? 300 : 1200) + 10 * i;
      byte[] wav = Wavs.tone(i % 3 == 0 ? 16000 : 8000, hertz, 0.1 + 0.005 * i);
      Files.write(folder.resolve(i + ".wav"), wav);
      table.add(RowFactory.create(wav, i + ".wav", (double) (i % 2)));
    }
    Files.write(folder.resolve("cut.wav"), new byte[] {'R', 'I', 'F', 'F'});
    table.add(RowFactory.create(new byte[] {'R', 'I', 'F', 'F'}, "cut.wav", 1.0));
    StructType schema =
        new StructType()
            .add("content", DataTypes.BinaryType)
            .add("path", DataTypes.StringType)
            .add("label", DataTypes.DoubleType);
    rows = TestSpark.session().createDataFrame(table, schema).repartition(3);
  }

  @Test
  void bytesAndPathsGiveTheSameModel() throws Exception {
    RnnClassificationModel ofBytes = classifier.fit(rows);
    assertEquals(1, ofBytes.summary().refusals().rows());
    RnnClassificationModel ofPaths =
        classifier.setAudioCol("path").setAudioDirectory(folder.toString()).fit(rows);
    assertEquals(ofBytes.parametersSha256(), ofPaths.parametersSha256());
    assertTrue(ofBytes.toLocal().features().standardization() != null, "audio is standardized");

    Dataset<Row> scored =
        ofPaths.setHandleInvalid("keep").setReasonCol("reason").transform(rows).orderBy("path");
    SequenceClassifier local = SequenceClassifier.of(ofBytes.toLocal());
    int refused = 0;
    for (Row row : scored.collectAsList()) {
      Vector probability = row.getAs("probability");
      if (probability == null) {
        refused++;
        assertEquals("audio is no WAV file", row.getAs("reason"));
      } else {
        byte[] wav = Files.readAllBytes(folder.resolve(row.<String>getAs("path")));
        assertEquals(local.probabilities(wav)[1], probability.apply(1), 0);
      }
    }
    assertEquals(1, refused);
    assertEquals(24, ofPaths.evaluate(rows).rows());
  }

  @Test
  void theFrontEndsConstantsAreChecked() {
    assertRefused(
        "melLow must be >= 0 and less than melHigh, at most 24000, got 60.0 and 50.0",
        new RnnClassifier().setAudioCol("content").setMelHigh(50));
    assertRefused(
        "audioCol must go without vectorSize, which is melBands then, got 3",
        new RnnClassifier().setAudioCol("content").setVectorSize(3));
    assertRefused(
        "column 'label' must be binary (WAV files) or string (their paths), got double",
        new RnnClassifier().setAudioCol("label"));
    InputException noColumn =
        assertThrows(
            InputException.class, () -> classifier.fit(rows).setAudioCol("").transform(rows));
    assertEquals("audioCol must name a column for a model that reads audio", noColumn.getMessage());
  }

  private static void assertRefused(String message, RnnClassifier wrong) {
    assertEquals(message, assertThrows(InputException.class, () -> wrong.fit(rows)).getMessage());
  }
}
