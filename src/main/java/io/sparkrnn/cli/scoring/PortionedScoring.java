package io.sparkrnn.cli.scoring;

import io.sparkrnn.cli.output.AtomicOutput;
import io.sparkrnn.cli.reviews.ScoredReviews;
import io.sparkrnn.cli.training.Progress;
import io.sparkrnn.spark.jobs.JobLabels;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.Function1;

/**
 * Scores a table in portions, a Spark job each, and writes them where they make one table.
 *
 * <p>Some jobs are under way at once, in the order of the portions, so that the last tasks of one
 * leave no core idle.
 */
final class PortionedScoring {
  private static final int AT_ONCE = 4;

  private final SparkSession spark;
  private final RDD<InternalRow> rows;
  private final StructType schema;
  private final AtomicOutput output;
  private final ScoringState state;
  private final ScoringJob.Writer writer;
  private final Progress progress;
  private final Set<Portion> running = new HashSet<>();
  private int failed = Integer.MAX_VALUE;

  /**
   * Prepares a scoring.
   *
   * @param scored the table with its predictions, whose partitions do not depend on one another
   */
  PortionedScoring(
      Dataset<Row> scored,
      AtomicOutput output,
      ScoringState state,
      ScoringJob.Writer writer,
      Progress progress) {
    spark = (SparkSession) scored.sparkSession();
    rows = ((org.apache.spark.sql.classic.Dataset<Row>) scored).queryExecution().toRdd();
    schema = scored.schema();
    this.output = output;
    this.state = state;
    this.writer = writer;
    this.progress = progress;
  }

  /** Returns how many partitions the table has. */
  int partitions() {
    return rows.getNumPartitions();
  }

  /**
   * Scores the portions that are not finished; adds them to those that are. When one fails, those
   * before it, which have but their last tasks to do, are brought to an end.
   */
  void score(List<Portion> portions, Map<Integer, FinishedPortion> finished)
      throws InterruptedException {
    List<Portion> missing =
        portions.stream().filter(portion -> !finished.containsKey(portion.number())).toList();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, PortionedScoring::thread);
    CompletionService<Outcome> outcomes = new ExecutorCompletionService<>(threads);
    final long begin = System.nanoTime();
    long now = 0;
    Throwable failure = null;
    try {
      missing.forEach(portion -> outcomes.submit(() -> outcome(portion, portions.size())));
      for (int i = 0; i < missing.size(); i++) {
        Outcome next = result(outcomes.take());
        if (next.finished != null) {
          finished.put(next.portion.number(), next.finished);
          now += next.finished.rows();
        } else if (failure == null) {
          failure = next.failure;
        }
        progress.now(
            "scored %d of %d portions, %,.0f reviews/s ...",
            finished.size(), portions.size(), now / ((System.nanoTime() - begin) * 1e-9));
      }
    } finally {
      stop(-1);
      threads.shutdownNow();
    }
    if (failure != null) {
      throw PortionedScoring.<RuntimeException>thrown(failure);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E thrown(Throwable failure) throws E {
    throw (E) failure;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "spark-rnn score");
    thread.setDaemon(true);
    return thread;
  }

  /** What came of a portion: one of the two, or none when it was not wanted any more. */
  private record Outcome(Portion portion, FinishedPortion finished, Throwable failure) {}

  private Outcome outcome(Portion portion, int portions) {
    boolean wanted;
    synchronized (running) {
      wanted = portion.number() < failed;
      if (wanted) {
        running.add(portion);
      }
    }
    try {
      return new Outcome(portion, wanted ? score(portion, portions) : null, null);
    } catch (Throwable e) {
      stop(portion.number());
      return new Outcome(portion, null, e);
    } finally {
      spark.sparkContext().removeJobTag(tag(portion));
      synchronized (running) {
        running.remove(portion);
      }
    }
  }

  private static Outcome result(Future<Outcome> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Cancels the jobs of the portions after this one, and lets no more of them begin. */
  private void stop(int number) {
    List<Portion> cancelled = new ArrayList<>();
    synchronized (running) {
      failed = Math.min(failed, number);
      running.stream().filter(portion -> portion.number() > failed).forEach(cancelled::add);
    }
    if (!spark.sparkContext().isStopped()) {
      cancelled.forEach(portion -> spark.sparkContext().cancelJobsWithTag(tag(portion)));
    }
  }

  private String tag(Portion portion) {
    return "portion-" + portion.number() + "-" + rows.id();
  }

  private static Function1<Object, Object> filter(Portion portion) {
    return (Function1<Object, Object> & Serializable)
        partition -> portion.holds((Integer) partition);
  }

  private FinishedPortion score(Portion portion, int portions)
      throws IOException, InterruptedException {
    String directory = state.directory(portion);
    Observation counts = new Observation();
    try (JobLabels jobs = JobLabels.of(spark.sparkContext())) {
      spark.sparkContext().addJobTag(tag(portion));
      jobs.describe("scoring portion %d of %d", portion.number() + 1, portions);
      Dataset<Row> table =
          spark
              .internalCreateDataFrame(
                  PartitionPruningRDD.create(rows, filter(portion)), schema, false)
              .observe(
                  counts,
                  functions.count(functions.lit(1)).as("rows"),
                  functions.count(functions.col(ScoredReviews.answer(schema))).as("scored"),
                  functions.mode(functions.col(ScoredReviews.REASON)).as("reason"));
      output.write(() -> writer.write(table, state.path(directory)));
    }
    Map<String, Object> counted = counts.getAsJava();
    List<FinishedPortion.Written> files = new ArrayList<>();
    output.write(() -> files.addAll(state.written(portion, directory)));
    FinishedPortion finished =
        new FinishedPortion(
            (Long) counted.get("rows"),
            (Long) counted.get("scored"),
            (String) counted.get("reason"),
            directory,
            files);
    output.write(
        () -> {
          state.finish(portion, finished);
          output.keepUnfinished(true);
          state.move(finished);
        });
    return finished;
  }
}
