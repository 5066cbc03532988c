package io.sparkrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.Network;
import io.sparkrnn.spark.rows.ShardData;
import io.sparkrnn.spark.rows.ShardSummary;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.ShardEvaluator;
import io.sparkrnn.train.ShardTrainer;
import io.sparkrnn.train.config.ClassWeights;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.config.Wide;
import io.sparkrnn.train.course.ShardTimes;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.RefusalCounts;
import io.sparkrnn.train.shards.StableKey;
import io.sparkrnn.train.wide.Combination;
import io.sparkrnn.train.wide.KeptNgrams;
import io.sparkrnn.train.wide.StackedRows;
import io.sparkrnn.train.wide.WideBranch;
import io.sparkrnn.train.wide.WideModel;
import io.sparkrnn.train.wide.WideShard;
import io.sparkrnn.train.wide.WideTraining;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Clusters often set Kryo as Spark's serializer. */
class KryoTest {
  private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

  @Test
  void kryoCarriesWhatDriverAndTasksExchange() {
    TestSpark.session();
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    TrainingConfig config = TinyRows.classifier().trainingConfig(2);
    float[] parameters = new Network(config.network()).initialParameters(1);
    RoundState state = RoundState.initial(config.optimization(), parameters);
    PackedShard rows = new PackedShardBuilder().add(new int[] {1, 2}, 1, 1).build();
    RefusalCounts refused = new RefusalCounts();
    refused.add("text is null");
    ShardData data = new ShardData(rows, rows, refused);
    Object[] exchanged = {
      state,
      data,
      new PackedShardBuilder().addSteps(new int[] {1, 2}, new float[] {0, 1}, 1).build(),
      new PackedShardBuilder().addPair(new int[] {1, 2}, new int[] {3}, 1).build(),
      ShardSummary.of(data),
      ShardTrainer.train(config, state, rows, 0).withTimes(ShardTimes.of("1", 5, 9)),
      ShardEvaluator.evaluate(config, parameters, rows)
    };
    for (Object sent : exchanged) {
      Object received = kryo.deserialize(kryo.serialize(sent, ANY), ANY);
      assertInstanceOf(sent.getClass(), received);
      if (sent instanceof PackedShard shard) {
        assertEquals(StableKey.of(shard, 0), StableKey.of((PackedShard) received, 0));
      }
    }
  }

  @Test
  void kryoCarriesWhatTheWideBranchExchanges() {
    TestSpark.session();
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    PackedShard rows =
        new PackedShardBuilder()
            .add(new int[] {1}, 0, 1)
            .addNgrams(new int[] {1, 3})
            .add(new int[] {1}, 1, 1)
            .addNgrams(new int[] {2, 3})
            .build();
    KeptNgrams kept = sent(kryo, new KeptNgrams(new int[] {1, 2, 3}, 4));
    WideShard shard = sent(kryo, WideShard.of(sent(kryo, rows), kept, ClassWeights.none()));
    WideTraining training = new WideTraining(new Wide(true, 1, 3, 1, 1), 2, 1);
    WideModel model = training.train(kept, pass -> sent(kryo, pass).over(shard));
    float[] logits = sent(kryo, model).logits(rows);
    assertTrue(logits[0] < 0 && logits[1] > 0);
    WideBranch branch = sent(kryo, new WideBranch(model, Combination.mean(1)));
    branch.combine(new float[2], rows);
    assertEquals(2, sent(kryo, new StackedRows(logits, logits, logits, logits)).rows());
  }

  private static <T> T sent(SerializerInstance kryo, T value) {
    ClassTag<T> tag = ClassTag$.MODULE$.apply(value.getClass());
    return kryo.deserialize(kryo.serialize(value, tag), tag);
  }
}
