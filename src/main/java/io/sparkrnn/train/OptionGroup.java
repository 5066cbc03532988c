package io.sparkrnn.train;

import java.io.Serializable;

/**
 * Options of a {@link TrainingConfig} that belong together.
 *
 * <p>Grouping is for the code alone: in fingerprints an option stands under its own name, without
 * the group's.
 */
public sealed interface OptionGroup extends Serializable
    permits Objective, Optimization, EmbeddingTraining, Batching, Rounds, Stopping, Execution {}
