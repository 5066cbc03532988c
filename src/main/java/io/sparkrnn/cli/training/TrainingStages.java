package io.sparkrnn.cli.training;

import io.sparkrnn.cli.options.OptionNames;
import io.sparkrnn.cli.options.ParamOptions;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextSettings;
import io.sparkrnn.spark.RnnClassificationModel;
import io.sparkrnn.spark.RnnEstimator;
import io.sparkrnn.spark.RnnModel;
import io.sparkrnn.spark.RnnTagger;
import io.sparkrnn.spark.RnnTranslator;
import io.sparkrnn.spark.SequencePadder;
import io.sparkrnn.spark.VocabularyIndexer;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.params.NetworkSetup;
import io.sparkrnn.spark.rows.TokenizedRows;
import io.sparkrnn.spark.training.SavedModels;
import io.sparkrnn.text.Padding;
import io.sparkrnn.text.TextUnit;
import io.sparkrnn.text.Vocabulary;
import java.util.EnumMap;
import java.util.List;
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

  /** Options that texts alone have. */
  private static final List<String> OF_TEXTS =
      List.of("text-col", "min-count", "max-length", "padding", "truncating");

  private final VocabularyIndexer indexer = new VocabularyIndexer();
  private final SequencePadder padder = new SequencePadder();
  private final Map<Task, RnnEstimator<?, ?>> estimators = new EnumMap<>(Task.class);
  private final ParamOptions options = new ParamOptions();
  private Task task = Task.CLASSIFY;

  /** The words of the model that training starts from, or null. */
  private Vocabulary words;

  /** The words of its translations, or null. */
  private Vocabulary targetWords;

  /** The names of the classes, none where labels are numbers. */
  private List<String> classes = List.of();

  public TrainingStages() {
    for (Task each : Task.values()) {
      RnnEstimator<?, ?> estimator = each.estimator();
      estimator.setDefault(estimator.validationSplit(), HELD_OUT);
      estimator.setDefault(estimator.checkpointInterval(), 1);
      estimators.put(each, estimator);
    }
  }

  /** Adds the options of all stages to a command. */
  public void addOptions(CommandSpec command) {
    options.add(command, indexer);
    options.add(command, padder);
    estimators.values().forEach(estimator -> options.add(command, estimator));
  }

  /**
   * Sets the task, and the parameters given on the command line.
   *
   * @param named the task, or null for the one that the loss is for
   */
  public void apply(ParseResult parsed, Task named) {
    options.apply(parsed);
    task = named != null ? named : Task.of(estimator().getLoss());
    RnnEstimator<?, ?> estimator = estimator();
    if (!estimator.getValidationIndicatorCol().isEmpty()) {
      estimator.setDefault(estimator.validationSplit(), 0.0);
    }
    if (estimator.getShards() > 0) {
      estimator.setDefault(estimator.batchesPerRound(), estimator.getBatchesPerRound());
      estimator.setDefault(estimator.outerUpdate(), estimator.getOuterUpdate());
      estimator.setDefault(estimator.outerMomentum(), estimator.getOuterMomentum());
    }
    if (task == Task.TAG) {
      indexer.setDefault(indexer.minCount(), RnnTagger.MIN_COUNT);
    }
    if (!task.truncates()) {
      padder.setDefault(padder.maxLength(), Integer.MAX_VALUE);
      padder.setDefault(padder.truncating(), "post");
    }
    if (estimator instanceof RnnTranslator) {
      padder.setDefault(padder.maxLength(), RnnTranslator.MAX_LENGTH);
      padder.setDefault(padder.truncating(), "post");
    }
  }

  /**
   * Checks that the parameters do not contradict each other.
   *
   * @throws InputException when they do
   */
  public void check() {
    if (task == Task.TRANSCRIBE && readsTexts()) {
      throw new InputException("--task transcribe needs --audio-col or --features-col");
    }
    try {
      estimator().trainingConfig(2);
      estimator().checkParams();
      if (!estimator().getMaskZero() && readsTexts()) {
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
    String path = estimator().getInitialModel();
    if (path.isEmpty()) {
      return;
    }
    SavedModel start = SavedModels.read(path, spark.sparkContext().hadoopConfiguration());
    if (start.vocabulary() == null) {
      throw new InputException(
          "model '" + path + "' has no words; --start-from needs a model of texts");
    }
    checkUnit(path, start.text().unit());
    NetworkSetup.setDefaults(estimator(), start.network());
    words = start.vocabulary();
    targetWords = start.targets();
    check();
  }

  private void checkUnit(String path, TextUnit given) {
    TextUnit needed = task.unit(estimator());
    if (given != needed) {
      throw new InputException(
          "model '%s' must be of %ss for --start-from, as this training is, got one of %ss"
              .formatted(path, needed.noun(), given.noun()));
    }
  }

  /**
   * Checks that each option of the stages that was given is read.
   *
   * @param given options of the command line, without dashes. Not modified.
   * @throws InputException when one is not
   */
  public void checkRead(Set<String> given) {
    task.checkRead(given);
    if (!readsTexts()) {
      for (String option : OF_TEXTS) {
        if (given.contains(option)) {
          throw new InputException(
              "--%s is for texts, and is not read with --%s-col; leave it out"
                  .formatted(option, TrainingInputOptions.use(estimator()).word()));
        }
      }
    } else if (given.contains("vector-size")) {
      throw new InputException("--vector-size is read with --features-col only");
    }
    options.checkRead(given);
  }

  private boolean readsTexts() {
    return TrainingInputOptions.use(estimator()).isOfWords();
  }

  /** Returns the value of every option that was set. */
  Map<String, String> settings() {
    return options.settings();
  }

  /** Returns the value of every option that was left as it is and has an effect. */
  Map<String, String> defaults() {
    Map<String, String> defaults = options.defaults();
    task.unread().forEach(name -> defaults.remove(OptionNames.canonical(name)));
    (readsTexts() ? List.of("features-col") : OF_TEXTS).forEach(defaults::remove);
    estimator().unread().forEach(name -> defaults.remove(OptionNames.canonical(name)));
    defaults.computeIfPresent(
        OptionNames.canonical(estimator().stepSize().name()),
        (name, value) -> String.valueOf(estimator().getStepSize()));
    if (estimator() instanceof RnnTranslator translator) {
      defaults.computeIfPresent("unit", (name, value) -> translator.getUnit());
      defaults.computeIfPresent(
          "tie-embedding", (name, value) -> String.valueOf(translator.getTieEmbedding()));
    }
    return defaults;
  }

  /** Returns the stage that trains. */
  public RnnEstimator<?, ?> estimator() {
    return estimators.get(task);
  }

  /** Returns how these stages turn text into sequences. */
  TextSettings textSettings() {
    return TextSettings.of(
        task.unit(estimator()),
        new Padding(
            padder.getMaxLength(), side(padder.getPadding()), side(padder.getTruncating())));
  }

  private static Padding.Side side(String name) {
    return Padding.Side.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Sets the names of the classes, none where labels are numbers. */
  void setClasses(List<String> names) {
    classes = names;
  }

  /** Returns the names of the classes, none where labels are numbers. */
  List<String> classes() {
    return classes;
  }

  /**
   * Returns a model that knows the names of its classes, if they have any.
   *
   * @throws InputException when one of them has no row to train on
   */
  RnnModel<?> named(RnnModel<?> model) {
    if (classes.isEmpty()) {
      return model;
    }
    int learnt = model.network().head().classes();
    if (learnt != classes.size()) {
      throw new InputException(
          "each of the labels %s must have rows to train on, got %d of %d; leave rare ones out"
              .formatted(String.join(", ", classes), learnt, classes.size()));
    }
    return ((RnnClassificationModel) model).withLabels(classes);
  }

  /** Returns the stage that trains, which knows the words of reviews. */
  RnnEstimator<?, ?> taught(TokenizedRows reviews, Vocabulary vocabulary) {
    RnnEstimator<?, ?> estimator =
        estimator().setVocabularySize(vocabulary.size()).setVocabulary(vocabulary);
    if (estimator instanceof RnnTranslator translator) {
      Vocabulary targets =
          targetWords != null
              ? targetWords
              : reviews.targetVocabulary(
                  translator.getTargetVocabularySize(), indexer.getMinCount());
      translator.setTargetVocabularySize(targets.size()).setTargets(targets);
    }
    return estimator;
  }

  /** Returns the vocabulary of reviews, or of the model that training starts from. */
  Vocabulary vocabulary(TokenizedRows reviews) {
    return words != null
        ? words
        : reviews.vocabulary(indexer.getVocabularySize(), indexer.getMinCount());
  }
}
