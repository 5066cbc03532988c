package io.sparkrnn.spark.rows;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.text.Ngrams;
import java.io.Serializable;

/**
 * How rows are checked and assigned.
 *
 * @param columns where in a table's row it says what
 * @param input what the network reads
 * @param labels which labels are good
 * @param shards number of logical shards, 0 for any until it is known
 * @param validationSplit fraction held out, 0 to ask the rows' indicator
 * @param seed seed of the split
 * @param ngrams which n-grams rows have beside their ids, when they are texts
 * @param keepsUnlabelled whether rows without a label are kept apart, when they are texts
 */
public record PackingPlan(
    RowColumns columns,
    InputSpec input,
    LabelRule labels,
    int shards,
    double validationSplit,
    long seed,
    Ngrams ngrams,
    boolean keepsUnlabelled)
    implements Serializable {

  /** Returns the same with another number of shards. */
  PackingPlan withShards(int shards) {
    return new PackingPlan(
        columns, input, labels, shards, validationSplit, seed, ngrams, keepsUnlabelled);
  }
}
