package io.sparkrnn.train.preflight;

import io.sparkrnn.train.Averaging;
import io.sparkrnn.train.ShardEvaluator;
import io.sparkrnn.train.ShardResult;
import io.sparkrnn.train.batches.BatchPlan;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Measures how fast this machine trains, with the step of the training itself on some of its rows.
 *
 * <p>Spans of {@value #SPAN_SECONDS} s are repeated until in {@value #STEADY} in a row the JVM has
 * compiled little and they were no faster than the best before them, at most {@value #MOST_SECONDS}
 * s: a fresh JVM needs seconds of a core until the kernels are compiled, and is ten times as slow
 * before.
 */
final class Calibration {
  static final double SPAN_SECONDS = 0.25;
  static final int STEADY = 3;
  static final double MOST_SECONDS = 30;

  /** Share of a span in which one thread may compile: what is compiled late counts little. */
  private static final double COMPILING = 0.1;

  /** Times that something short is repeated at least: the middle one is no accident. */
  private static final int REPEATED = 5;

  /** A span counts as faster when it is by more than the noise of a quiet machine. */
  private static final double FASTER = 1.05;

  private final TrainingConfig config;
  private final PackedShard sample;
  private final LongSupplier nanoTime;
  private final LongSupplier compilerMillis;
  private final List<CalibrationTask> tasks;
  private final List<List<Slice>> spans = new ArrayList<>();

  private Calibration(TrainingConfig config, PackedShard sample, int sideBySide, Clocks clocks) {
    this.config = config;
    this.sample = sample;
    nanoTime = clocks.nanoTime();
    compilerMillis = clocks.compilerMillis();
    tasks =
        IntStream.range(0, sideBySide)
            .mapToObj(index -> new CalibrationTask(config, sample, index, nanoTime))
            .toList();
  }

  /**
   * Measures.
   *
   * @param config the training
   * @param sample some of its rows, at least one. Not modified.
   * @param sideBySide tasks to run at a time, at least 1
   * @param clocks of this JVM
   */
  static Rate measure(TrainingConfig config, PackedShard sample, int sideBySide, Clocks clocks) {
    return new Calibration(config, sample, sideBySide, clocks).measure();
  }

  private Rate measure() {
    ExecutorService pool = Executors.newFixedThreadPool(tasks.size());
    try {
      untilSteady(pool);
    } finally {
      pool.shutdownNow();
    }
    double rate = rate(last());
    double trained = spans.stream().mapToDouble(Calibration::seconds).sum() / tasks.size();
    double steps = spans.stream().mapToLong(Calibration::steps).sum() / (double) tasks.size();
    return new Rate(
        rate,
        evaluated(),
        Math.max(0, trained - steps / rate),
        seconds(() -> BatchPlan.of(config, 0, sample, 0)) / sample.rows(),
        seconds(this::average) / 2,
        batchSteps());
  }

  private void untilSteady(ExecutorService pool) {
    double best = 0;
    int steady = 0;
    long begin = nanoTime.getAsLong();
    while (spans.size() <= STEADY
        || (steady < STEADY && (nanoTime.getAsLong() - begin) * 1e-9 < MOST_SECONDS)) {
      long compiled = compilerMillis.getAsLong();
      long before = nanoTime.getAsLong();
      spans.add(span(pool));
      double compiling = (compilerMillis.getAsLong() - compiled) * 1e-3;
      boolean isCompiled = compiling < COMPILING * (nanoTime.getAsLong() - before) * 1e-9;
      double rate = rate(spans.get(spans.size() - 1));
      steady = isCompiled && rate <= FASTER * best ? steady + 1 : 0;
      best = Math.max(best, rate);
    }
  }

  /** Returns the rounds of the steady spans, or what comes nearest to them. */
  private List<Slice> last() {
    int from = Math.max(0, spans.size() - STEADY);
    return spans.subList(from, spans.size()).stream().flatMap(List::stream).toList();
  }

  /** Lets all tasks train for a while. */
  private List<Slice> span(ExecutorService pool) {
    long end = nanoTime.getAsLong() + (long) (SPAN_SECONDS * 1e9);
    List<Future<List<Slice>>> running =
        tasks.stream().map(task -> pool.submit(() -> task.run(end))).toList();
    List<Slice> slices = new ArrayList<>();
    for (Future<List<Slice>> task : running) {
      try {
        slices.addAll(task.get());
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException("the measurement failed", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the measurement was interrupted", e);
      }
    }
    return slices;
  }

  private static long steps(List<Slice> slices) {
    return slices.stream().mapToLong(Slice::steps).sum();
  }

  private static double seconds(List<Slice> slices) {
    return slices.stream().mapToLong(Slice::nanos).sum() * 1e-9;
  }

  private static double rate(List<Slice> slices) {
    return steps(slices) / seconds(slices);
  }

  private double evaluated() {
    float[] parameters = tasks.get(0).last().parameters();
    return sample.steps() / seconds(() -> ShardEvaluator.evaluate(config, parameters, sample));
  }

  /** What a round adds up after its first result. */
  private void average() {
    ShardResult result = tasks.get(0).last();
    Averaging mean = new Averaging();
    mean.add(result);
    mean.add(result);
    mean.result();
  }

  /** Runs something often enough to be compiled; returns what it took as a rule. */
  private double seconds(Runnable work) {
    List<Long> nanos = new ArrayList<>();
    long begin = nanoTime.getAsLong();
    do {
      long before = nanoTime.getAsLong();
      work.run();
      nanos.add(Math.max(1, nanoTime.getAsLong() - before));
    } while (nanos.size() < REPEATED || (nanoTime.getAsLong() - begin) * 1e-9 < SPAN_SECONDS);
    Collections.sort(nanos);
    return nanos.get(nanos.size() / 2) * 1e-9;
  }

  private int[] batchSteps() {
    BatchPlan plan = BatchPlan.of(config, 0, sample, 0);
    return IntStream.range(0, plan.batches())
        .map(
            batch ->
                IntStream.range(plan.from(batch), plan.to(batch))
                    .map(i -> sample.length(plan.rows()[i]))
                    .sum())
        .toArray();
  }
}
