package io.sparkrnn.io;

import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.nn.targets.TargetKind;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.wide.WideBranch;
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
 * @param wide the linear model of n-grams beside the network, or null without one
 * @param targets tokens of translations by id, or null likewise and of other heads
 */
public record SavedModel(
    NetworkSpec network,
    float[] parameters,
    TextSettings text,
    Vocabulary vocabulary,
    List<String> labels,
    TrainingHistory history,
    WideBranch wide,
    Vocabulary targets) {
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
    if (targets != null) {
      checkTargets(network.head(), targets.size());
    }
    if (text != null && network.input() instanceof InputSpec.Tokens tokens && !tokens.maskZero()) {
      text.padding().requireFillable();
    }
    if (wide != null) {
      checkWide(network, wide.model().outputs());
    }
  }

  /** Creates a model without a wide branch. */
  public SavedModel(
      NetworkSpec network,
      float[] parameters,
      TextSettings text,
      Vocabulary vocabulary,
      List<String> labels,
      TrainingHistory history) {
    this(network, parameters, text, vocabulary, labels, history, null);
  }

  /** Creates a model that translates nothing. */
  public SavedModel(
      NetworkSpec network,
      float[] parameters,
      TextSettings text,
      Vocabulary vocabulary,
      List<String> labels,
      TrainingHistory history,
      WideBranch wide) {
    this(network, parameters, text, vocabulary, labels, history, wide, null);
  }

  /** Returns this model with what it takes to read text. */
  public SavedModel withText(TextSettings text, Vocabulary vocabulary) {
    return new SavedModel(network, parameters, text, vocabulary, labels, history, wide, targets);
  }

  /** Returns this model with names of its classes. */
  public SavedModel withLabels(List<String> labels) {
    return new SavedModel(network, parameters, text, vocabulary, labels, history, wide, targets);
  }

  /** Returns this model with the tokens of its translations. */
  public SavedModel withTargets(Vocabulary targets) {
    return new SavedModel(network, parameters, text, vocabulary, labels, history, wide, targets);
  }

  /** Returns which n-grams of a text it reads beside the ids. */
  public Ngrams ngrams() {
    return wide == null ? Ngrams.none() : wide.model().ngrams();
  }

  private static void checkWide(NetworkSpec network, int outputs) {
    boolean ofRows = network.head().targets() == TargetKind.SEQUENCE;
    if (!(network.input() instanceof InputSpec.Tokens)
        || network.head().classes() == 0
        || !ofRows
        || network.head().outputs() != outputs) {
      throw new IllegalArgumentException(
          "a wide branch of %d outputs must be beside a network that classifies texts with as many"
              .formatted(outputs));
    }
  }

  private static void checkTargets(HeadSpec head, int size) {
    if (!(head instanceof TranslationHead)) {
      throw new IllegalArgumentException(
          "a model that translates nothing has no target vocabulary");
    }
    if (size > head.outputs()) {
      throw new IllegalArgumentException(
          "target vocabulary must fit the %d outputs, got %d tokens"
              .formatted(head.outputs(), size));
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
