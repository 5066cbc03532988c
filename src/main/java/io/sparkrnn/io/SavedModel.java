package io.sparkrnn.io;

import io.sparkrnn.io.features.Alphabet;
import io.sparkrnn.io.features.FeatureSettings;
import io.sparkrnn.nn.CtcHead;
import io.sparkrnn.nn.ForecastHead;
import io.sparkrnn.nn.HeadSpec;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.nn.targets.TargetKind;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.series.LearntSeries;
import io.sparkrnn.train.series.SeriesLayout;
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
 * @param labels names of the classes in the order of their indices, or of the outputs of a model
 *     that transcribes, but for the blank; empty when they have none, and for regression
 * @param history the course of its training, or null when it is not known
 * @param wide the linear model of n-grams beside the network, or null without one
 * @param features how rows that are no text become vectors
 * @param series what a forecaster knows of its series, or null for other models
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
    FeatureSettings features,
    LearntSeries series,
    Vocabulary targets) {
  public SavedModel {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(parameters, "parameters");
    labels = List.copyOf(labels);
    if (!network.head().labels().isEmpty() && !labels.equals(network.head().labels())) {
      throw new IllegalArgumentException(
          "labels must be %s, those of the head, got %s"
              .formatted(network.head().labels(), labels));
    }
    boolean transcribes = network.head() instanceof CtcHead;
    int named = transcribes ? network.head().outputs() - 1 : network.head().classes();
    if (!labels.isEmpty() && labels.size() != named) {
      throw new IllegalArgumentException(
          "labels must name %d classes, got %s".formatted(named, labels));
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
    if (series != null) {
      checkSeries(network, series.layout());
    }
    if (wide != null) {
      checkWide(network, wide.model().outputs());
    }
    features.check(network.input());
  }

  /** Creates a model of texts, or of vectors as they come. */
  public SavedModel(
      NetworkSpec network,
      float[] parameters,
      TextSettings text,
      Vocabulary vocabulary,
      List<String> labels,
      TrainingHistory history,
      WideBranch wide) {
    this(
        network,
        parameters,
        text,
        vocabulary,
        labels,
        history,
        wide,
        FeatureSettings.NONE,
        null,
        null);
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

  /** Returns this model with what it takes to read text. */
  public SavedModel withText(TextSettings text, Vocabulary vocabulary) {
    return new SavedModel(
        network, parameters, text, vocabulary, labels, history, wide, features, series, targets);
  }

  /** Returns this model with names of its classes. */
  public SavedModel withLabels(List<String> labels) {
    return new SavedModel(
        network, parameters, text, vocabulary, labels, history, wide, features, series, targets);
  }

  /** Returns this model with the labels that it transcribes to. */
  public SavedModel withAlphabet(Alphabet alphabet) {
    return withLabels(alphabet.labels()).withFeatures(features.with(alphabet.unit()));
  }

  /** Returns the labels that it transcribes to, or null if it does not transcribe. */
  public Alphabet alphabet() {
    return features.labels() == null ? null : new Alphabet(features.labels(), labels);
  }

  /** Returns this model with how rows become vectors. */
  public SavedModel withFeatures(FeatureSettings features) {
    return new SavedModel(
        network, parameters, text, vocabulary, labels, history, wide, features, series, targets);
  }

  /** Returns this model with what it knows of its series. */
  public SavedModel withSeries(LearntSeries series) {
    return new SavedModel(
        network, parameters, text, vocabulary, labels, history, wide, features, series, targets);
  }

  /** Returns this model with the tokens of its translations. */
  public SavedModel withTargets(Vocabulary targets) {
    return new SavedModel(
        network, parameters, text, vocabulary, labels, history, wide, features, series, targets);
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

  private static void checkSeries(NetworkSpec network, SeriesLayout layout) {
    if (!(network.head() instanceof ForecastHead head)
        || head.horizon() != layout.horizon()
        || head.values() != layout.values()
        || head.season() != layout.season()
        || !(network.input() instanceof InputSpec.Vectors vectors)
        || vectors.size() != layout.inputSize()) {
      throw new IllegalArgumentException(
          "the network must forecast %d steps of %d values from vectors of %d, got %s and %s"
              .formatted(
                  layout.horizon(),
                  layout.values(),
                  layout.inputSize(),
                  network.head(),
                  network.input()));
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
