package io.sparkrnn.cli.training;

import io.sparkrnn.cli.options.OptionNames;
import io.sparkrnn.cli.options.ParamOptions;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.spark.RnnClassifier;
import io.sparkrnn.spark.SequencePadder;
import io.sparkrnn.spark.VocabularyIndexer;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.NetworkDefaults;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.spark.training.SavedModels;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.Vocabulary;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The stages of a training, from text to network, and their options. */
public final class TrainingStages {
  /** Fraction of the reviews that is held out for validation when nobody says anything. */
  private static final double HELD_OUT = 0.1;

  private final VocabularyIndexer indexer = new VocabularyIndexer();
  private final SequencePadder padder = new SequencePadder();
  private final RnnClassifier classifier = new RnnClassifier();
  private final ParamOptions options = new ParamOptions();

  /** The words of the model that training starts from, or null. */
  private Vocabulary words;

  public TrainingStages() {
    classifier.setDefault(classifier.validationSplit(), HELD_OUT);
    classifier.setDefault(classifier.checkpointInterval(), 1);
  }

  /** Adds the options of all stages to a command. */
  public void addOptions(CommandSpec command) {
    options.add(command, indexer);
    options.add(command, padder);
    options.add(command, classifier);
  }

  /** Sets the parameters given on the command line, and the column of texts. */
  public void apply(ParseResult parsed, String textCol) {
    options.apply(parsed);
    if (!classifier.getValidationIndicatorCol().isEmpty()) {
      classifier.setDefault(classifier.validationSplit(), 0.0);
    }
    if (classifier.getShards() > 0) {
      classifier.setDefault(classifier.batchesPerRound(), classifier.getBatchesPerRound());
      classifier.setDefault(classifier.outerUpdate(), classifier.getOuterUpdate());
      classifier.setDefault(classifier.outerMomentum(), classifier.getOuterMomentum());
    }
  }

  /**
   * Checks that the parameters do not contradict each other.
   *
   * @throws InputException when they do
   */
  public void check() {
    try {
      classifier.trainingConfig(2);
      if (!classifier.getMaskZero()) {
        textSettings().padding().requireFillable();
      }
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  /**
   * Reads the model that training starts from, if there is one: its network is the default, and its
   * words are the words.
   *
   * @throws InputException when it cannot be read or has no words, or when an option does not suit
   */
  public void startFrom(SparkSession spark) {
    String path = classifier.getInitialModel();
    if (path.isEmpty()) {
      return;
    }
    SavedModel start = SavedModels.read(path, spark.sparkContext().hadoopConfiguration());
    if (start.vocabulary() == null) {
      throw new InputException(
          "model '" + path + "' has no words; --start-from needs a model of texts");
    }
    NetworkDefaults.set(classifier, start.network());
    words = start.vocabulary();
    check();
  }

  /**
   * Checks that each option of the stages that was given is read.
   *
   * @param given options of the command line, without dashes. Not modified.
   * @throws InputException when one is not
   */
  public void checkRead(Set<String> given) {
    options.checkRead(given);
  }

  /** Returns the value of every option that was set. */
  Map<String, String> settings() {
    return options.settings();
  }

  /** Returns the value of every option that was left as it is and has an effect. */
  Map<String, String> defaults() {
    Map<String, String> defaults = options.defaults();
    classifier.unread().forEach(name -> defaults.remove(OptionNames.canonical(name)));
    defaults.computeIfPresent(
        OptionNames.canonical(classifier.stepSize().name()),
        (name, value) -> String.valueOf(classifier.getStepSize()));
    return defaults;
  }

  /** Returns the stage that trains. */
  public RnnClassifier classifier() {
    return classifier;
  }

  /** Returns how these stages turn text into sequences. */
  TextSettings textSettings() {
    return TextSettings.of(
        new Padding(
            padder.getMaxLength(), side(padder.getPadding()), side(padder.getTruncating())));
  }

  private static Padding.Side side(String name) {
    return Padding.Side.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Returns the vocabulary of reviews, or of the model that training starts from. */
  Vocabulary vocabulary(TokenizedRows reviews) {
    return words != null
        ? words
        : reviews.vocabulary(indexer.getVocabularySize(), indexer.getMinCount());
  }
}
