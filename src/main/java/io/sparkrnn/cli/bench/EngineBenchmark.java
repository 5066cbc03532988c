package io.sparkrnn.cli.bench;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.train.RoundState;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.ShardTrainer;
import io.sparkrnn.train.config.Execution;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Times whole networks without Spark: a dozen batches of 128 reviews, each of similar lengths and
 * together spread over all lengths, trained and scored as a task of the distributed trainer does
 * it. With several threads each trains a network of its own, as the shards of a cluster do.
 */
public final class EngineBenchmark {
  private static final int BATCH = 128;
  private static final int BATCHES = 12;

  /**
   * One network to measure.
   *
   * @param model name in the metrics
   * @param dropout rate of both dropouts
   */
  public record Model(String model, CellType cell, int units, int embedding, double dropout) {
    /** Returns the name with the units, which tells one model from all others. */
    public String name() {
      return model + ":" + units;
    }

    TrainingConfig config(int vocabularySize) {
      NetworkSpec network =
          new NetworkSpec(
              new InputSpec.Tokens(vocabularySize, embedding, true),
              List.of(new LayerSpec.Recurrent(cell, units, dropout, dropout, true, false)),
              HeadSpec.binary());
      return TrainingConfig.of(network, Loss.BINARY_CROSSENTROPY)
          .withBatches(BATCH, 1)
          .with(Execution.defaults().withChunkRows(BATCH));
    }
  }

  /** Reviews per second. */
  public record Rates(double train, double score) {}

  private final PackedShard reviews;
  private final int vocabularySize;
  private final double seconds;

  /**
   * Prepares batches.
   *
   * @param reviews at least {@code 128} reviews
   * @param seconds how long a measurement lasts at least
   */
  public EngineBenchmark(PackedShard reviews, int vocabularySize, double seconds) {
    this.reviews = spread(reviews);
    this.vocabularySize = vocabularySize;
    this.seconds = seconds;
  }

  private static PackedShard spread(PackedShard all) {
    int[] sorted =
        IntStream.range(0, all.rows())
            .boxed()
            .sorted(Comparator.comparingInt(all::length))
            .mapToInt(Integer::intValue)
            .toArray();
    int whole = sorted.length / BATCH;
    int count = Math.min(BATCHES, whole);
    PackedShardBuilder some = new PackedShardBuilder();
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * whole / count) * BATCH;
      for (int k = from; k < from + BATCH; k++) {
        int start = all.offsets()[sorted[k]];
        int[] ids = Arrays.copyOfRange(all.tokens(), start, start + all.length(sorted[k]));
        some.add(ids, all.labels()[sorted[k]], 1);
      }
    }
    return some.build();
  }

  /** Measures training and scoring. */
  public Rates measure(Model model, int threads) throws InterruptedException {
    List<Worker> workers =
        IntStream.range(0, threads).mapToObj(index -> new Worker(model, index)).toList();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      double train = rate(pool, workers.stream().<Runnable>map(w -> w::train).toList());
      double score = rate(pool, workers.stream().<Runnable>map(w -> w::score).toList());
      return new Rates(train, score);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Works for a while to warm up, then for at least the wanted time; whole passes only. */
  private double rate(ExecutorService pool, List<Runnable> work) throws InterruptedException {
    long warm = System.nanoTime();
    do {
      pass(pool, work);
    } while (System.nanoTime() - warm < seconds * 1e9);
    long start = System.nanoTime();
    long rows = 0;
    double elapsed;
    do {
      pass(pool, work);
      rows += (long) work.size() * reviews.rows();
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds);
    return rows / elapsed;
  }

  private static void pass(ExecutorService pool, List<Runnable> work) throws InterruptedException {
    List<Future<?>> results = new ArrayList<>();
    for (Runnable one : work) {
      results.add(pool.submit(one));
    }
    for (Future<?> result : results) {
      try {
        result.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a measured batch failed", e.getCause());
      }
    }
  }

  /** One thread's network. */
  private final class Worker {
    private final TrainingConfig config;
    private final int index;
    private final RoundState state;
    private final Scorer scorer;

    Worker(Model model, int index) {
      this.index = index;
      config = model.config(vocabularySize);
      Network network = new Network(config.network());
      float[] parameters = network.initialParameters(index);
      state = RoundState.initial(config.optimization(), parameters);
      scorer = new Scorer(new FrozenNetwork(network, parameters));
    }

    void train() {
      ShardTrainer.train(config, state, reviews, index);
    }

    void score() {
      scorer.score(reviews);
    }
  }
}
