package io.sparkrnn.train.config;

import java.io.Serializable;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Options of a {@link TrainingConfig} that belong together.
 *
 * <p>Grouping is for the code alone: in fingerprints an option stands under its own name, without
 * the group's.
 */
public sealed interface OptionGroup extends Serializable
    permits Objective,
        Optimization,
        EmbeddingTraining,
        Batching,
        Rounds,
        Stopping,
        Execution,
        Wide {

  /** Marks an option that a resumed training may change: fingerprints leave it out. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface FreeOnResume {}
}
