package io.sparkrnn.spark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.window;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.ExperimentalMethods;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;

/** Scoring touches no column but those that it adds. */
class PassedColumnsTest {
  private final SparkSession spark = TestSpark.session();
  private final RnnClassificationModel model = TinyTexts.model("good", "bad", "not", "film");

  @TempDir private Path folder;

  /** Texts that an executor reads, in one partition. */
  private Dataset<Row> texts() {
    return spark
        .range(0, 10, 1, 1)
        .selectExpr("id", "concat('good film ', id) as text", "cast(id % 2 as string) as side");
  }

  private Dataset<Row> files() {
    String path = folder.resolve("texts").toString();
    texts().write().mode("overwrite").parquet(path);
    return spark.read().parquet(path);
  }

  private static String executed(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
        .queryExecution()
        .executedPlan()
        .toString();
  }

  static int scorings(Dataset<Row> rows) {
    return (int) Pattern.compile("\\bScoring ").matcher(executed(rows)).results().count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "date'1582-10-10'",
        "timestamp'0001-01-01 00:00:00.123456'",
        "timestamp_ntz'2020-03-29 02:30:00.000001'",
        "cast(X'52656ee9' as string)",
        "X'00ff'",
        "'a' collate UTF8_LCASE",
        "cast('ab' as char(4))",
        "interval '1' day",
        "interval '1-2' year to month",
        "cast(1.5 as decimal(38,18))",
        "9007199254740993L",
        "float('NaN')",
        "array(1, null)",
        "map('a', named_struct('b', 1))",
        "named_struct()",
        "parse_json('{\"a\": [1, 2]}')",
        "null"
      })
  void valuesAndTypesStay(String expression) {
    Dataset<Row> given = texts().withColumn("passed", expr(expression));
    Dataset<Row> scored = model.transformText(given, "text");
    assertEquals(given.schema().apply("passed"), scored.schema().apply("passed"));
    assertEquals(shown(given), shown(scored));
  }

  private static List<Row> shown(Dataset<Row> rows) {
    String shown =
        rows.schema().apply("passed").dataType().simpleString().equals("variant")
            ? "to_json(passed)"
            : "hex(cast(cast(passed as string) as binary))";
    return rows.selectExpr(shown).collectAsList();
  }

  @Test
  void metadataStays() {
    Dataset<Row> indexed =
        new StringIndexer()
            .setInputCol("side")
            .setOutputCol("index")
            .fit(texts())
            .transform(texts());
    Dataset<Row> described =
        indexed.withColumn("id", col("id").as("id", metadata("comment", "the key")));
    Dataset<Row> scored = model.transformText(described, "text");
    for (StructField field : described.schema().fields()) {
      assertEquals(field, scored.schema().apply(field.name()));
    }
    Dataset<Row> back =
        new IndexToString().setInputCol("index").setOutputCol("back").transform(scored);
    assertEquals(10, back.where(col("back").equalTo(col("side"))).count());
  }

  private static org.apache.spark.sql.types.Metadata metadata(String key, String value) {
    return new org.apache.spark.sql.types.MetadataBuilder().putString(key, value).build();
  }

  @Test
  void twoColumnsOfOneNameStayTwo() {
    Dataset<Row> twice = texts().select(col("text"), lit(1).as("x"), lit("b").as("x"));
    Row first = model.transformText(twice, "text").first();
    assertEquals(1, first.getInt(1));
    assertEquals("b", first.getString(2));
  }

  @Test
  void aWatermarkStays() throws Exception {
    String path = folder.resolve("times").toString();
    texts().selectExpr("text", "timestamp_seconds(id) as time").write().parquet(path);
    Dataset<Row> stream =
        spark
            .readStream()
            .schema("text string, time timestamp")
            .parquet(path)
            .withWatermark("time", "1 second");
    StreamingQuery query =
        model
            .transformText(stream, "text")
            .groupBy(window(col("time"), "5 seconds"))
            .agg(avg("prediction"))
            .writeStream()
            .outputMode("append")
            .option("checkpointLocation", folder.resolve("checkpoint").toString())
            .trigger(Trigger.AvailableNow())
            .format("noop")
            .start();
    query.awaitTermination();
    assertTrue(query.exception().isEmpty());
  }

  @Test
  void columnsThatNobodyReadsAreNotRead() {
    Dataset<Row> scored = model.transformText(files(), "text");
    String narrow = executed(scored.select("prediction"));
    assertTrue(narrow.contains("ReadSchema: struct<text:string>"), narrow);
    String unscored = executed(scored.select("id"));
    assertTrue(unscored.contains("ReadSchema: struct<id:bigint>"), unscored);
    assertFalse(unscored.contains("Scoring"), unscored);
    String filtered = executed(scored.where("side = '1'"));
    assertTrue(filtered.contains("PushedFilters: [IsNotNull(side), EqualTo(side,1)]"), filtered);
  }

  @Test
  void aRowIsScoredOnceWhateverIsMadeOfIt() {
    Dataset<Row> scored = model.transformText(files(), "text");
    assertEquals(1, scorings(scored));
    assertEquals(1, scorings(scored.withColumn("twice", expr("prediction + prediction"))));
    assertEquals(1, scorings(scored.groupBy("prediction").count()));
    assertEquals(1, scorings(scored.select("probability", "rawPrediction", "prediction")));
    assertEquals(1, scorings(scored.orderBy("prediction")));
    assertEquals(1, scorings(scored.where("prediction = 1").select("id")));
  }

  @Test
  void manyAtATimeAndOneAtATimeGiveTheSameBits() {
    List<Row> many = model.transformText(files(), "text").collectAsList();
    Dataset<Row> scored = model.transformText(files(), "text");
    ExperimentalMethods methods =
        ((org.apache.spark.sql.classic.SparkSession) spark).experimental();
    methods.extraOptimizations_$eq(
        CollectionConverters.asScala(List.<Rule<LogicalPlan>>of()).toSeq());
    methods.extraStrategies_$eq(CollectionConverters.asScala(List.<SparkStrategy>of()).toSeq());
    assertEquals(0, scorings(scored));
    assertEquals(many, scored.collectAsList());
  }
}
