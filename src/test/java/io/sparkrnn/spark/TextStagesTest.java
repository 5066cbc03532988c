package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class TextStagesTest {
  private static final SparkSession SPARK = TestSpark.session();

  @TempDir Path directory;

  private static Dataset<Row> texts(String... texts) {
    return SPARK.createDataset(Arrays.asList(texts), Encoders.STRING()).toDF("text");
  }

  private static Dataset<Row> tokens(String column, List<Row> rows) {
    return SPARK.createDataFrame(
        rows, new StructType().add(column, DataTypes.createArrayType(DataTypes.StringType)));
  }

  private static List<Object> column(Dataset<Row> rows, String name) {
    return rows.select(name).collectAsList().stream()
        .map(row -> row.isNullAt(0) ? null : (Object) row.getList(0))
        .toList();
  }

  private static Pipeline pipeline() {
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new ReviewTokenizer(),
              new VocabularyIndexer().setVocabularySize(4),
              new SequencePadder().setMaxLength(3)
            });
  }

  /** "a" and "film" both occur twice; "a" comes first and gets the last id. */
  @Test
  void aTextBecomesPaddedIds() {
    Dataset<Row> data = texts("Good, good film!", "A film &amp; a good cast", "");
    Dataset<Row> features = pipeline().fit(data).transform(data);
    assertEquals(
        List.of(List.of(2, 2, 1), List.of(3, 2, 1), List.of(0, 0, 0)),
        column(features, "features"));
  }

  @Test
  void nullTextsStayAsRowsOfNulls() {
    Dataset<Row> data = texts("good film", null);
    Dataset<Row> features = pipeline().fit(data).transform(data);
    assertEquals(Arrays.asList(List.of(0, 3, 2), null), column(features, "features"));
    assertEquals(Arrays.asList(List.of("good", "film"), null), column(features, "tokens"));
  }

  @Test
  void tiesAreBrokenByCodePoint() {
    Dataset<Row> data =
        tokens(
            "words",
            List.of(
                RowFactory.create(
                    (Object)
                        new String[] {
                          "\uff5e", "\ud83d\ude00", "b", "a", "a", null, "", "x\ny", "[PAD]"
                        }),
                RowFactory.create((Object) null)));
    VocabularyIndexerModel model =
        new VocabularyIndexer().setInputCol("words").setOutputCol("w").fit(data);
    assertEquals(
        List.of("[PAD]", "[UNK]", "a", "b", "\uff5e", "\ud83d\ude00"), model.vocabulary().tokens());
    assertEquals(
        Arrays.asList(List.of(4, 5, 3, 2, 2, 1, 1, 1, 1), null),
        column(model.transform(data), "w"));
  }

  @Test
  void sizeAndCountLimitTheVocabulary() {
    Dataset<Row> data =
        tokens("tokens", List.of(RowFactory.create((Object) "c c c b b a".split(" "))));
    VocabularyIndexer indexer = new VocabularyIndexer();
    assertEquals(List.of("c"), words(indexer.setVocabularySize(3).fit(data)));
    assertEquals(List.of("c", "b"), words(indexer.setVocabularySize(9).setMinCount(2).fit(data)));
    assertEquals(List.of(), words(indexer.setMinCount(4).fit(data)));
  }

  private static List<String> words(VocabularyIndexerModel model) {
    return model.vocabulary().tokens().subList(2, model.vocabulary().size());
  }

  @Test
  void pipelinesSurviveSaving() throws Exception {
    Dataset<Row> data = texts("good film", null, "a bad film");
    Pipeline pipeline = pipeline();
    pipeline.write().overwrite().save(directory + "/pipeline");
    PipelineModel model = Pipeline.load(directory + "/pipeline").fit(data);
    model.write().overwrite().save(directory + "/model");
    PipelineModel loaded = PipelineModel.load(directory + "/model");
    assertEquals(
        column(model.transform(data), "features"), column(loaded.transform(data), "features"));
    assertEquals(3, ((SequencePadder) loaded.stages()[2]).getMaxLength());
    assertEquals(4, ((VocabularyIndexerModel) loaded.stages()[1]).getVocabularySize());
    try (var files = Files.walk(directory.resolve("model"))) {
      assertEquals(1, files.filter(file -> file.endsWith("vocabulary.txt")).count());
    }
  }

  @Test
  void aTruncatedVocabularyIsRefused() throws Exception {
    VocabularyIndexerModel model =
        new VocabularyIndexer()
            .fit(tokens("tokens", List.of(RowFactory.create((Object) new String[] {"a"}))));
    model.write().save(directory + "/indexer");
    Path file = directory.resolve("indexer/vocabulary.txt");
    Files.writeString(file, "[PAD]\n[UNK]\n");
    Files.delete(directory.resolve("indexer/.vocabulary.txt.crc"));
    assertEquals(2, VocabularyIndexerModel.load(directory + "/indexer").vocabulary().size());
    Files.writeString(file, "[PAD]\n[UN");
    String message =
        assertThrows(
                RuntimeException.class, () -> VocabularyIndexerModel.load(directory + "/indexer"))
            .getMessage();
    assertTrue(message.contains("truncated"), message);
  }

  @Test
  void copiesKeepTheirParameters() {
    VocabularyIndexer indexer = new VocabularyIndexer().setMinCount(7).setOutputCol("z");
    VocabularyIndexer copy = indexer.copy(new ParamMap());
    assertEquals(7, copy.getMinCount());
    assertEquals("z", copy.getOutputCol());
    assertEquals(indexer.uid(), copy.uid());
    assertTrue(indexer.explainParams().contains("minCount"));
  }

  @Test
  void wrongColumnsAreNamed() {
    Dataset<Row> data = texts("x").withColumn("n", functions.lit(1));
    assertMessage(
        "there is no column 'txt'; the columns are 'text', 'n'",
        () -> new ReviewTokenizer().setInputCol("txt").transform(data));
    assertMessage(
        "column 'n' must be string, got int",
        () -> new ReviewTokenizer().setInputCol("n").transform(data));
    assertMessage(
        "output column 'n' exists already; drop it, or name another output column",
        () -> new ReviewTokenizer().setOutputCol("n").transform(data));
    assertMessage(
        "column 'text' must be array<string>, got string",
        () -> new VocabularyIndexer().setInputCol("text").fit(data));
    assertMessage(
        "column 'text' must be array<int>, got string",
        () -> new SequencePadder().setInputCol("text").transform(data));
  }

  @Test
  void wrongParametersAreRefused() {
    assertThrows(RuntimeException.class, () -> new SequencePadder().setMaxLength(0));
    assertThrows(RuntimeException.class, () -> new SequencePadder().setPadding("left"));
    assertThrows(RuntimeException.class, () -> new VocabularyIndexer().setVocabularySize(2));
    assertThrows(RuntimeException.class, () -> new VocabularyIndexer().setMinCount(0));
  }

  private static void assertMessage(String expected, Executable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
