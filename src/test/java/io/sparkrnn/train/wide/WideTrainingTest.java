package io.sparkrnn.train.wide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkrnn.text.Ngram;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.TextEncoder;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.config.ClassWeights;
import io.sparkrnn.train.config.Wide;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The wide branch against scikit-learn, see {@code reference_sklearn.py}. */
class WideTrainingTest {
  private static final double TOLERANCE = 2e-5;

  private static final ClassWeights ALL_THE_SAME = ClassWeights.none();

  private static JsonNode cases() throws IOException {
    try (InputStream in = WideTrainingTest.class.getResourceAsStream("/wide/expected.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static Wide options(JsonNode expected) {
    return new Wide(true, 3, 1 << 20, 2, expected.get("regularization").asDouble());
  }

  private static TextEncoder encoder(JsonNode expected) {
    Padding padding = new Padding(4, Padding.Side.PRE, Padding.Side.PRE);
    return new TextEncoder(
        Vocabulary.ofWords(List.of()), padding, true, options(expected).ngrams());
  }

  /** Returns all rows in so many shards, the first of them without any. */
  private static List<PackedShard> shards(JsonNode expected, int count) {
    List<PackedShardBuilder> builders =
        IntStream.range(0, count).mapToObj(i -> new PackedShardBuilder()).toList();
    for (int i = 0; i < expected.get("texts").size(); i++) {
      var read = encoder(expected).read(expected.get("texts").get(i).asText());
      int shard = count == 1 ? 0 : 1 + i % (count - 1);
      float label = (float) expected.get("labels").get(i).asDouble();
      float weight = (float) expected.get("weights").get(i).asDouble();
      builders.get(shard).add(read.ids(), label, weight).addNgrams(read.ngrams());
    }
    return builders.stream().map(PackedShardBuilder::build).toList();
  }

  private static WideModel train(JsonNode expected, int shardCount) {
    int outputs = expected.get("bias").size();
    WideTraining training = new WideTraining(options(expected), Math.max(2, outputs), outputs);
    List<PackedShard> shards = shards(expected, shardCount);
    byte[] counts = new byte[options(expected).ngrams().buckets()];
    shards.forEach(shard -> RowCounts.add(counts, RowCounts.of(shard, counts.length)));
    KeptNgrams kept = training.kept(counts);
    List<WideShard> wide =
        shards.stream().map(shard -> WideShard.of(shard, kept, ALL_THE_SAME)).toList();
    return training.train(kept, pass -> sum(wide, pass));
  }

  private static double[] sum(List<WideShard> shards, ShardPass pass) {
    double[] sum = new double[pass.size()];
    for (WideShard shard : shards) {
      double[] part = pass.over(shard);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
    return sum;
  }

  @TestFactory
  List<DynamicTest> weightsAreThoseOfScikitLearn() throws IOException {
    return StreamSupport.stream(cases().spliterator(), false)
        .map(
            expected ->
                DynamicTest.dynamicTest(
                    expected.get("name").asText(), () -> check(expected, train(expected, 3))))
        .toList();
  }

  private static void check(JsonNode expected, WideModel model) {
    assertEquals(expected.get("ngrams").size(), model.kept().size());
    Map<String, Integer> buckets = buckets(expected);
    int outputs = model.outputs();
    for (int k = 0; k < outputs; k++) {
      assertEquals(expected.get("bias").get(k).asDouble(), model.bias()[k], TOLERANCE);
      for (int j = 0; j < expected.get("ngrams").size(); j++) {
        String ngram = expected.get("ngrams").get(j).asText();
        double weight = expected.get("kernel").get(j).get(k).asDouble();
        assertEquals(weight, model.weight(buckets.get(ngram), k), TOLERANCE, ngram);
      }
    }
    float[] logits = model.logits(shards(expected, 1).get(0));
    for (int i = 0; i < logits.length; i++) {
      double logit = expected.get("logits").get(i / outputs).get(i % outputs).asDouble();
      assertEquals(logit, logits[i], 5 * TOLERANCE);
    }
  }

  private static Map<String, Integer> buckets(JsonNode expected) {
    List<Ngram> all = new ArrayList<>();
    expected.get("texts").forEach(text -> all.addAll(encoder(expected).ngrams(text.asText())));
    return all.stream().collect(Collectors.toMap(Ngram::words, Ngram::bucket, (a, b) -> a));
  }

  @Test
  void theSameShardsGiveTheSameBits() throws IOException {
    JsonNode expected = cases().get(2);
    assertArrayEquals(train(expected, 4).kernel(), train(expected, 4).kernel());
  }

  @Test
  void classWeightsMultiplyThoseOfRowsAndRowsOfWeightZeroDoNotExist() {
    PackedShard rows =
        new PackedShardBuilder()
            .add(new int[] {1}, 0, 2)
            .addNgrams(new int[] {1, 3})
            .add(new int[] {1}, 1, 0)
            .addNgrams(new int[] {3})
            .add(new int[] {1}, 1, 3)
            .addNgrams(new int[] {3, 4})
            .build();
    assertArrayEquals(new byte[] {0, 1, 0, 2, 1}, RowCounts.of(rows, 5));
    KeptNgrams kept = new KeptNgrams(new int[] {1, 3}, 5);
    WideShard wide = WideShard.of(rows, kept, new ClassWeights(List.of(0.5, 2.0)));
    assertArrayEquals(new double[] {1, 0, 1, 6, 1, 6}, new ClassCounts(kept.size(), 2).over(wide));
  }

  @Test
  void whatTakesTooMuchMemoryIsRefused() {
    Wide options = new Wide(true, 3, 1 << 20, 2, 1);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> options.check(1000));
    assertEquals("wideFeatures must be <= 67107 for 1000 classes, got 1048576", e.getMessage());
  }
}
