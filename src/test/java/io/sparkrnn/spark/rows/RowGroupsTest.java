package io.sparkrnn.spark.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.spark.GroupFolds;
import io.sparkrnn.spark.TestSpark;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.shards.PackedShard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Rows of a group stand on one side of every split. */
class RowGroupsTest {
  private static final int GROUPS = 60;
  private static final int ROWS = 7;
  private static final StructType SCHEMA =
      new StructType()
          .add("text", DataTypes.StringType)
          .add("label", DataTypes.DoubleType)
          .add("film", DataTypes.StringType);

  /** Each text says of which group it is, and is unlike all others. */
  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < GROUPS * ROWS; i++) {
      String film = "film" + i % GROUPS;
      rows.add(RowFactory.create(film + " text" + i, (double) (i % 2), film));
    }
    return rows;
  }

  private static Dataset<Row> frame(List<Row> rows, int partitions) {
    return TestSpark.session().createDataFrame(rows, SCHEMA).repartition(partitions);
  }

  /** The films of each side. */
  private record Sides(Set<String> training, Set<String> validation, Set<String> test) {}

  private static Sides split(Dataset<Row> rows, long seed) {
    RowGroups groups = new RowGroups("film", 0.25, seed);
    RowColumns columns = new RowColumns("text", "label", "", "", groups);
    Padding padding = new Padding(2, Padding.Side.PRE, Padding.Side.PRE);
    try (TokenizedRows tokenized = TokenizedRows.of(rows, columns, TextCut.of(padding), 0.25)) {
      Vocabulary vocabulary = tokenized.vocabulary(1000, 1);
      InputSpec input = new InputSpec.Tokens(vocabulary.size(), 4, true);
      PackingPlan plan =
          new PackingPlan(columns, input, LabelRule.ofClasses(), 2, 0, seed, Ngrams.none(), false);
      try (ShardedRows sharded = ShardedRows.of(plan, tokenized, vocabulary)) {
        List<ShardData> shards = sharded.shards().collect();
        Set<String> all =
            rows.collectAsList().stream().map(r -> r.getString(2)).collect(Collectors.toSet());
        Set<String> training = new TreeSet<>();
        Set<String> validation = new TreeSet<>();
        shards.forEach(shard -> training.addAll(films(shard.training(), vocabulary)));
        shards.forEach(shard -> validation.addAll(films(shard.validation(), vocabulary)));
        Set<String> test = new TreeSet<>(all);
        test.removeAll(training);
        test.removeAll(validation);
        assertEquals((GROUPS - test.size()) * ROWS, tokenized.trainingRows());
        return new Sides(training, validation, test);
      }
    }
  }

  private static Set<String> films(PackedShard shard, Vocabulary vocabulary) {
    return Arrays.stream(shard.tokens())
        .mapToObj(vocabulary::token)
        .filter(word -> word.startsWith("film"))
        .collect(Collectors.toSet());
  }

  @Test
  void noGroupIsOnTwoSides() {
    Sides sides = split(frame(rows(), 3), 1);
    assertTrue(Collections.disjoint(sides.training, sides.validation), sides.toString());
    assertEquals(GROUPS, sides.training.size() + sides.validation.size() + sides.test.size());
    for (Set<String> held : List.of(sides.validation, sides.test)) {
      assertTrue(held.size() > GROUPS / 10 && held.size() < GROUPS / 2, sides.toString());
    }
  }

  @Test
  void sidesDependOnSeedAndGroupAlone() {
    List<Row> shuffled = rows();
    Collections.shuffle(shuffled, new Random(5));
    assertEquals(split(frame(rows(), 3), 1), split(frame(shuffled, 5), 1));
    assertTrue(!split(frame(rows(), 3), 1).equals(split(frame(rows(), 3), 2)));
  }

  @Test
  void rowsWithoutGroupStandForThemselves() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      rows.add(RowFactory.create("film" + i + " text", (double) (i % 2), null));
    }
    RowGroups groups = new RowGroups("film", 0.5, 1);
    long held = frame(rows, 2).where(groups.heldOut("text")).count();
    assertTrue(held > GROUPS / 5 && held < GROUPS, "" + held);
  }

  @Test
  void foldsKeepGroupsTogether() {
    Dataset<Row> folds = frame(rows(), 4).withColumn("fold", GroupFolds.of("film", 5, 1));
    Map<String, Set<Integer>> foldsOf = new HashMap<>();
    folds
        .collectAsList()
        .forEach(
            row ->
                foldsOf
                    .computeIfAbsent(row.getString(2), film -> new TreeSet<>())
                    .add(row.getInt(3)));
    foldsOf.forEach((film, of) -> assertEquals(1, of.size(), film));
    Set<Integer> used = foldsOf.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    assertEquals(Set.of(0, 1, 2, 3, 4), used);
  }
}
