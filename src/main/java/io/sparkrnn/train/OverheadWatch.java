package io.sparkrnn.train;

import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.course.EpochCourse;
import io.sparkrnn.train.course.RoundRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Says once in a training, after its second epoch, when too much of that epoch's time went neither
 * to computing nor to evaluation, and what to do. The first epoch is slow for other reasons.
 *
 * <p>Says nothing of one shard whose rounds are whole epochs: nothing can be done there.
 */
public final class OverheadWatch implements TrainingListener {
  private static final double LIMIT = 0.3;
  private static final int EPOCH = 2;

  /** Less is not worth a change of anything. */
  private static final long LEAST_NANOS = 2_000_000_000;

  private final String roundLength;
  private final Consumer<String> told;
  private TrainingConfig config;
  private EpochCourse current = EpochCourse.begun();
  private int epochs;

  /**
   * Creates a watch.
   *
   * @param roundLength what the reader calls the setting of the length of rounds
   * @param told is handed the one line
   */
  public OverheadWatch(String roundLength, Consumer<String> told) {
    this.roundLength = roundLength;
    this.told = told;
  }

  @Override
  public void started(TrainingConfig started, TrainingHistory history) {
    config = started;
  }

  @Override
  public void roundRecorded(RoundRecord round) {
    current = current.plus(round);
  }

  @Override
  public void timeSpent(Phase phase, long nanos) {
    if (phase == Phase.EVALUATING) {
      current = current.plusEvaluating(nanos);
    }
  }

  @Override
  public void epochFinished(EpochRecord record, TrainingHistory history) {
    boolean remediable = config.rounds().shards() > 1 || current.rounds() > 1;
    boolean large =
        current.overhead() >= LEAST_NANOS && current.overhead() > LIMIT * current.wall();
    if (++epochs == EPOCH && remediable && large) {
      told.accept(text(current));
    }
    current = EpochCourse.begun();
  }

  private String text(EpochCourse epoch) {
    List<String> remedies = new ArrayList<>();
    if (config.rounds().shards() > 1) {
      remedies.add("fewer shards");
    }
    if (epoch.rounds() > 1) {
      remedies.add("longer rounds (" + roundLength + ")");
    }
    return String.format(
        Locale.ROOT,
        "%.0f %% of epoch %d (%.1f of %.1f s) went to sending, averaging and waiting in %d round%s;"
            + " %s or more rows per shard compute more",
        100.0 * epoch.overhead() / epoch.wall(),
        epoch.epoch(),
        epoch.overhead() * 1e-9,
        epoch.wall() * 1e-9,
        epoch.rounds(),
        epoch.rounds() == 1 ? "" : "s",
        String.join(", ", remedies));
  }
}
