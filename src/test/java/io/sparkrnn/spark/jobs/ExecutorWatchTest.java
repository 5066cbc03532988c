package io.sparkrnn.spark.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sparkrnn.spark.TestSpark;
import io.sparkrnn.train.TrainingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.scheduler.TaskLocality;
import org.apache.spark.scheduler.cluster.ExecutorInfo;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

class ExecutorWatchTest {
  private static final Seq<AccumulableInfo> NONE =
      CollectionConverters.asScala(List.<AccumulableInfo>of()).toSeq();

  private final List<String> told = new ArrayList<>();
  private final ExecutorWatch watch =
      new ExecutorWatch(TestSpark.session().sparkContext(), 4, "its shards", told::add);

  private static SparkListenerExecutorAdded added(String id) {
    ExecutorInfo info = new ExecutorInfo("host", 1, Map$.MODULE$.empty(), Map$.MODULE$.empty());
    return new SparkListenerExecutorAdded(0, id, info);
  }

  private void remove(String id, String reason) {
    watch.onExecutorRemoved(new SparkListenerExecutorRemoved(0, id, reason));
  }

  @Test
  void aLostExecutorAndTheOneInItsPlaceAreALineEach() {
    watch.onExecutorAdded(added("1"));
    remove("1", "Command exited with code 137");
    watch.onExecutorAdded(added("2"));
    assertEquals(
        List.of(
            "executor 1 lost (command exited with code 137); computing its shards again",
            "executor 2 joined"),
        told);
  }

  @Test
  void ofALongReasonTheFirstSentenceIsSaid() {
    remove(
        "3",
        "Remote RPC client disassociated. Likely due to containers exceeding thresholds, or network"
            + " issues. Check driver logs for WARN messages.");
    remove("4", "worker lost: Not receiving heartbeat for 60 seconds");
    remove("5", "");
    assertEquals(
        List.of(
            "executor 3 lost (remote RPC client disassociated); computing its shards again",
            "executor 4 lost (worker lost: Not receiving heartbeat for 60 seconds); computing its"
                + " shards again",
            "executor 5 lost (no reason given); computing its shards again"),
        told);
  }

  @Test
  void whatTheDriverLetsGoIsNotLost() {
    remove("1", "Executor killed by driver.");
    watch.onExecutorAdded(added("2"));
    assertEquals(List.of(), told);
  }

  private void fail(int stage, int attempt, Exception failure) {
    TaskInfo task = new TaskInfo(1, 0, attempt, 0, 0, "2", "host", TaskLocality.ANY(), false);
    ExceptionFailure reason = new ExceptionFailure(failure, NONE);
    watch.onTaskEnd(
        new SparkListenerTaskEnd(
            stage, 0, "ResultTask", reason, task, new ExecutorMetrics(), TaskMetrics.empty()));
  }

  @Test
  void ofAStageThatFailsAndIsTriedAgainTheFirstFailureIsSaid() {
    Exception failure = new IOException("Connection reset. More of it\nand more");
    fail(7, 0, failure);
    fail(7, 1, failure);
    fail(8, 3, failure);
    fail(9, 0, new TrainingException("loss is NaN"));
    assertEquals(List.of("a task on executor 2 failed (connection reset); trying again"), told);
  }

  @Test
  void nothingIsHeardAfterTheEnd() throws Exception {
    SparkContext context = TestSpark.session().sparkContext();
    ExecutorWatch.over(context, "its shards", told::add).close();
    context.listenerBus().post(new SparkListenerExecutorRemoved(0, "1", "gone"));
    context.listenerBus().waitUntilEmpty();
    assertEquals(List.of(), told);
    try (ExecutorWatch heard = ExecutorWatch.over(context, "its shards", told::add)) {
      context.listenerBus().post(new SparkListenerExecutorRemoved(0, "1", "gone"));
      context.listenerBus().waitUntilEmpty();
    }
    assertEquals(List.of("executor 1 lost (gone); computing its shards again"), told);
  }
}
