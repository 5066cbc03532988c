package io.sparkrnn.spark;

import io.sparkrnn.spark.input.FailureReason;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.text.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Reads what {@link VocabularyIndexerWriter} writes. */
final class VocabularyIndexerReader extends MLReader<VocabularyIndexerModel> {
  @Override
  public VocabularyIndexerModel load(String path) {
    Configuration hadoop = sparkSession().sessionState().newHadoopConf();
    try {
      DefaultParamsReader.Metadata metadata =
          StageMetadata.read(path, VocabularyIndexerModel.class, hadoop);
      VocabularyIndexerModel model =
          new VocabularyIndexerModel(metadata.uid(), vocabulary(path, hadoop));
      metadata.getAndSetParams(model, scala.Option.empty());
      return model;
    } catch (Exception e) { // of Spark's parser: unchecked ones and undeclared ones
      throw new InputException(
          "vocabulary indexer '" + path + "' cannot be read: " + FailureReason.of(e), e);
    }
  }

  private static Vocabulary vocabulary(String path, Configuration hadoop) throws IOException {
    Path file = new Path(path, VocabularyIndexerWriter.FILE);
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return Vocabulary.read(in);
    }
  }
}
