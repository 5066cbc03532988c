package io.sparkrnn.io;

import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingHistory;
import java.util.List;
import java.util.Objects;

/**
 * A trained model with all that using it takes.
 *
 * @param network topology
 * @param parameters all parameters in the order of the network's layout. Not copied.
 * @param text how text became sequences, or null for a model of sequences that come from elsewhere
 * @param vocabulary tokens by id, or null likewise
 * @param labels names of the classes in the order of their indices; empty when they have none, and
 *     for regression
 * @param history the course of its training, or null when it is not known
 */
public record SavedModel(
    NetworkSpec network,
    float[] parameters,
    TextSettings text,
    Vocabulary vocabulary,
    List<String> labels,
    TrainingHistory history) {
  public SavedModel {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(parameters, "parameters");
    labels = List.copyOf(labels);
    if (!labels.isEmpty() && labels.size() != network.head().classes()) {
      throw new IllegalArgumentException(
          "labels must name %d classes, got %s".formatted(network.head().classes(), labels));
    }
    if (vocabulary != null) {
      checkVocabulary(network.input(), vocabulary.size());
    }
    if (text != null && network.input() instanceof InputSpec.Tokens tokens && !tokens.maskZero()) {
      text.padding().requireFillable();
    }
  }

  private static void checkVocabulary(InputSpec input, int size) {
    if (!(input instanceof InputSpec.Tokens tokens)) {
      throw new IllegalArgumentException("a network that reads vectors has no vocabulary");
    }
    if (size > tokens.vocabularySize()) {
      throw new IllegalArgumentException(
          "vocabulary must fit the embedding of %d rows, got %d tokens"
              .formatted(tokens.vocabularySize(), size));
    }
  }
}
