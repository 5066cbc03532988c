package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingHistory;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scoring texts in one pass gives what tokenizer, vocabulary and padder give one after another. */
class TextScoringTest {
  private static final Vocabulary WORDS =
      Vocabulary.of(List.of("[PAD]", "[UNK]", "good", "bad", "not", "film"));
  private static final String[] TEXTS = {
    "Good film!",
    "not <br /> bad, not good; a film that is not bad, good GOOD bad",
    "",
    null,
    "?!",
    "[PAD]",
    "film",
    "unknown words, all of them, and many more than fit"
  };

  private static RnnClassificationModel model(Padding padding, boolean maskZero) {
    NetworkSpec masked = NetworkSpec.binary(CellType.LSTM, WORDS.size(), 5, 3);
    InputSpec input = new InputSpec.Tokens(WORDS.size(), 5, maskZero);
    NetworkSpec network = new NetworkSpec(input, masked.layers(), masked.head());
    float[] parameters = new Network(network).initialParameters(5);
    return RnnClassificationModel.of(
            new SavedModel(
                network,
                parameters,
                TextSettings.of(padding),
                WORDS,
                List.of(),
                TrainingHistory.empty()))
        .setHandleInvalid("keep")
        .setReasonCol("reason");
  }

  @ParameterizedTest
  @CsvSource({
    "PRE,PRE,true",
    "PRE,POST,true",
    "PRE,PRE,false",
    "POST,PRE,false",
    "POST,POST,false"
  })
  void textsInOnePassAreScoredAsByTheStages(
      Padding.Side padding, Padding.Side truncating, boolean maskZero) {
    RnnClassificationModel model = model(new Padding(6, padding, truncating), maskZero);
    Dataset<Row> texts =
        TestSpark.session()
            .createDataset(Stream.of(TEXTS).toList(), Encoders.STRING())
            .toDF("text");
    Dataset<Row> staged =
        model.textPipeline().transform(texts).drop("_tokens", "_ids", model.getFeaturesCol());
    Dataset<Row> fused = model.transformText(texts, "text");
    assertEquals(staged.schema(), fused.schema());
    assertEquals(staged.drop("reason").collectAsList(), fused.drop("reason").collectAsList());
    assertEquals(
        reasons(staged),
        reasons(fused).stream()
            .map(reason -> reason.replace("text is null", "features are null"))
            .map(reason -> reason.replace("text has no words", "features hold no token id"))
            .toList());
  }

  private static List<String> reasons(Dataset<Row> scored) {
    return scored.select("reason").collectAsList().stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  @Test
  void aColumnOfTheUsersThatIsNamedAsTheReasonsIsNobodysBusiness() {
    Dataset<Row> texts =
        TestSpark.session()
            .range(40)
            .selectExpr("if(id % 2 = 0, 'good film', 'bad film') as text", "id % 2 as label")
            .withColumn("_refused", org.apache.spark.sql.functions.lit("mine"));
    assertEquals(40, TinyTexts.model("good", "bad").evaluateText(texts, "text").rows());
    Dataset<Row> ids =
        TinyRows.data(40).withColumn("_refused", org.apache.spark.sql.functions.lit("mine"));
    assertEquals(0, TinyRows.classifier().fit(ids).summary().refusals().rows());
  }

  @Test
  void aColumnThatIsNoTextIsRefused() {
    Dataset<Row> ids = TestSpark.session().range(3).toDF("id");
    RnnClassificationModel model = model(new Padding(6, Padding.Side.PRE, Padding.Side.PRE), true);
    assertEquals(
        "column 'id' must be string, got bigint",
        assertThrows(InputException.class, () -> model.transformText(ids, "id")).getMessage());
  }

  @Test
  void evaluationOfTextsIsThatOfTheirIds() {
    RnnClassificationModel model = model(new Padding(6, Padding.Side.PRE, Padding.Side.PRE), true);
    Dataset<Row> labelled =
        TestSpark.session()
            .createDataset(List.of("good film", "bad film", "", "not good"), Encoders.STRING())
            .selectExpr("value as text", "cast(length(value) % 2 as double) as label");
    assertEquals(
        model.evaluate(model.textPipeline().transform(labelled).drop("probability")).toString(),
        model.evaluateText(labelled, "text").toString());
  }

  /** How many rows were read until the first came out scored: those of a batch, and one ahead. */
  private static long rowsReadForTheFirst(Dataset<Row> texts) {
    LongAccumulator read = TestSpark.session().sparkContext().longAccumulator();
    Dataset<Row> counted =
        texts.map(
            (MapFunction<Row, Row>)
                row -> {
                  read.add(1);
                  return row;
                },
            Encoders.row(texts.schema()));
    Padding padding = new Padding(6, Padding.Side.PRE, Padding.Side.PRE);
    Dataset<Row> scored = model(padding, true).transformText(counted, "text").select("prediction");
    scored
        .javaRDD()
        .mapPartitions(rows -> List.of(rows.hasNext() ? rows.next().getDouble(0) : 0).iterator())
        .collect();
    return read.value();
  }

  @Test
  void longTextsDoNotWaitForOneAnotherByTheThousands() {
    Dataset<Row> kilobytes =
        TestSpark.session().range(0, 10_000, 1, 1).selectExpr("repeat('good ', 200) as text");
    assertEquals(4096 + 1, rowsReadForTheFirst(kilobytes));
    Dataset<Row> megabytes =
        TestSpark.session().range(0, 100, 1, 1).selectExpr("repeat('good ', 200000) as text");
    assertEquals(17 + 1, rowsReadForTheFirst(megabytes));
  }
}
