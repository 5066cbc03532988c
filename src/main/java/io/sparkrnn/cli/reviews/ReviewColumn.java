package io.sparkrnn.cli.reviews;

import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.RnnTaggerModel;
import io.sparkrnn.spark.input.InputUse;
import io.sparkrnn.train.metrics.Evaluation;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The column that a model reads.
 *
 * @param use what it holds
 * @param name its name
 */
public record ReviewColumn(InputUse use, String name) {

  /** Tells a model that it reads this column. */
  public void tell(RnnModel<?> model) {
    switch (use) {
      case TEXT -> {}
      case TOKENS -> ((RnnTaggerModel) model).setTokensCol(name);
      case FEATURES -> model.setFeaturesCol(name);
      case AUDIO -> model.setAudioCol(name);
    }
  }

  /** Returns rows with what a model appends to them. */
  Dataset<Row> transform(RnnModel<?> model, Dataset<Row> rows) {
    tell(model);
    return use == InputUse.TEXT ? model.transformText(rows, name) : model.transform(rows);
  }

  /** Evaluates a model on rows. */
  public Evaluation evaluate(RnnModel<?> model, Dataset<Row> rows) {
    tell(model);
    return use == InputUse.TEXT ? model.evaluateText(rows, name) : model.evaluate(rows);
  }
}
