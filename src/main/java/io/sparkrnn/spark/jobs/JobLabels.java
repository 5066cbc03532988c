package io.sparkrnn.spark.jobs;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkContext;

/**
 * What Spark shows of the jobs that this thread starts, until it is closed: then what the caller
 * had set is there again.
 */
public final class JobLabels implements AutoCloseable {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  private final SparkContext context;
  private final Map<String, String> before = new LinkedHashMap<>();

  private JobLabels(SparkContext context) {
    this.context = context;
    before.put(GROUP, context.getLocalProperty(GROUP));
    before.put(DESCRIPTION, context.getLocalProperty(DESCRIPTION));
  }

  /** Begins to describe jobs, in the caller's group if there is one. */
  public static JobLabels of(SparkContext context) {
    return new JobLabels(context);
  }

  /**
   * Begins to describe jobs, in a group of their own unless the caller has one: whoever cancels
   * that group means these jobs too.
   */
  public static JobLabels of(SparkContext context, String group) {
    JobLabels labels = new JobLabels(context);
    if (labels.before.get(GROUP) == null) {
      context.setLocalProperty(GROUP, group);
    }
    return labels;
  }

  /** Says what the jobs are for that come next. */
  public void describe(String format, Object... values) {
    context.setJobDescription(String.format(Locale.ROOT, format, values));
  }

  /** Sets what the caller had set. */
  @Override
  public void close() {
    before.forEach(context::setLocalProperty);
  }
}
