package io.sparkrnn.spark.training;

import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The cores of the tasks that train shards, so that few shards use many cores all the same:
 *
 * <pre>
 *   cores = cores of an executor / ceil(shards / executors)     at least spark.task.cpus
 * </pre>
 *
 * <p>So no shard waits for another to end, as long as there are as many cores as shards.
 *
 * <p>On a cluster Spark is asked for them by stage-level scheduling, for the rounds alone: all else
 * runs with as many tasks as ever. Results do not depend on it.
 */
final class TaskCores {
  private static final String TASK_CPUS = "spark.task.cpus";

  private final SparkContext context;

  TaskCores(SparkContext context) {
    this.context = context;
  }

  /** Returns how many cores the task of each of so many shards can have. */
  int of(int shards) {
    int each = context.isLocal() ? context.defaultParallelism() : most();
    return Math.max(standard(), share(each, context.defaultParallelism(), shards));
  }

  /**
   * Returns the cores of a shard's task.
   *
   * @param each cores of an executor
   * @param all cores of all executors
   */
  static int share(int each, int all, int shards) {
    int executors = Math.max(1, all / Math.max(1, each));
    return each / ((shards + executors - 1) / executors);
  }

  /** Returns an RDD whose tasks have a core for each of their threads, where that can be had. */
  <T> JavaRDD<T> give(JavaRDD<T> tasks, int threads) {
    int cores = Math.min(threads, context.isLocal() ? 1 : most());
    if (cores <= standard()) {
      return tasks;
    }
    TaskResourceRequests requests = new TaskResourceRequests().cpus(cores);
    return tasks.withResources(new ResourceProfileBuilder().require(requests).build());
  }

  /** What tasks have anyway. */
  private int standard() {
    return context.isLocal() ? 1 : context.conf().getInt(TASK_CPUS, 1);
  }

  /** What a task can be given. */
  private int most() {
    return canBeAsked(context.conf()) ? coresOfEveryExecutor() : standard();
  }

  /** With dynamic allocation, another profile would mean other executors; a user's word stands. */
  private static boolean canBeAsked(SparkConf conf) {
    String master = conf.get("spark.master");
    boolean isCluster =
        master.startsWith("spark://") || master.equals("yarn") || master.startsWith("k8s://");
    return isCluster
        && !conf.contains(TASK_CPUS)
        && !conf.getBoolean("spark.dynamicAllocation.enabled", false);
  }

  /** Returns 0 when they differ, so that no task asks for more than an executor may have. */
  private int coresOfEveryExecutor() {
    int set = context.conf().getInt("spark.executor.cores", 0);
    if (set > 0) {
      return set;
    }
    List<Integer> cores =
        CollectionConverters.asJava(context.statusStore().executorList(true)).stream()
            .filter(executor -> !executor.id().equals("driver"))
            .map(ExecutorSummary::totalCores)
            .distinct()
            .toList();
    return cores.size() == 1 ? cores.get(0) : 0;
  }
}
