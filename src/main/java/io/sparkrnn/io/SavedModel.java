package io.sparkrnn.io;

import io.sparkrnn.nn.HeadSpec;
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
    if (!labels.isEmpty() && labels.size() != classes(network.head())) {
      throw new IllegalArgumentException(
          "labels must name %d classes, got %s".formatted(classes(network.head()), labels));
    }
    if (vocabulary != null) {
      checkVocabulary(network.input(), vocabulary.size());
    }
  }

  /** Returns how many classes a model with this head tells apart: none for regression. */
  static int classes(HeadSpec head) {
    return switch (head.activation()) {
      case SIGMOID -> 2;
      case SOFTMAX -> head.outputs();
      case LINEAR -> 0;
    };
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
