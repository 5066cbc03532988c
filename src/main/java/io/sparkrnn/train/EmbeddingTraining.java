package io.sparkrnn.train;

import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.optim.GradientSupport;
import io.sparkrnn.optim.OptimizerSpec;
import java.util.Objects;

/**
 * How the embedding is trained.
 *
 * @param embeddingUpdates which rows a step updates
 * @param freezeEmbedding whether the embedding stays as it is: no update, no decay, no part in the
 *     gradient's norm (Keras: {@code trainable=False})
 */
public record EmbeddingTraining(EmbeddingUpdates embeddingUpdates, boolean freezeEmbedding)
    implements OptionGroup {
  public EmbeddingTraining {
    Objects.requireNonNull(embeddingUpdates, "embeddingUpdates");
  }

  /** Trained, every row or those of the batch as the optimizer allows. */
  public static EmbeddingTraining defaults() {
    return new EmbeddingTraining(EmbeddingUpdates.AUTO, false);
  }

  /** Returns where the gradients of a network have to be looked at under an optimizer. */
  GradientSupport support(Network network, OptimizerSpec optimizer) {
    ParameterLayout layout = network.layout();
    ParameterLayout.Entry table = network.embedding();
    if (table != null && freezeEmbedding) {
      return GradientSupport.without(layout.boundaries(), layout.entries().indexOf(table));
    }
    if (table != null && embeddingUpdates.leavesOutRows(optimizer)) {
      return GradientSupport.rows(
          layout.boundaries(), layout.entries().indexOf(table), table.columns());
    }
    return GradientSupport.dense(layout.boundaries());
  }
}
