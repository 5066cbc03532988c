package io.sparkrnn.spark;

import org.apache.spark.ml.Model;

/** x. */
public abstract class RnnClassificationModel extends Model<RnnClassificationModel> {}
