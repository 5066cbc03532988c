package io.sparkrnn.cli;

import io.sparkrnn.nn.CellType;
import io.sparkrnn.nn.Gradient;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.LayerSpec;
import io.sparkrnn.nn.Loss;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.Tape;
import io.sparkrnn.optim.GradientSupport;
import io.sparkrnn.optim.MovingAverage;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.OptimizerState;
import io.sparkrnn.optim.RoundSteps;
import io.sparkrnn.train.PackedShard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Times whole networks without Spark: batches of 128 reviews sorted by length, a dozen of them
 * spread over all lengths. With several threads each trains a network of its own, as the shards of
 * a cluster do.
 */
final class EngineBenchmark {
  private static final int BATCH = 128;
  private static final int BATCHES = 12;

  /**
   * One network to measure.
   *
   * @param model name in the metrics
   * @param dropout rate of both dropouts
   */
  record Model(String model, CellType cell, int units, int embedding, double dropout) {
    NetworkSpec network(int vocabularySize) {
      return new NetworkSpec(
          new InputSpec.Tokens(vocabularySize, embedding, true),
          List.of(new LayerSpec.Recurrent(cell, units, dropout, dropout, true, false)),
          HeadSpec.binary());
    }
  }

  /** Reviews per second. */
  record Rates(double train, double score) {}

  private final PackedShard reviews;
  private final int[][] batches;
  private final int vocabularySize;
  private final double seconds;

  /**
   * Prepares batches.
   *
   * @param reviews at least {@code 128} reviews
   * @param seconds how long a measurement lasts at least
   */
  EngineBenchmark(PackedShard reviews, int vocabularySize, double seconds) {
    this.reviews = reviews;
    this.vocabularySize = vocabularySize;
    this.seconds = seconds;
    int[] sorted =
        IntStream.range(0, reviews.rows())
            .boxed()
            .sorted(Comparator.comparingInt(reviews::length))
            .mapToInt(Integer::intValue)
            .toArray();
    int all = sorted.length / BATCH;
    int count = Math.min(BATCHES, all);
    batches = new int[count][];
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * all / count) * BATCH;
      batches[i] = Arrays.copyOfRange(sorted, from, from + BATCH);
    }
  }

  /** Measures training and scoring. */
  Rates measure(Model model, int threads) throws InterruptedException {
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(new Worker(model, i));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      double train = rate(pool, workers.stream().<IntUnaryOperator>map(w -> w::train).toList());
      double score = rate(pool, workers.stream().<IntUnaryOperator>map(w -> w::score).toList());
      return new Rates(train, score);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Runs all batches for a while to warm up, then whole passes for at least the wanted time. */
  private double rate(ExecutorService pool, List<IntUnaryOperator> work)
      throws InterruptedException {
    long warm = System.nanoTime();
    do {
      pass(pool, work);
    } while (System.nanoTime() - warm < seconds * 1e9);
    long start = System.nanoTime();
    long rows = 0;
    double elapsed;
    do {
      rows += pass(pool, work);
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds);
    return rows / elapsed;
  }

  private long pass(ExecutorService pool, List<IntUnaryOperator> work) throws InterruptedException {
    List<Future<Long>> results = new ArrayList<>();
    for (IntUnaryOperator batch : work) {
      results.add(
          pool.submit(() -> IntStream.range(0, batches.length).mapToLong(batch::applyAsInt).sum()));
    }
    long rows = 0;
    for (Future<Long> result : results) {
      try {
        rows += result.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a measured batch failed", e.getCause());
      }
    }
    return rows;
  }

  /** One thread's network, parameters and scratch. */
  private final class Worker {
    private final Model model;
    private final Network network;
    private final Tape tape;
    private final PackedBatch batch = new PackedBatch();
    private final float[] parameters;
    private final Gradient gradient;
    private final GradientSupport support;
    private final RoundSteps steps;
    private final SplittableRandom random;

    Worker(Model model, int index) {
      this.model = model;
      network = new Network(model.network(vocabularySize));
      tape = network.newTape();
      parameters = network.initialParameters(index);
      gradient = network.newGradient(false);
      OptimizerSpec optimizer = OptimizerSpec.RmsProp.defaults();
      support =
          GradientSupport.rows(network.layout().boundaries(), 0, network.embedding().columns());
      steps =
          new RoundSteps(
              optimizer,
              new MovingAverage(0),
              OptimizerState.zeros(optimizer, parameters.length),
              support);
      random = new SplittableRandom(index);
    }

    int train(int i) {
      assemble(i, reviews.labels());
      SplittableRandom dropout = model.dropout > 0 ? random.split() : null;
      network.lossAndGradient(parameters, batch, Loss.BINARY_CROSSENTROPY, dropout, tape, gradient);
      support.setRows(gradient.rows(), gradient.rowCount());
      steps.step(parameters, gradient.values(), 0.001);
      return batch.size();
    }

    int score(int i) {
      assemble(i, null);
      network.forward(parameters, batch, tape);
      return batch.size();
    }

    private void assemble(int i, float[] labels) {
      batch.assemble(
          reviews.tokens(), reviews.offsets(), labels, null, batches[i], 0, batches[i].length);
    }
  }
}
