package io.sparkrnn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.Tape;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.train.batches.TokenStream;
import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.Rounds;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.metrics.Metric;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanguageModelTrainingTest {
  private static final int TOKENS = 40;

  /** Texts in which every token but the first follows from the one before, one in ten aside. */
  private static PackedShard texts(long seed, int rows) {
    SplittableRandom random = new SplittableRandom(seed);
    PackedShardBuilder builder = new PackedShardBuilder();
    for (int row = 0; row < rows; row++) {
      int[] ids = new int[random.nextInt(1, 60)];
      int id = random.nextInt(1, TOKENS);
      for (int i = 0; i < ids.length; i++) {
        ids[i] = id;
        id = random.nextInt(10) == 0 ? random.nextInt(1, TOKENS) : 1 + id * 7 % (TOKENS - 1);
      }
      builder.add(ids, 5 * ids.length, 1);
    }
    return builder.build();
  }

  private static TrainingConfig config(int samples) {
    NetworkSpec network =
        new NetworkSpec(
            new InputSpec.Tokens(TOKENS, 12, true),
            List.of(LayerSpec.Recurrent.of(CellType.LSTM, 16)),
            new TokenHead(TOKENS, true, samples));
    TrainingConfig config =
        TrainingConfig.of(network, Loss.CATEGORICAL_CROSSENTROPY)
            .with(OptimizerSpec.Adam.defaults(), 0.01)
            .withBatches(20, 3);
    return config.with(config.batching().withSegmentLength(16));
  }

  private static TrainingProgress train(TrainingConfig config, List<PackedShard> texts) {
    List<PackedShard> shards = new ArrayList<>();
    for (int shard = 0; shard < texts.size(); shard++) {
      shards.add(TokenStream.segments(config, texts.get(shard), shard));
    }
    return LocalTrainer.sequential(config, TrainingListener.silent(), System::nanoTime)
        .train(shards, List.of(texts(99, 40)));
  }

  @Test
  void everyTokenIsPredictedOnceFromTheOneBeforeIt() {
    TrainingConfig config = config(0);
    PackedShard texts = texts(1, 30);
    PackedShard segments = TokenStream.segments(config, texts, 0);
    assertEquals(texts.steps() + texts.rows(), segments.steps());
    assertEquals(0, segments.rows() % 20);
    List<Integer> stream = new ArrayList<>();
    for (int b = 0; b < 20; b++) {
      for (int row = b; row < segments.rows(); row += 20) {
        assertTrue(segments.length(row) <= 16);
        for (int i = segments.offsets()[row]; i < segments.offsets()[row + 1]; i++) {
          if (!stream.isEmpty()) {
            assertEquals(stream.get(stream.size() - 1), segments.tokens()[i]);
          } else {
            stream.add(segments.tokens()[i]);
          }
          stream.add(segments.targets().ids()[i]);
        }
      }
    }
    assertEquals(TokenHead.BOUNDARY, stream.get(0));
    assertEquals(31, stream.stream().filter(id -> id == TokenHead.BOUNDARY).count());
    List<String> expected = new ArrayList<>();
    for (int row = 0; row < texts.rows(); row++) {
      expected.add(
          Arrays.toString(
              Arrays.copyOfRange(texts.tokens(), texts.offsets()[row], texts.offsets()[row + 1])));
    }
    List<String> found = new ArrayList<>();
    List<Integer> text = new ArrayList<>();
    for (int id : stream.subList(1, stream.size())) {
      if (id == TokenHead.BOUNDARY) {
        found.add(text.toString());
        text.clear();
      } else {
        text.add(id);
      }
    }
    assertFalse(expected.equals(found));
    assertEquals(expected.stream().sorted().toList(), found.stream().sorted().toList());
  }

  @Test
  void itLearnsWhatFollowsWhat() {
    for (int samples : new int[] {0, 15}) {
      TrainingConfig config = config(samples).withBatches(20, 6);
      TrainingProgress trained = train(config, List.of(texts(1, 900)));
      Evaluation last = trained.history().epochs().get(5).validation();
      assertEquals(40, last.rows());
      assertTrue(last.value(Metric.PERPLEXITY) < 4, last.toString());
    }
  }

  @Test
  void perplexityAndBitsAreThoseOfTheTexts() {
    TrainingConfig config = config(0);
    float[] parameters = new Network(config.network()).initialParameters(1);
    PackedShard texts = texts(3, 50);
    double[] sums =
        new TokenScorer(new FrozenNetwork(new Network(config.network()), parameters))
            .logProbabilities(texts);
    Evaluation evaluation = ShardEvaluator.evaluate(config, parameters, texts).build();
    double nats = -Arrays.stream(sums).sum();
    assertEquals(Math.exp(nats / (texts.steps() + 50)), evaluation.value(Metric.PERPLEXITY), 1e-6);
    assertEquals(
        nats / Math.log(2) / (5 * texts.steps()),
        evaluation.value(Metric.BITS_PER_CHARACTER),
        1e-9);
    assertEquals(TOKENS, evaluation.value(Metric.PERPLEXITY), 1);
  }

  @Test
  void aTextThatIsReadInWindowsIsAsProbableAsOneReadAtOnce() {
    TrainingConfig config = config(0);
    Network network = new Network(config.network());
    float[] parameters = network.initialParameters(1);
    int[] ids = new SplittableRandom(5).ints(701, 1, TOKENS).toArray();
    ids[0] = TokenHead.BOUNDARY;
    ids[700] = TokenHead.BOUNDARY;
    PackedShard whole = new PackedShardBuilder().addPart(ids, 0, 700, 1).build();
    PackedBatch batch = new PackedBatch();
    whole.assemble(batch, true, new int[] {0}, 0, 1);
    FrozenNetwork frozen = new FrozenNetwork(network, parameters);
    Tape tape = frozen.newTape();
    frozen.forward(batch, tape);
    double sum = IntStream.range(0, 700).mapToDouble(n -> tape.predictions()[n]).sum();
    PackedShard texts =
        new PackedShardBuilder().add(ids, 1, 700, 0, 1).add(new int[] {3, 4}, 0, 1).build();
    assertEquals(sum, new TokenScorer(frozen).logProbabilities(texts)[0], 1e-9);
  }

  @Test
  void threadsDoNotShowInTheResult() {
    TrainingConfig config = config(15);
    TrainingConfig threads = config.with(config.execution().withThreads(2, 20));
    assertArrayEquals(
        train(config, List.of(texts(1, 60))).parameters(),
        train(threads, List.of(texts(1, 60))).parameters());
  }

  @Test
  void aRoundThatIsRepeatedGivesTheSameBits() {
    TrainingConfig config =
        config(15).with(new Rounds(2, 3, new OuterUpdate.Mean())).withBatches(20, 1);
    List<PackedShard> texts = List.of(texts(1, 80), texts(2, 60));
    float[] initial = new Network(config.network()).initialParameters(1);
    PackedShard shard = TokenStream.segments(config, texts.get(0), 0);
    RoundState second =
        RoundState.initial(config.optimization(), initial)
            .nextRound(
                initial,
                RoundState.initial(config.optimization(), initial).optimizer(),
                new float[0]);
    ShardResult first = ShardTrainer.train(config, second, shard, 0);
    train(config, texts);
    assertArrayEquals(
        first.parameters(), ShardTrainer.train(config, second, shard, 0).parameters());
    assertEquals(60, first.examples());
  }

  /** The first batch of a later round goes on from the states that the segment before it leaves. */
  @Test
  void aRoundGoesOnFromTheSegmentBeforeIt() {
    TrainingConfig whole = config(0).withBatches(20, 1);
    TrainingConfig rounds = whole.with(new Rounds(1, 1, new OuterUpdate.Mean()));
    PackedShard texts = texts(1, 30);
    PackedShard shard = TokenStream.segments(whole, texts, 0);
    // with a rate of almost nothing the parameters stay, and so the states that are computed anew
    TrainingConfig still = whole.with(OptimizerSpec.Sgd.defaults(), 1e-12);
    TrainingConfig stillRounds = rounds.with(OptimizerSpec.Sgd.defaults(), 1e-12);
    double carried = loss(still, shard);
    double again = loss(stillRounds, shard);
    assertEquals(carried, again, 1e-4);
    assertTrue(still.roundCount(shard.rows()) == 1 && rounds.roundCount(shard.rows()) >= 2);
  }

  private static double loss(TrainingConfig config, PackedShard shard) {
    return LocalTrainer.sequential(config, TrainingListener.silent(), System::nanoTime)
        .train(List.of(shard), List.of())
        .history()
        .epochs()
        .get(0)
        .trainLoss();
  }
}
