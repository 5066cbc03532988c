package io.sparkrnn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.nn.ValueHead;
import io.sparkrnn.train.LocalTrainer;
import io.sparkrnn.train.ShardEvaluator;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.TrainingProgress;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Evaluation;
import io.sparkrnn.train.series.SeriesLayout;
import io.sparkrnn.train.series.SeriesScale;
import io.sparkrnn.train.series.TimeForm;
import io.sparkrnn.train.series.TimeSeriesBuilder;
import io.sparkrnn.train.series.WindowPacker;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.RefusalCounts;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every head goes the whole way: train, evaluate, record, save, load. */
class EveryHeadTest {
  private static Stream<HeadSpec> heads() {
    return Stream.concat(
        Arrays.stream(Pooling.values())
            .flatMap(
                p -> Arrays.stream(Loss.values()).limit(3).map(loss -> HeadSpec.of(p, loss, 3))),
        Stream.of(
            new TokenHead(9, false, 0),
            new TokenHead(9, true, 0),
            new TokenHead(9, true, 3),
            translation(TranslationHead.Score.GENERAL, false),
            translation(TranslationHead.Score.ADDITIVE, true),
            new TagHead(List.of("a", "b", "c"), false),
            new TagHead(List.of("a", "b", "c"), true),
            new ValueHead(Pooling.LAST, Loss.MEAN_SQUARED_ERROR, 1, 0.4, 0.3),
            new ValueHead(Pooling.MEAN, Loss.MEAN_ABSOLUTE_ERROR, 1, 0.4, 0.3),
            new ValueHead(Pooling.ATTENTION, Loss.HUBER, 0.7, 0.4, 0.3),
            new CtcHead(3),
            new ForecastHead(Pooling.LAST, 2, 1, 3, List.of(), Loss.MEAN_ABSOLUTE_ERROR),
            new ForecastHead(Pooling.MEAN, 2, 1, 3, List.of(0.2, 0.5), Loss.QUANTILE)));
  }

  private static HeadSpec translation(TranslationHead.Score score, boolean tied) {
    List<LayerSpec.Recurrent> layers = List.of(LayerSpec.Recurrent.of(CellType.LSTM, 5));
    return new TranslationHead(9, 4, layers, score, tied);
  }

  @Test
  void noHeadIsForgotten() {
    assertEquals(
        Set.of(HeadSpec.class.getPermittedSubclasses()),
        heads().map(Object::getClass).collect(Collectors.toSet()));
  }

  /** The label, or the tag of each step, is whether an even id came last. */
  private static PackedShard rows(HeadSpec head) {
    if (head instanceof ForecastHead) {
      return windows();
    }
    SplittableRandom random = new SplittableRandom(4);
    PackedShardBuilder rows = new PackedShardBuilder();
    for (int row = 0; row < 60; row++) {
      int[] ids = random.ints(1 + row % 5, 1, 9).toArray();
      float[] even = new float[ids.length];
      for (int step = 0; step < ids.length; step++) {
        even[step] = (ids[step] + 1) % 2;
      }
      switch (head.targets()) {
        case SEQUENCE -> rows.add(ids, even[ids.length - 1], 1);
        case STEP -> rows.addSteps(ids, even, 1);
        case IDS -> {
          if (head instanceof CtcHead) {
            rows.addPair(ids, new int[] {1 + ids[ids.length / 2] % 2}, 1);
          } else {
            rows.addPart(counting(ids), 0, ids.length, 1);
          }
        }
        case WINDOW -> throw new IllegalStateException("windows are packed by themselves");
      }
    }
    return rows.build();
  }

  /** Windows of one series that comes again every three steps. */
  private static PackedShard windows() {
    SeriesLayout layout =
        new SeriesLayout("", "t", List.of("y"), List.of(), 4, 2, 3, false, List.of());
    TimeSeriesBuilder series = new TimeSeriesBuilder("", TimeForm.NUMBER, layout);
    for (int t = 0; t < 60; t++) {
      series.add(t, new double[] {t % 3 - 1});
    }
    WindowPacker packer = new WindowPacker(layout);
    SeriesScale scale = new SeriesScale(new double[1], new double[] {1}, new double[] {1});
    packer.add(series.build(new RefusalCounts()), scale, 0, 60, 60, 3);
    return packer.build();
  }

  /** As many ids and one more, each the one after the id before it. */
  private static int[] counting(int[] ids) {
    int[] counting = new int[ids.length + 1];
    counting[0] = ids[0];
    for (int i = 1; i < counting.length; i++) {
      counting[i] = 1 + counting[i - 1] % 8;
    }
    return counting;
  }

  @ParameterizedTest
  @MethodSource("heads")
  void everyHeadGoesTheWholeWay(HeadSpec head) throws Exception {
    NetworkSpec network =
        new NetworkSpec(
            head instanceof ForecastHead
                ? new InputSpec.Vectors(1)
                : new InputSpec.Tokens(9, 4, true),
            List.of(LayerSpec.Recurrent.of(CellType.GRU, 6)),
            head);
    TrainingConfig config = TrainingConfig.of(network, head.loss()).withBatches(8, 8).withSeed(2);
    PackedShard rows = rows(head);
    TrainingProgress trained =
        LocalTrainer.parallel(config, TrainingListener.silent(), () -> 0)
            .train(List.of(rows), List.of(rows));
    float[] start = new Network(network).initialParameters(2);
    double before = loss(ShardEvaluator.evaluate(config, start, rows).build());
    Evaluation after = ShardEvaluator.evaluate(config, trained.parameters(), rows).build();
    assertTrue(loss(after) < before, loss(after) + " against " + before);
    assertEquals(trained.history().best().validation(), after);

    MemoryStorage storage = new MemoryStorage();
    ModelDirectory.write(
        storage,
        new SavedModel(
            network, trained.parameters(), null, null, head.labels(), trained.history()));
    SavedModel read = ModelDirectory.read(storage);
    assertEquals(network, read.network());
    assertArrayEquals(trained.parameters(), read.parameters());
    assertEquals(trained.history(), read.history());
    assertEquals(
        settings(head),
        Fingerprint.of(config).keySet().stream()
            .filter(name -> name.startsWith("network.head"))
            .map(name -> name.replaceFirst("\\[.*", ""))
            .collect(Collectors.toSet()));
  }

  private static Set<String> settings(HeadSpec head) {
    return Arrays.stream(head.getClass().getRecordComponents())
        .map(component -> "network.head." + component.getName())
        .filter(name -> !name.endsWith("quantiles") || head.loss() == Loss.QUANTILE)
        .collect(Collectors.toSet());
  }

  private static double loss(Evaluation evaluation) {
    return evaluation.value(evaluation.watched());
  }
}
