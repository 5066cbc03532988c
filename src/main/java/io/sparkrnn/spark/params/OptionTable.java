package io.sparkrnn.spark.params;

import static io.sparkrnn.spark.options.OptionRow.Mark.AUTO;
import static io.sparkrnn.spark.options.OptionRow.Mark.BY_SHARDS;
import static io.sparkrnn.spark.options.OptionRow.Mark.INTERNAL;
import static io.sparkrnn.spark.options.OptionRow.Mark.OF_ALL_LAYERS;
import static io.sparkrnn.spark.options.OptionRow.Mark.OF_TOKENS;
import static io.sparkrnn.spark.options.OptionRow.Mark.OF_VECTORS;
import static io.sparkrnn.spark.options.OptionRow.ReadWith.POSITIVE;
import static io.sparkrnn.spark.options.OptionRow.at;
import static io.sparkrnn.spark.options.OptionRow.flag;
import static io.sparkrnn.spark.options.OptionRow.numbers;
import static io.sparkrnn.spark.options.OptionRow.readWith;
import static io.sparkrnn.spark.options.OptionRow.real;
import static io.sparkrnn.spark.options.OptionRow.standard;
import static io.sparkrnn.spark.options.OptionRow.text;
import static io.sparkrnn.spark.options.OptionRow.whole;
import static io.sparkrnn.spark.options.OptionRow.wholeLong;
import static io.sparkrnn.spark.options.OptionRule.CYCLES;
import static io.sparkrnn.spark.options.OptionRule.FRACTION;
import static io.sparkrnn.spark.options.OptionRule.INTERVAL;
import static io.sparkrnn.spark.options.OptionRule.NAMES;
import static io.sparkrnn.spark.options.OptionRule.QUANTILES;
import static io.sparkrnn.spark.options.OptionRule.RATE;
import static io.sparkrnn.spark.options.OptionRule.THRESHOLDS;
import static io.sparkrnn.spark.options.OptionRule.UNITS;
import static io.sparkrnn.spark.options.OptionRule.above;
import static io.sparkrnn.spark.options.OptionRule.atLeast;
import static io.sparkrnn.spark.options.OptionRule.between;
import static io.sparkrnn.spark.options.OptionRule.oneOf;
import static io.sparkrnn.spark.options.OptionRule.within;
import static io.sparkrnn.spark.params.ParamGroup.group;
import static io.sparkrnn.spark.params.ParamGroup.task;

import io.sparkrnn.io.CheckpointStore;
import io.sparkrnn.spark.options.ClassWeightText;
import io.sparkrnn.spark.options.LayerText;
import io.sparkrnn.spark.options.OptionRow;
import io.sparkrnn.spark.options.OptionRule;
import io.sparkrnn.text.Ngrams;
import io.sparkrnn.train.shards.Refusals;
import io.sparkrnn.train.translation.Beam;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Params;

/**
 * The table of all options: a row each, in groups that are the records of the configuration.
 *
 * <p>From a row come the parameter of the Spark ML stages with getter and setter, the option of the
 * command line and of configuration files, its help and its row in {@code options.md}. Its default
 * is that of the record's component of the same name, or of the one that {@code at} names; what no
 * record has says {@code standard} itself.
 *
 * <p>Interfaces and page are generated, and checked in. To add an option: write its row; {@code mvn
 * test -Drenew -Dtest=ParamsSourceTest} writes getter and setter; give its record the component and
 * use it; {@code mvn test -Drenew -Dtest=OptionsPageTest} writes the page.
 */
public final class OptionTable {
  private static final String UNITS_OF_TEXT =
      "what a text is cut into: word (in lower case, without marks), token (words and marks as they are) or character";
  private static final OptionRule ONE_OF_UNITS = oneOf("word", "token", "character");

  // spotless:off
  static final ParamGroup COLUMN = group("Column", "Columns of a stage that computes one from another",
      text("inputCol", "column to read", INTERNAL),
      text("outputCol", "column to add", INTERNAL));

  static final ParamGroup VOCABULARY = group("Vocabulary", "Vocabulary: which tokens get an id of their own",
      whole("vocabularySize", "most token ids, 0 (padding) and 1 (out of vocabulary) included", atLeast(3)),
      whole("minCount", "times a token must occur in the training reviews to get an id", atLeast(1), standard(1)));

  static final ParamGroup PADDING = group("Padding", "Padding: sequences of one length, as keras.utils.pad_sequences makes them",
      whole("maxLength", "most tokens of a review that are used", atLeast(1), standard(500)),
      text("padding", "side on which short reviews are padded: pre or post", oneOf("pre", "post"), standard("pre")),
      text("truncating", "side on which long reviews are cut: pre or post", oneOf("pre", "post"), standard("pre")));

  static final ParamGroup UNIT = group("Unit", "Texts: what they are cut into",
      text("unit", UNITS_OF_TEXT, ONE_OF_UNITS, standard("word")));

  static final ParamGroup SCORING = group("Scoring", "Columns and thresholds, the same for training and scoring",
      text("featuresCol", "column of vectors, array<array<float>> or array<vector> (with vectorSize 1 also array<float>); "
          + "or of token ids, array<int>, id 0 being padding",
          standard("features")),
      text("audioCol", "column of audio, read in place of featuresCol: WAV files (binary), or their paths, absolute or "
          + "relative to the input; none when empty",
          standard("")),
      text("audioDirectory", "directory that relative paths of audioCol are below; none when empty", INTERNAL, standard("")),
      text("labelCol", "column of labels: class indices 0, 1, ... or, of a regression, numbers",
          standard("label")),
      text("weightCol", "column of example weights; none when empty", standard("")),
      text("predictionCol", "output column of the predicted class or value; none when empty",
          INTERNAL, standard("prediction")),
      text("probabilityCol", "output column of the probability of every class; none when empty",
          INTERNAL, standard("probability")),
      text("rawPredictionCol", "output column of the log odds (two classes), log probabilities (more) or the value; "
          + "none when empty",
          INTERNAL, standard("rawPrediction")),
      text("attentionCol", "output column of the weights of attention pooling, array<float>, one per id of "
          + "featuresCol; none when empty",
          INTERNAL, standard("")),
      text("reasonCol", "output column that says why a row has no prediction; none when empty", INTERNAL, standard("")),
      text("handleInvalid", "what becomes of a row that cannot be scored: error (scoring fails), skip (it is left out) "
          + "or keep (its predictions are null)",
          oneOf("error", "skip", "keep"), INTERNAL, standard("error")),
      numbers("thresholds", "one threshold per class: the class with the largest p / threshold is predicted",
          THRESHOLDS));

  static final ParamGroup ROWS = group("Rows", "Rows: which are held out, and how many may be refused",
      text("validationIndicatorCol", "boolean column that marks validation rows; none when empty", standard("")),
      text("groupCol", "column of groups, such as films, products or customers: rows of one group stay on one side of "
          + "every split; none when empty", standard("")),
      real("validationSplit", "fraction of the rows held out for validation, by a seeded hash of ids and label; equal "
          + "rows stay together",
          RATE, standard(0.0)),
      real("maxRefusedFraction", "largest fraction of refused rows that training accepts", FRACTION, standard(Refusals.MAX_FRACTION)));

  static final ParamGroup NETWORK = group("Network", "Network, in the words and formulas of Keras",
      text("layer", "kind of the recurrent layers: simple_rnn, lstm or gru",
          oneOf("simple_rnn", "lstm", "gru"), OF_ALL_LAYERS, at("cell")),
      text("units", "units of a recurrent layer; a comma list, first layer first, stacks several", UNITS, OF_ALL_LAYERS),
      flag("bidirectional", "whether each recurrent layer also reads the sequence from its end",
          OF_ALL_LAYERS, standard(false)),
      text("mergeMode", "how a bidirectional layer joins its directions: concat, sum, mul or ave",
          oneOf("concat", "sum", "mul", "ave"), OF_ALL_LAYERS, standard("concat"), readWith("bidirectional", "true")),
      real("dropout", "fraction of a recurrent layer's inputs dropped while training", RATE, OF_ALL_LAYERS),
      real("recurrentDropout", "fraction of the previous state dropped while training", RATE, OF_ALL_LAYERS),
      flag("resetAfter", "gru only: whether the reset gate comes after the recurrent product",
          OF_ALL_LAYERS, readWith("layer", "gru")),
      flag("goBackwards", "whether each recurrent layer reads its input from the end", OF_ALL_LAYERS),
      text("layers", "a stack of different recurrent layers, in place of layer, units and the options of all layers, "
          + "such as 'bidirectional(gru:64, mergeMode=sum), lstm:32 dropout=0.2 recurrentDropout=0.2, gru:16 "
          + "goBackwards resetAfter=false'",
          LayerText.RULE, standard("")),
      text("pooling", "what the output layer sees of the steps: last, max, mean, max_mean or attention",
          oneOf("last", "max", "mean", "max_mean", "attention")),
      whole("vocabularySize", "number of token ids, padding and out-of-vocabulary included", atLeast(2), OF_TOKENS),
      whole("embeddingSize", "width of an embedding row", atLeast(1), OF_TOKENS),
      flag("maskZero", "whether steps with id 0 are skipped; if not, they are read like any other id", OF_TOKENS),
      real("embeddingDropout", "fraction of a sequence's words dropped while training, each at all its places",
          RATE, OF_TOKENS),
      real("spatialDropout", "fraction of the embedding's channels dropped while training, one mask per sequence",
          RATE, OF_TOKENS),
      whole("vectorSize", "width of the vectors of featuresCol; 0 when it holds token ids", atLeast(0), standard(0)),
      text("initialModel", "model directory, of whatever task, that training starts from: its words, embedding and "
          + "recurrent layers, and its output layer where it is the same; none when empty",
          standard("")));

  static final ParamGroup FEATURE = group("Feature", "Vectors and audio: --features-col, --audio-col",
      flag("standardize", "whether each number of the vectors is shifted and scaled to mean 0 and deviation 1 over the "
          + "training rows; unless set, true for audio",
          OF_VECTORS, standard(false)),
      whole("melBands", "audio: bands of a frame, the numbers that the network reads", atLeast(1), OF_VECTORS, standard(32)),
      real("melLow", "audio: where the bands begin, in Hz", atLeast(0), OF_VECTORS, standard(60.0)),
      real("melHigh", "audio: where the bands end, in Hz; at most half of the files' samples a second",
          above(0), OF_VECTORS, standard(4000.0)),
      real("frameMillis", "audio: length of a frame", within(1, 1000), OF_VECTORS, standard(25.0)),
      real("hopMillis", "audio: from one frame to the next", within(1, 1000), OF_VECTORS, standard(10.0)));

  static final ParamGroup EMBEDDING_TRAINING = group("EmbeddingTraining", "Embedding: how it begins and is trained",
      text("embeddingUpdates", "embedding rows a step updates: auto (those of the batch's tokens where that changes "
          + "nothing else), dense (all) or lazy (those of the batch's tokens, also with adam and adamw)",
          oneOf("auto", "dense", "lazy"), OF_TOKENS),
      text("pretrainedVectors", "text file of word vectors (word2vec, GloVe, fastText; .gz too) that the embedding "
          + "starts from; none when empty",
          OF_TOKENS, standard("")),
      text("missingVectors", "where words without a pretrained vector start: random or zero",
          oneOf("random", "zero"), OF_TOKENS, standard("random"), readWith("pretrainedVectors")),
      flag("freezeEmbedding", "whether the embedding is not trained", OF_TOKENS));

  static final ParamGroup OBJECTIVE = group("Objective", "Objective: what is minimized",
      text("loss", "auto (by task and labels), binary_crossentropy or categorical_crossentropy; of numbers "
          + "mean_squared_error (auto), mean_absolute_error or, of a regression, huber",
          oneOf("auto", "binary_crossentropy", "categorical_crossentropy", "mean_squared_error", "mean_absolute_error",
              "huber"),
          standard("auto")),
      real("labelSmoothing", "how far training targets move towards the uniform distribution", RATE),
      real("l2", "factor of the L2 penalty on all kernels, which the training loss includes", atLeast(0)),
      text("classWeight", "how much the examples of each class count in training: balanced, or such as 0=1.0,1=2.5, "
          + "where classes left out have 1; empty for 1 each",
          ClassWeightText.RULE, standard("")));

  static final ParamGroup OPTIMIZATION = group("Optimization", "Optimization: how a gradient moves the parameters",
      text("optimizer", "sgd, rmsprop, adam or adamw", oneOf("sgd", "rmsprop", "adam", "adamw"), at("optimizer.kind")),
      real("stepSize", "learning rate; unless set, 0.01 for sgd", above(0), at("learningRate")),
      real("momentum", "momentum of sgd and rmsprop",
          RATE, at("optimizer.momentum"), readWith("optimizer", "sgd", "rmsprop")),
      flag("nesterov", "sgd only: Nesterov momentum", readWith("optimizer", "sgd")),
      real("rho", "rmsprop: decay of the mean square", RATE, readWith("optimizer", "rmsprop")),
      real("beta1", "adam and adamw: decay of the first moment", RATE, readWith("optimizer", "adam", "adamw")),
      real("beta2", "adam and adamw: decay of the second moment", RATE, readWith("optimizer", "adam", "adamw")),
      real("epsilon", "rmsprop, adam and adamw: keeps the division finite",
          above(0), readWith("optimizer", "rmsprop", "adam", "adamw")),
      real("weightDecay", "adamw only: decay of the parameters per step and learning rate", atLeast(0)),
      text("schedule", "learning rate over time: constant, exponential or cosine",
          oneOf("constant", "exponential", "cosine"), at("schedule.kind")),
      real("decayRate", "exponential: factor reached after decayEpochs",
          above(0), standard(0.1), readWith("schedule", "exponential")),
      real("alpha", "cosine: factor reached after decayEpochs", FRACTION, standard(0.0), readWith("schedule", "cosine")),
      real("decayEpochs", "epochs the schedule takes to decay, 0 for all after the warm-up",
          atLeast(0), standard(0.0), readWith("schedule", "exponential", "cosine")),
      real("warmUpEpochs", "epochs over which the learning rate rises from 0", atLeast(0), standard(0.0)),
      whole("plateauPatience", "epochs without a better loss before the learning rate is reduced, 0 for never",
          atLeast(0), at("plateau.patience")),
      real("plateauFactor", "what a plateau of the loss multiplies the learning rate by",
          between(0, 1), at("plateau.factor"), readWith("plateauPatience", POSITIVE)),
      real("plateauMinDelta", "what the loss has to fall by, at least, to be better",
          atLeast(0), at("plateau.minDelta"), readWith("plateauPatience", POSITIVE)),
      whole("plateauCooldown", "epochs after a reduction of the learning rate that are not watched",
          atLeast(0), at("plateau.cooldown"), readWith("plateauPatience", POSITIVE)),
      real("minLearningRate", "plateaus do not reduce the learning rate below this",
          atLeast(0), readWith("plateauPatience", POSITIVE)),
      real("clipvalue", "largest absolute entry of the gradient, 0 for no limit", atLeast(0), at("clipping.value")),
      real("clipnorm", "largest norm of one variable's gradient, 0 for no limit", atLeast(0), at("clipping.norm")),
      real("globalClipnorm", "largest norm of the whole gradient, 0 for no limit",
          atLeast(0), at("clipping.globalNorm")),
      real("emaMomentum", "momentum of the moving average of the weights, which is evaluated and becomes the model; 0 "
          + "for none",
          RATE, at("ema.momentum")),
      whole("emaExamples", "examples that the moving average remembers, whatever batches and shards: sets emaMomentum; 0 "
          + "to leave it",
          atLeast(0), standard(0)),
      whole("truncatedSteps", "steps that a gradient goes back in time at most, in segments counted from each "
          + "sequence's end; 0 for all",
          atLeast(0)));

  static final ParamGroup BATCHING = group("Batching", "Batching: how the rows of a shard are grouped",
      whole("batchSize", "examples that are computed together, per shard; one local step, unless accumulateBatches is "
          + "more than 1",
          atLeast(1)),
      whole("accumulateBatches", "batches whose gradients add up to one step, as if they were one batch", atLeast(1)),
      whole("poolBatches", "steps whose rows are sorted by length together, 0 for no sorting", atLeast(0)),
      real("wordDropout", "fraction of a sequence's words left out of it while training, which makes it shorter",
          RATE, OF_TOKENS));

  static final ParamGroup ROUNDS = group("Rounds", "Rounds: how shards train side by side and are averaged",
      whole("shards", "logical shards trained side by side, or auto to choose by rows, steps and weights; part of the "
          + "result, unlike executors and cores",
          AUTO, atLeast(0), standard(0)),
      whole("batchesPerRound", "local steps between two averagings, 0 for one averaging per epoch", BY_SHARDS, atLeast(0)),
      text("outerUpdate", "what is done with the mean of the shards: mean (taken as it is) or nesterov (momentum)",
          BY_SHARDS, oneOf("mean", "nesterov")),
      real("outerMomentum", "momentum of outerUpdate nesterov", BY_SHARDS, RATE, readWith("outerUpdate", "nesterov")),
      whole("aggregationDepth", "1: the driver sums the shards itself; 2 or more: executors first sum groups of shards",
          atLeast(1), standard(1)));

  static final ParamGroup STOPPING = group("Stopping", "Stopping: when training ends",
      whole("maxIter", "number of epochs", atLeast(1), at("epochs")),
      whole("patience", "epochs without a better validation loss before training stops and the best weights return, 0 "
          + "for never",
          atLeast(0)));

  static final ParamGroup EXECUTION = group("Execution", "Execution: how a task computes its batches",
      whole("chunkRows", "most rows of a batch computed at once, the gradients of such chunks summed in order; part of "
          + "the result, unlike threadsPerTask; auto for a quarter of a batch, 16 at least",
          AUTO, atLeast(0), standard(0)),
      whole("threadsPerTask", "threads that work on the chunks of a batch, at most as many as chunks; auto for the cores "
          + "that a task can have: those of the machine or the executors, by shards, and spark.task.cpus if set",
          AUTO, atLeast(0), standard(0)),
      whole("maxTapeMegabytes", "memory of a task's tapes, in MB, above which a batch keeps only some states and "
          + "computes the rest a second time, with the same result; 0 for no limit",
          atLeast(0)));

  static final ParamGroup WIDE = group("Wide", "Wide branch: a linear model of n-grams beside the network",
      flag("wide", "whether a linear model of the text's n-grams is trained beside the network and combined with it; "
          + "needs texts and classes",
          OF_TOKENS),
      whole("wideNgrams", "words of the longest n-grams", within(1, Ngrams.LONGEST), OF_TOKENS, readWith("wide", "true")),
      whole("wideFeatures", "most n-grams that have a weight: those of the most reviews",
          atLeast(1), OF_TOKENS, readWith("wide", "true")),
      whole("wideMinCount", "reviews an n-gram must be in to have a weight",
          within(1, 255), OF_TOKENS, readWith("wide", "true")),
      real("wideRegularization", "factor of the L2 penalty on its coefficients, beside the sum of all losses: 1 / C of "
          + "scikit-learn",
          above(0), OF_TOKENS, readWith("wide", "true")));

  public static final ParamGroup LANGUAGE = task("Language", "Language models: --task language-model",
      whole("segmentLength", "tokens of each row of a step, which gradients go back; states go on from segment to segment",
          atLeast(1)),
      flag("tieEmbedding", "whether outputs share the embedding of the inputs", standard(true)),
      whole("softmaxSamples", "tokens, drawn once a step, that the next one is compared with where softmax is sampled in "
          + "training; needs tieEmbedding",
          atLeast(1), standard(1024)),
      whole("sampleAbove", "vocabulary size above which softmax is sampled in training; metrics are always exact",
          atLeast(0), standard(10_000)));

  public static final ParamGroup REGRESSION = task("Regression", "Regression: --task regress",
      real("delta", "huber: how many standard deviations of the labels an error may have before it counts by its size, "
          + "not by its square",
          above(0), standard(1.0), readWith("loss", "huber")));

  public static final ParamGroup FORECAST = task("Forecast", "Forecasts of time series: --task forecast",
      text("seriesCol", "column of the series' names; one series when empty", standard("")),
      text("timeCol", "column of times: dates, times, months such as 1949-01, or numbers", standard("time")),
      text("valueCols", "columns of the values to forecast, separated by commas", NAMES, standard("value")),
      text("covariateCols", "columns of numbers that are known in advance, separated by commas; none when empty",
          standard("")),
      whole("window", "steps of a series that are read to forecast the next ones", atLeast(1), standard(30)),
      whole("horizon", "steps that are forecast, all at once", atLeast(1), standard(1)),
      whole("season", "steps after which values come again, which seasonal baselines and MASE go by; 1 without any",
          atLeast(1), standard(1)),
      flag("residual", "whether what is learnt is the difference from the value one season before, which the window must "
          + "reach; with season 1 from the last value", standard(false)),
      text("gaps", "where rows are further apart than usual: skip (windows that reach over the gap are left out) or "
          + "join (rows are taken as they follow)", oneOf("skip", "join"), standard("skip")),
      text("calendar", "cycles of the calendar that are read beside the values: hour, weekday, month, yearday, "
          + "separated by commas; none when empty", CYCLES, standard("")),
      text("quantiles", "probabilities of quantiles to forecast, such as 0.1,0.5,0.9, with 0.5 among them; none when "
          + "empty", QUANTILES, standard("")));

  public static final ParamGroup TRANSLATION = task("Translation", "Translation: --task translate",
      text("unit", UNITS_OF_TEXT, ONE_OF_UNITS, standard("token")),
      whole("targetVocabularySize", "most token ids of the translations, 0 (end) and 1 (out of vocabulary) included",
          atLeast(3), standard(10_000)),
      text("attention", "how a state of the decoder is compared with the encoder's: general (Luong, 2015) or additive "
          + "(Bahdanau, 2015)",
          oneOf("general", "additive"), standard("general")),
      flag("tieEmbedding", "whether outputs share the embedding of the decoder", standard(false)));

  public static final ParamGroup TRANSLATING = task("Translating", "Translating: columns, and how translations are searched for",
      text("sourceCol", "column of texts to translate", standard("source")),
      text("targetCol", "column of their translations", standard("target")),
      whole("beam", "translations of a text that are tried side by side; 1 for the most probable token each time",
          atLeast(1), standard(Beam.defaults().width())),
      real("lengthPenalty", "translations are compared by the logarithm of their probability / length ^ lengthPenalty: 0 "
          + "favours short ones",
          within(0.0, 10.0), standard(Beam.defaults().lengthPenalty())),
      whole("translationLength", "most tokens of a translation", atLeast(1), standard(Beam.defaults().maxLength())));
  public static final ParamGroup TAGGING = task("Tagging", "Tagging: --task tag",
      text("tokensCol", "column of words: an array of them, or a text in which blanks separate them", standard("tokens")),
      flag("crf", "whether the label of a word depends on those beside it, by a conditional random field",
          standard(false)));

  static final ParamGroup UNLABELLED = group("Unlabelled", "Rows without a label: how they are learnt from",
      whole("pretraining", "epochs as a language model, on the texts of all rows with a label or without but those held "
          + "out, that words and layers are trained for before they learn from labels; 0 for none; needs texts and layers "
          + "that read forward",
          OF_TOKENS, atLeast(0), standard(0)),
      whole("selfTraining", "how many times to train again, on the rows without a label that the model before is most "
          + "certain of, by its labels; the best on validation rows is the model; 0 for never; needs texts and classes",
          OF_TOKENS, atLeast(0), standard(0)),
      real("selfTrainingFraction", "fraction of the rows without a label that is trained on, in the classes' shares",
          OF_TOKENS, FRACTION, standard(0.5), readWith("selfTraining", POSITIVE)));

  public static final ParamGroup TRANSCRIPT = task("Transcript", "Transcripts: --task transcribe",
      text("labelUnit", "what the labels of a text are: character or word (with spaces between); an array has its own",
          oneOf("character", "word"), standard("character")),
      whole("labelBeam", "beginnings of labels that are followed side by side when rows are transcribed, 1 for the best "
          + "path",
          atLeast(1), standard(1)),
      whole("labelCount", "number of different labels", atLeast(0), INTERNAL, standard(0)));

  static final ParamGroup CHECKPOINT = group("Checkpoint", "Checkpoints: when progress is saved, and whether training goes on from there",
      whole("checkpointInterval", "epochs between two checkpoints, -1 for none", INTERVAL, standard(-1)),
      whole("checkpointRounds", "rounds between two checkpoints within an epoch, 0 for none",
          atLeast(0), standard(0)),
      real("checkpointMinutes", "minutes from one checkpoint to the next within an epoch, 0 for none",
          atLeast(0), standard(10.0)),
      whole("checkpointsToKeep", "how many checkpoints stay, the latest ones", within(2, CheckpointStore.MOST), standard(2)),
      text("checkpointDir", "directory of the checkpoint, on any Hadoop file system; none when empty",
          INTERNAL, standard("")),
      flag("resume", "whether to go on from the checkpoint that an unfinished training left, if there is one",
          standard(false)));

  static final ParamGroup RUN = group("Run", "The run as a whole",
      whole("monitorEvery", "batches between two samples of the gradient norm by time step, 0 for none", atLeast(0)),
      wholeLong("seed", "seed of everything random"));
  // spotless:on

  private static final List<ParamGroup> GROUPS =
      List.of(
          COLUMN,
          VOCABULARY,
          PADDING,
          UNIT,
          SCORING,
          ROWS,
          NETWORK,
          FEATURE,
          EMBEDDING_TRAINING,
          OBJECTIVE,
          OPTIMIZATION,
          BATCHING,
          ROUNDS,
          STOPPING,
          EXECUTION,
          WIDE,
          UNLABELLED,
          LANGUAGE,
          REGRESSION,
          FORECAST,
          TRANSLATION,
          TRANSLATING,
          TRANSCRIPT,
          TAGGING,
          CHECKPOINT,
          RUN);

  private OptionTable() {}

  /** Returns all groups, in the order of the help. */
  public static List<ParamGroup> groups() {
    return GROUPS;
  }

  /** Returns the groups whose options are parameters of a stage. */
  public static List<ParamGroup> groups(Params stage) {
    return GROUPS.stream().filter(group -> group.isOf(stage)).toList();
  }

  /** Returns all rows. */
  static Stream<OptionRow> rows() {
    return GROUPS.stream().flatMap(group -> group.rows().stream());
  }

  /**
   * Sets the defaults of all options of a stage that have one.
   *
   * @param stage the stage. Modified.
   */
  public static void setDefaults(Params stage) {
    for (ParamGroup group : groups(stage)) {
      for (OptionRow row : group.rows()) {
        row.defaultValue().ifPresent(value -> stage.setDefault(stage.getParam(row.name()), value));
      }
    }
  }
}
