package io.sparkrnn.spark.jobs;

import io.sparkrnn.spark.input.FailureReason;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Says in a line each what becomes of executors: that one was lost, that another took its place,
 * that a task failed and is tried again.
 *
 * <p>Hears it on a thread of Spark's. Executors that the driver itself lets go, and those that come
 * before any was lost, are not worth a line.
 */
public final class ExecutorWatch extends SparkListener implements AutoCloseable {
  private static final String OURS = "io.sparkrnn.";
  private static final String LET_GO = "killed by driver";

  private final SparkContext context;
  private final String again;
  private final Consumer<String> told;
  private final int attempts;
  private final Set<Integer> failedStages = new HashSet<>();
  private boolean lost;

  ExecutorWatch(SparkContext context, int attempts, String again, Consumer<String> told) {
    this.context = context;
    this.attempts = attempts;
    this.again = again;
    this.told = told;
  }

  /**
   * Begins to watch, until it is closed.
   *
   * @param again what is computed again when an executor was lost, such as {@code its shards}
   * @param told is handed the lines, on another thread
   */
  public static ExecutorWatch over(SparkContext context, String again, Consumer<String> told) {
    int attempts = context.isLocal() ? 1 : context.conf().getInt("spark.task.maxFailures", 4);
    ExecutorWatch watch = new ExecutorWatch(context, attempts, again, told);
    context.addSparkListener(watch);
    return watch;
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    String reason = reason(removed.reason());
    if (!reason.contains(LET_GO)) {
      lost = true;
      told.accept(
          "executor %s lost (%s); computing %s again"
              .formatted(removed.executorId(), reason, again));
    }
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    if (lost) {
      told.accept("executor %s joined".formatted(added.executorId()));
    }
  }

  /**
   * Only the first failure of a stage's tasks: what fails often, fails for one reason. What this
   * project says itself is no accident, and ends the command.
   */
  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof ExceptionFailure failure
        && end.taskInfo().attemptNumber() + 1 < attempts
        && !failure.className().startsWith(OURS)
        && failedStages.add(end.stageId())) {
      told.accept(
          "a task on executor %s failed (%s); trying again"
              .formatted(end.taskInfo().executorId(), reason(failure.description())));
    }
  }

  /** The first sentence of a reason of Spark's. */
  private static String reason(String text) {
    String first = text.strip().lines().findFirst().orElse("").replaceFirst("\\. .*|\\.$", "");
    return first.isEmpty() ? "no reason given" : FailureReason.of(new Exception(first));
  }

  /** Watches no longer. */
  @Override
  public void close() {
    context.removeSparkListener(this);
  }
}
