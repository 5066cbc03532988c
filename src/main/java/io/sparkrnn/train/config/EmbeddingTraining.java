package io.sparkrnn.train.config;

import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.optim.GradientSupport;
import io.sparkrnn.optim.OptimizerSpec;
import io.sparkrnn.optim.ParameterGroup;
import java.util.List;
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
  public GradientSupport support(Network network, OptimizerSpec optimizer) {
    ParameterLayout layout = network.layout();
    ParameterLayout.Entry table = network.embedding();
    List<ParameterGroup> groups =
        table != null && freezeEmbedding
            ? List.of(ParameterGroup.frozen(table.offset(), table.offset() + table.size()))
            : List.of();
    if (table != null && embeddingUpdates.leavesOutRows(optimizer)) {
      int variable = layout.entries().indexOf(table);
      return GradientSupport.rows(layout.boundaries(), groups, variable, table.columns());
    }
    return GradientSupport.dense(layout.boundaries(), groups);
  }
}
