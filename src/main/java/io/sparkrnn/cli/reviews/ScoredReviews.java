package io.sparkrnn.cli.reviews;

import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.nn.ValueHead;
import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.RnnTaggerModel;
import io.sparkrnn.spark.input.Columns;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.input.ReviewReader;
import io.sparkrnn.spark.scoring.ScoringPlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The table that scoring writes: the input's columns, then probability, prediction, weights,
 * reason.
 */
public final class ScoredReviews {
  /** The predicted class, or value of a regression; null when the row could not be scored. */
  public static final String PREDICTION = "prediction";

  /** Probability of class 1, or of every class when there are more than two. */
  static final String PROBABILITY = "probability";

  /** The name of the predicted class, of models whose classes have names. */
  public static final String LABEL = "label";

  /** Why a row has no prediction, else null. */
  public static final String REASON = "reason";

  private ScoredReviews() {}

  /**
   * Scores reviews.
   *
   * @param model the model
   * @param reviews as {@link ReviewReader#readUnlabelled} returns them
   * @param column the column that the model reads
   * @param attentionCol column of attention's weights to add, none when empty
   * @throws InputException when a column that scoring adds is there already, or weights are wanted
   *     of a model without attention
   */
  public static Dataset<Row> of(
      RnnModel<?> model, Dataset<Row> reviews, ReviewColumn column, String attentionCol) {
    boolean ofTexts = !model.needsLabels();
    List<String> names = names(model);
    List<String> added = added(model.network().head(), !names.isEmpty());
    if (added.contains(attentionCol)) {
      throw new InputException(
          "--attention-col must not be one of " + added + ", got '" + attentionCol + "'");
    }
    for (String name : reviews.columns()) {
      boolean isAttention = !attentionCol.isEmpty() && name.equalsIgnoreCase(attentionCol);
      if (isAttention || Columns.contains(added, name)) {
        throw new InputException(
            "the input has a column '" + name + "' already; rename it or leave it out");
      }
    }
    RnnModel<?> network = model.setReasonCol(REASON).setHandleInvalid("keep");
    network
        .setPredictionCol(model.labelsSteps() ? RnnTaggerModel.TAGS : PREDICTION)
        .setProbabilityCol(PROBABILITY)
        .setRawPredictionCol("");
    network.setAttentionCol(attentionCol);
    Dataset<Row> scored = column.transform(network, reviews).withColumn(REASON, reason());
    List<String> columns = List.of(scored.columns());
    if (!ofTexts && columns.contains(PROBABILITY)) {
      scored = scored.withColumn(PROBABILITY, probability(network.network().head().outputs()));
    }
    if (!names.isEmpty()) {
      scored = scored.withColumn(LABEL, label(names));
    }
    List<String> answers = new ArrayList<>(added);
    answers.remove(REASON);
    answers.add(attentionCol);
    for (String name : answers) {
      scored = columns.contains(name) ? scored.withColumn(name, unlessRefused(name)) : scored;
    }
    return scored.drop(ReviewReader.REFUSED_COL);
  }

  /** Returns the names of a classifier's classes, none if they have none. */
  private static List<String> names(RnnModel<?> model) {
    return model instanceof RnnClassificationModel ? model.toLocal().labels() : List.of();
  }

  private static Column label(List<String> names) {
    Column place = Columns.named(PREDICTION).cast(DataTypes.IntegerType).plus(1);
    return org.apache.spark.sql.functions.element_at(
        org.apache.spark.sql.functions.lit(names.toArray(new String[0])), place);
  }

  private static List<String> added(HeadSpec head, boolean isNamed) {
    if (head instanceof TokenHead) {
      return List.of(ScoringPlan.LOG_PROBABILITY, ScoringPlan.TOKENS, REASON);
    }
    if (head instanceof TranslationHead) {
      return List.of(ScoringPlan.TRANSLATION, REASON);
    }
    if (head instanceof CtcHead) {
      return List.of(ScoringPlan.TRANSCRIPT, REASON);
    }
    if (head instanceof TagHead) {
      return List.of(RnnTaggerModel.TAGS, REASON);
    }
    return head instanceof ValueHead
        ? List.of(PREDICTION, REASON)
        : isNamed
            ? List.of(PREDICTION, PROBABILITY, LABEL, REASON)
            : List.of(PREDICTION, PROBABILITY, REASON);
  }

  /** Returns the column of a scored table that has a value where a row was scored. */
  public static String answer(StructType scored) {
    String[] names = scored.fieldNames();
    if (names.length >= 2 && names[names.length - 2].equals(ScoringPlan.TRANSLATION)) {
      return ScoringPlan.TRANSLATION;
    }
    boolean ofTexts =
        names.length >= 3 && names[names.length - 3].equals(ScoringPlan.LOG_PROBABILITY);
    if (names.length >= 2 && names[names.length - 2].equals(ScoringPlan.TRANSCRIPT)) {
      return ScoringPlan.TRANSCRIPT;
    }
    if (names.length >= 2 && names[names.length - 2].equals(RnnTaggerModel.TAGS)) {
      return RnnTaggerModel.TAGS;
    }
    return ofTexts ? ScoringPlan.LOG_PROBABILITY : PREDICTION;
  }

  /** Returns the rows that were scored. */
  public static Dataset<Row> good(Dataset<Row> scored) {
    return scored.where(Columns.named(REASON).isNull());
  }

  /** What stands in a row that could not be read whole is not what the user has written. */
  private static Column unlessRefused(String name) {
    Column refused = Columns.named(ReviewReader.REFUSED_COL);
    Column value = Columns.named(name);
    return org.apache.spark.sql.functions.when(refused.isNull(), value);
  }

  private static Column reason() {
    return org.apache.spark.sql.functions.coalesce(
        Columns.named(ReviewReader.REFUSED_COL), Columns.named(REASON));
  }

  private static Column probability(int outputs) {
    Column vector = org.apache.spark.sql.functions.col(PROBABILITY);
    // vectors of probabilities are dense; vector_to_array would call a function for each row
    Column array = org.apache.spark.sql.functions.unwrap_udt(vector).getField("values");
    Column value = outputs <= 2 ? array.getItem(1) : array;
    return org.apache.spark.sql.functions.when(vector.isNotNull(), value);
  }
}
