package io.sparkrnn.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Writes Spark's metadata and the vocabulary beside it. */
final class VocabularyIndexerWriter extends MLWriter {
  static final String FILE = "vocabulary.txt";

  private final VocabularyIndexerModel model;

  VocabularyIndexerWriter(VocabularyIndexerModel model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(
        model, path, sparkSession(), scala.Option.empty(), scala.Option.empty());
    Path file = new Path(path, FILE);
    try (OutputStream out =
        file.getFileSystem(sparkSession().sessionState().newHadoopConf()).create(file, false)) {
      model.vocabulary().write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
