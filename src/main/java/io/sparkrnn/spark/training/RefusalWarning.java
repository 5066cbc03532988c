package io.sparkrnn.spark.training;

import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.shards.Refusals;
import java.lang.System.Logger.Level;
import java.util.Locale;

/** Warns in the log of the rows that a training leaves out. */
public final class RefusalWarning implements TrainingListener {
  private static final System.Logger LOG = System.getLogger("io.sparkrnn.spark");

  @Override
  public void rowsRead(long trainingRows, long validationRows, Refusals refused) {
    if (refused.rows() > 0) {
      LOG.log(Level.WARNING, text(trainingRows + validationRows + refused.rows(), refused));
    }
  }

  private static String text(long rows, Refusals refused) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d rows (%.1f %%) refused: %s; summary() of the model counts them, and"
            + " maxRefusedFraction limits them",
        refused.rows(),
        rows,
        100.0 * refused.rows() / rows,
        refused);
  }
}
