package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.io.TextSettings;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.rows.BroadcastVocabulary;
import io.sparkrnn.spark.rows.RowColumns;
import io.sparkrnn.spark.rows.TextCut;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.spark.scoring.BroadcastParameters;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.TrainingException;
import io.sparkrnn.train.wide.KeptNgrams;
import io.sparkrnn.train.wide.ShardPass;
import io.sparkrnn.train.wide.WideModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/** What training and evaluating cache or broadcast is freed when they end, however they end. */
class ReleaseTest {
  private static final int POLLS = 1200;
  private static final int POLL_MILLIS = 50;

  private final RnnClassifier classifier = TinyRows.classifier();
  private final Set<Integer> cachedBefore = new HashSet<>();
  private final Set<String> broadcastBefore = new HashSet<>();

  /** Scoring, as other tests do it, leaves its broadcasts to the garbage collector. */
  @BeforeEach
  void remember() {
    cachedBefore.addAll(cached());
    broadcastBefore.addAll(broadcasts());
  }

  private static Set<Integer> cached() {
    return JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext())
        .getPersistentRDDs()
        .keySet();
  }

  /** The blocks of what this project broadcasts; Spark has broadcasts of its own. */
  private static Set<String> broadcasts() {
    BlockManager blocks = SparkEnv.get().blockManager();
    Set<String> ours = new HashSet<>();
    for (BlockId id :
        CollectionConverters.asJava(
            blocks.getMatchingBlockIds(block -> block.name().matches("broadcast_\\d+")))) {
      Option<BlockResult> result = blocks.getLocalValues(id);
      if (result.isDefined() && isOurs(result.get())) {
        ours.add(id.name());
      }
    }
    return ours;
  }

  /** Reads to the end, which unlocks the block. */
  private static boolean isOurs(BlockResult block) {
    boolean ours = false;
    Iterator<Object> values = block.data();
    while (values.hasNext()) {
      Object value = values.next();
      ours |=
          value instanceof RoundState
              || value instanceof BroadcastParameters
              || value instanceof BroadcastVocabulary
              || value instanceof KeptNgrams
              || value instanceof WideModel
              || value instanceof ShardPass;
    }
    return ours;
  }

  /** Spark removes a broadcast's blocks some time after it was told to. */
  private void assertNothingIsLeft() throws InterruptedException {
    assertEquals(cachedBefore, cached());
    for (int poll = 0; poll < POLLS && !broadcastBefore.containsAll(broadcasts()); poll++) {
      Thread.sleep(POLL_MILLIS);
    }
    Set<String> left = broadcasts();
    left.removeAll(broadcastBefore);
    assertEquals(Set.of(), left);
  }

  @Test
  void broadcastsAreSeen() {
    Broadcast<BroadcastParameters> sent =
        JavaSparkContext.fromSparkContext(TestSpark.session().sparkContext())
            .broadcast(new BroadcastParameters(new float[3]));
    assertTrue(broadcasts().contains("broadcast_" + sent.id()));
    sent.destroy();
  }

  @Test
  void aTrainingLeavesNothing() throws InterruptedException {
    List<Row> rows = TinyRows.rows(60, 3);
    classifier.fit(TinyRows.data(rows));
    assertNothingIsLeft();
    rows.add(RowFactory.create(100, new Integer[] {1}, 7.0));
    classifier.fit(TinyRows.data(rows));
    assertNothingIsLeft();
  }

  @Test
  void aTrainingWithAWideBranchLeavesNothing() throws InterruptedException {
    Dataset<Row> texts =
        TestSpark.session()
            .createDataset(
                List.of("good film", "bad film", "bad, so bad", "so good"), Encoders.STRING())
            .selectExpr("value as text", "double(value like '%good%') as label");
    RowColumns columns = new RowColumns("text", "label");
    Padding padding = new Padding(6, Padding.Side.PRE, Padding.Side.PRE);
    try (TokenizedRows rows = TokenizedRows.of(texts, columns, TextCut.of(padding).all(), 0)) {
      classifier.setVocabulary(rows.vocabulary(9, 1)).setWide(true).fit(rows);
    }
    assertNothingIsLeft();
  }

  @Test
  void aTrainingThatFailsLeavesNothing() throws InterruptedException {
    List<Row> rows = TinyRows.rows(60, 3);
    rows.add(RowFactory.create(100, new Integer[] {1}, 7.0));
    Dataset<Row> data = TinyRows.data(rows);
    assertThrows(InputException.class, () -> classifier.setMaxRefusedFraction(0).fit(data));
    assertNothingIsLeft();
    classifier.setMaxRefusedFraction(0.1).setOptimizer("sgd").setStepSize(1e38);
    assertThrows(TrainingException.class, () -> classifier.fit(data));
    assertNothingIsLeft();
  }

  @Test
  void evaluatingLeavesNothing() throws InterruptedException {
    RnnClassificationModel model =
        classifier
            .setVocabularySize(4)
            .fit(TinyRows.data(List.of(row(2, 0), row(3, 1), row(2, 0), row(3, 1))))
            .withText(
                TextSettings.of(new Padding(6, Padding.Side.PRE, Padding.Side.PRE)),
                Vocabulary.of(List.of("[PAD]", "[UNK]", "good", "bad")));
    model.evaluate(TinyRows.data(List.of(row(2, 0), row(3, 1))));
    assertNothingIsLeft();
    Dataset<Row> texts =
        TestSpark.session()
            .createDataset(List.of("good", "bad"), Encoders.STRING())
            .selectExpr("value as text", "1.0 as label");
    model.evaluateText(texts, "text");
    assertNothingIsLeft();
    Dataset<Row> unusable = texts.selectExpr("text", "array(label) as label");
    assertThrows(InputException.class, () -> model.evaluateText(unusable, "text"));
    assertNothingIsLeft();
  }

  private static Row row(int id, double label) {
    return RowFactory.create(id, new Integer[] {id}, label);
  }
}
