package io.sparkrnn.spark;

import io.sparkrnn.text.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Reads what {@link VocabularyIndexerWriter} writes. */
final class VocabularyIndexerReader extends MLReader<VocabularyIndexerModel> {
  @Override
  public VocabularyIndexerModel load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(
            path, sparkSession(), VocabularyIndexerModel.class.getName());
    VocabularyIndexerModel model = new VocabularyIndexerModel(metadata.uid(), vocabulary(path));
    metadata.getAndSetParams(model, scala.Option.empty());
    return model;
  }

  private Vocabulary vocabulary(String path) {
    Path file = new Path(path, VocabularyIndexerWriter.FILE);
    try (InputStream in =
        file.getFileSystem(sparkSession().sessionState().newHadoopConf()).open(file)) {
      return Vocabulary.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
