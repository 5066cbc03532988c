package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.params.OptionTable.CHECKPOINT;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

// spotless:off
/**
 * Checkpoints: when progress is saved, and whether training goes on from there.
 *
 * <p>Generated from the {@link OptionTable}, which tells how to renew it.
 *
 * @param <S> the class that has the parameters
 */
public interface CheckpointParams<S extends CheckpointParams<S>> extends FluentParams<S> {
  /** Epochs between two checkpoints, -1 for none. */
  default IntParam checkpointInterval() { return CHECKPOINT.param(this, "checkpointInterval"); }
  /** Returns {@link #checkpointInterval}. */
  default int getCheckpointInterval() { return (int) getOrDefault(checkpointInterval()); }
  /** Sets {@link #checkpointInterval}. */
  default S setCheckpointInterval(int value) { return with(checkpointInterval(), value); }

  /** Rounds between two checkpoints within an epoch, 0 for none. */
  default IntParam checkpointRounds() { return CHECKPOINT.param(this, "checkpointRounds"); }
  /** Returns {@link #checkpointRounds}. */
  default int getCheckpointRounds() { return (int) getOrDefault(checkpointRounds()); }
  /** Sets {@link #checkpointRounds}. */
  default S setCheckpointRounds(int value) { return with(checkpointRounds(), value); }

  /** Minutes from one checkpoint to the next within an epoch, 0 for none. */
  default DoubleParam checkpointMinutes() { return CHECKPOINT.param(this, "checkpointMinutes"); }
  /** Returns {@link #checkpointMinutes}. */
  default double getCheckpointMinutes() { return (double) getOrDefault(checkpointMinutes()); }
  /** Sets {@link #checkpointMinutes}. */
  default S setCheckpointMinutes(double value) { return with(checkpointMinutes(), value); }

  /** How many checkpoints stay, the latest ones. */
  default IntParam checkpointsToKeep() { return CHECKPOINT.param(this, "checkpointsToKeep"); }
  /** Returns {@link #checkpointsToKeep}. */
  default int getCheckpointsToKeep() { return (int) getOrDefault(checkpointsToKeep()); }
  /** Sets {@link #checkpointsToKeep}. */
  default S setCheckpointsToKeep(int value) { return with(checkpointsToKeep(), value); }

  /** Directory of the checkpoint, on any Hadoop file system; none when empty. */
  default Param<String> checkpointDir() { return CHECKPOINT.param(this, "checkpointDir"); }
  /** Returns {@link #checkpointDir}. */
  default String getCheckpointDir() { return getOrDefault(checkpointDir()); }
  /** Sets {@link #checkpointDir}. */
  default S setCheckpointDir(String value) { return with(checkpointDir(), value); }

  /** Whether to go on from the checkpoint that an unfinished training left, if there is one. */
  default BooleanParam resume() { return CHECKPOINT.param(this, "resume"); }
  /** Returns {@link #resume}. */
  default boolean getResume() { return (boolean) getOrDefault(resume()); }
  /** Sets {@link #resume}. */
  default S setResume(boolean value) { return with(resume(), value); }
}
// spotless:on
