package io.sparkrnn.spark;

import io.sparkrnn.train.TrainingConfig;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a recurrent network on a column of token ids, distributed over Spark's executors.
 *
 * <p>Labels are class indices, or numbers when {@link #loss} is mean_squared_error. Rows are
 * assigned to {@link #shards} by their content; each round every shard trains on its own and the
 * driver averages. The result depends on rows, parameters and seed, not on partitions, executors or
 * lost tasks.
 */
public final class RnnClassifier extends Estimator<RnnClassificationModel>
    implements ScoringParams<RnnClassifier>,
        NetworkParams<RnnClassifier>,
        OptimizerParams<RnnClassifier>,
        TrainingParams<RnnClassifier>,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;

  /** Creates a classifier with the default parameters. */
  public RnnClassifier() {
    this(Identifiable.randomUID("rnnClassifier"));
  }

  /** Creates a classifier with the given identifier and the default parameters. */
  public RnnClassifier(String uid) {
    this.uid = uid;
    TrainingSetup.setColumnDefaults(this);
    TrainingSetup.setDefaults(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Returns the configuration the parameters describe.
   *
   * @param classes number of classes, at least 2; not used for mean_squared_error
   * @throws IllegalArgumentException if parameters contradict each other
   */
  public TrainingConfig trainingConfig(int classes) {
    return TrainingSetup.config(this, classes);
  }

  @Override
  public RnnClassificationModel fit(Dataset<?> dataset) {
    throw new UnsupportedOperationException("fit");
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return schema;
  }

  @Override
  public RnnClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Returns a reader of saved classifiers. */
  public static MLReader<RnnClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a classifier saved by {@code write().save(path)}. */
  public static RnnClassifier load(String path) {
    return read().load(path);
  }
}
