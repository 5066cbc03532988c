package io.sparkrnn.spark.rows;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.params.NetworkSetup;
import java.io.Serializable;

/**
 * How rows are checked and assigned.
 *
 * @param input what the network reads
 * @param labels which labels are good
 * @param shards number of logical shards
 * @param validationSplit fraction held out, 0 to ask the rows' indicator
 * @param seed seed of the split
 */
record PackingPlan(InputSpec input, LabelRule labels, int shards, double validationSplit, long seed)
    implements Serializable {

  /** Returns the plan that the parameters of {@code from} describe. */
  static PackingPlan of(RnnClassifier from) {
    return new PackingPlan(
        NetworkSetup.input(from),
        LabelRule.of(from.getLoss()),
        from.getShards(),
        from.getValidationSplit(),
        from.getSeed());
  }
}
