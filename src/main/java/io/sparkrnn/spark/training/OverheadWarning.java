package io.sparkrnn.spark.training;

import io.sparkrnn.train.OverheadWatch;
import io.sparkrnn.train.TrainingListener;
import java.lang.System.Logger.Level;

/** Warns in the log of a training whose time goes to Spark and not to computing. */
public final class OverheadWarning {
  private static final System.Logger LOG = System.getLogger("io.sparkrnn.spark");

  private OverheadWarning() {}

  /** Returns who listens to the training and warns. */
  public static TrainingListener inLog() {
    return new OverheadWatch("batchesPerRound", text -> LOG.log(Level.WARNING, text));
  }
}
