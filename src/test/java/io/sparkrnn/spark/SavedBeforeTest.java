package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.train.EpochRecord;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What version 0.2.0-SNAPSHOT saved loads and gives the same bits: a model, a pipeline, a fitted
 * pipeline, and the checkpoint of a training that stopped in its third epoch of four.
 */
class SavedBeforeTest {
  private static final Path SAVED = Path.of("src/test/resources/saved-0.2.0");

  /** Of the training that the pipeline describes, on {@link #reviews}. */
  private static final String SHA256 =
      "e11e980c12e3a8b1fb03cfc0420a1273c19df69f508d67dd7f6646da3184b885";

  /** Probabilities of class 1 of the first reviews. */
  private static final List<Double> PROBABILITIES =
      List.of(
          0.5000103116035461,
          0.49478188157081604,
          0.4923693835735321,
          0.4997188150882721,
          0.49125927686691284);

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    TestSpark.session();
  }

  private static Dataset<Row> reviews() {
    String[][] texts = {
      {"a bad film", "dull and slow", "I did not like it", "not good at all", "poor acting"},
      {"a good film", "good fun, well made", "I liked it a lot", "not bad at all", "superb acting"}
    };
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String text = texts[i % 2][i / 2 % 5] + (i % 3 == 0 ? " really" : "");
      rows.add(RowFactory.create(i, text + (i % 7 == 0 ? " , they say" : ""), (double) (i % 2)));
    }
    return TestSpark.session()
        .createDataFrame(
            rows, new StructType().add("id", "int").add("text", "string").add("label", "double"));
  }

  private static List<Double> probabilities(Dataset<Row> scored) {
    return scored.orderBy("id").limit(5).select("probability").collectAsList().stream()
        .map(row -> ((Vector) row.get(0)).apply(1))
        .toList();
  }

  @Test
  void aModelScoresAsBefore() {
    RnnClassificationModel model = RnnClassificationModel.load(SAVED.resolve("model").toString());
    assertEquals(SHA256, model.parametersSha256());
    assertEquals(PROBABILITIES, probabilities(model.transformText(reviews(), "text")));
  }

  @Test
  void aFittedPipelineScoresAsBefore() {
    PipelineModel model = PipelineModel.load(SAVED.resolve("pipeline-model").toString());
    assertEquals(PROBABILITIES, probabilities(model.transform(reviews())));
  }

  @Test
  void aPipelineTrainsAsBefore() {
    Pipeline pipeline = Pipeline.load(SAVED.resolve("pipeline").toString());
    assertEquals(SHA256, trained(pipeline.fit(reviews())).parametersSha256());
  }

  private static RnnClassificationModel trained(PipelineModel model) {
    return (RnnClassificationModel) model.stages()[3];
  }

  @Test
  void aCheckpointIsResumedAsBefore() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    Files.createDirectory(checkpoint);
    try (Stream<Path> files = Files.list(SAVED.resolve("checkpoint"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, checkpoint.resolve(file.getFileName()));
      }
    }
    PipelineModel stages = PipelineModel.load(SAVED.resolve("pipeline-model").toString());
    Dataset<Row> sequences = reviews();
    for (int i = 0; i < 3; i++) {
      sequences = stages.stages()[i].transform(sequences);
    }
    Pipeline pipeline = Pipeline.load(SAVED.resolve("pipeline").toString());
    List<Integer> epochs = new ArrayList<>();
    RnnClassifier classifier =
        ((RnnClassifier) pipeline.getStages()[3])
            .setCheckpointDir(checkpoint.toString())
            .setResume(true)
            .setListener(
                new TrainingListener() {
                  @Override
                  public void epochFinished(EpochRecord record, TrainingHistory history) {
                    epochs.add(record.epoch());
                  }
                });
    assertEquals(SHA256, classifier.fit(sequences).parametersSha256());
    assertEquals(List.of(3, 4), epochs);
  }
}
