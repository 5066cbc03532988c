package io.sparkrnn.train.wide;

import io.sparkrnn.optim.TrustRegionNewton;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.train.config.Wide;
import java.lang.System.Logger.Level;

/**
 * Trains the wide branch: logistic regression of n-grams whose features are scaled by their log
 * ratios.
 *
 * <pre>
 *   which n-grams are in enough rows       KeptNgrams.of(sum of RowCounts)
 *   the weight of each class with each     sum of ClassCounts
 *   r = log ratios                         LogRatios
 *   w, b = argmin of WideObjective         TrustRegionNewton over sums of passes
 *   kernel = r w
 * </pre>
 *
 * <p>Every sum over shards runs in the order of shards, so that neither machines nor partitions
 * show in the result.
 */
public final class WideTraining {
  /** At a hundred times as much, accuracy is the same within 0.02 points. */
  private static final double TOLERANCE = 1e-6;

  private static final int MOST_STEPS = 100;
  private static final System.Logger LOG = System.getLogger("io.sparkrnn.train");

  private final Wide options;
  private final int classes;
  private final int outputs;
  private int passes;

  /**
   * Prepares to train.
   *
   * @param options the options, with a wide branch
   * @param classes number of classes
   * @param outputs outputs of the network: 1 for two classes, or one a class
   * @throws IllegalArgumentException if the parameters would take too much memory
   */
  public WideTraining(Wide options, int classes, int outputs) {
    options.check(classes);
    this.options = options;
    this.classes = classes;
    this.outputs = outputs;
  }

  /**
   * Returns the n-grams that have weights.
   *
   * @param counts the sum of the {@link RowCounts} of all shards. Not modified.
   */
  public KeptNgrams kept(byte[] counts) {
    return KeptNgrams.of(counts, options.wideMinCount(), options.wideFeatures());
  }

  /** Trains on shards of rows with these n-grams. */
  public WideModel train(KeptNgrams kept, ShardSums shards) {
    double[] counts = shards.sum(new ClassCounts(kept.size(), classes));
    double[] scales = LogRatios.of(counts, kept.size(), classes, outputs);
    WideObjective objective =
        new WideObjective(shards, scales, outputs, options.wideRegularization());
    TrustRegionNewton newton = new TrustRegionNewton(objective, TOLERANCE, MOST_STEPS);
    double[] x = new double[objective.size()];
    double value = newton.minimize(x);
    passes = newton.passes() + 2; // those that count
    LOG.log(Level.DEBUG, "wide branch: {0} steps, {1} passes, {2}", newton.steps(), passes, value);
    return model(options.ngrams(), kept, objective.scaled(x));
  }

  private WideModel model(Ngrams ngrams, KeptNgrams kept, double[] parameters) {
    float[] kernel = new float[kept.size() * outputs];
    float[] bias = new float[outputs];
    for (int i = 0; i < parameters.length; i++) {
      if (i < kernel.length) {
        kernel[i] = (float) parameters[i];
      } else {
        bias[i - kernel.length] = (float) parameters[i];
      }
    }
    return new WideModel(ngrams, kept, kernel, bias);
  }

  /** Returns how many passes over the rows training took. */
  public int passes() {
    return passes;
  }
}
