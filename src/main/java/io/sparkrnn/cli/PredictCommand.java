package io.sparkrnn.cli;

import io.sparkrnn.cli.options.OptionChecks;
import io.sparkrnn.io.SavedModel;
import io.sparkrnn.io.TextClassifier;
import io.sparkrnn.io.language.Generation;
import io.sparkrnn.io.language.LanguageModel;
import io.sparkrnn.io.sequence.SequenceTagger;
import io.sparkrnn.io.translation.Translator;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.nn.TagHead;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.spark.input.InputException;
import io.sparkrnn.spark.training.SavedModels;
import io.sparkrnn.train.translation.Beam;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code submit/predict}: what a model says of some texts, without a Spark job. */
@Command(
    name = "predict",
    sortOptions = false,
    description = {
      "Answers texts, given, typed or piped, one a line, with a line each.",
      "A classifier answers probability and label, a regression its number, a tagger a label for"
          + " each word (blanks separate them); a language model continues the text, a translator"
          + " translates it."
    })
public final class PredictCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "directory of the model")
  private String directory;

  @Parameters(paramLabel = "TEXT", arity = "0..*", description = "texts; none to read them")
  private List<String> texts = List.of();

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "language models: most words or characters to add; translators: most tokens of a"
              + " translation (default: ${DEFAULT-VALUE})")
  private int length;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description =
          "language models: below 1 for what is probable, above for surprises, 0 for the most"
              + " probable each time (default: ${DEFAULT-VALUE})")
  private double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "language models: draw from the K most probable, 0 for all (default: ${DEFAULT-VALUE})")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description =
          "language models: draw from as few as have the probability P together (default:"
              + " ${DEFAULT-VALUE})")
  private double topP;

  @Option(
      names = "--beam",
      paramLabel = "B",
      description =
          "language models: search with B continuations side by side, draw nothing (default: 1);"
              + " translators: with B translations (default: 4)")
  private Integer beam;

  @Option(
      names = "--length-penalty",
      paramLabel = "X",
      description =
          "translators: 0 to prefer probable translations, which are short, 1 those whose tokens"
              + " are probable (default: 1)")
  private Double lengthPenalty;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "language models: seed of what is drawn (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "print this help")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    OptionChecks.path("--model", directory);
    UnaryOperator<String> answer = answer(SavedModels.read(directory, new Configuration()));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (texts.isEmpty()) {
      answerLines(System.in, answer, out);
    } else {
      texts.forEach(text -> out.println(answer.apply(text)));
    }
    return 0;
  }

  private UnaryOperator<String> answer(SavedModel model) {
    if (model.features().isAudio()) {
      return new AudioAnswers(model, beam == null ? 1 : beam)::answer;
    }
    if (model.series() != null) {
      throw new InputException(
          "the model at %s forecasts series, of which a line has not enough; use submit/score, or Forecaster from Java"
              .formatted(directory));
    }
    if (model.text() == null
        || model.vocabulary() == null
        || !(model.network().input() instanceof InputSpec.Tokens)) {
      throw new InputException(
          "the model at %s reads columns of token ids or vectors, not text; use submit/score"
              .formatted(directory));
    }
    if (model.network().head() instanceof TokenHead) {
      LanguageModel language = LanguageModel.of(model);
      Generation how = generation();
      return text -> text + language.generate(text, how);
    }
    if (model.network().head() instanceof TranslationHead) {
      Translator translator = Translator.of(model);
      Beam how = search();
      return text -> translate(translator, text, how);
    }
    if (model.network().head() instanceof TagHead) {
      SequenceTagger tagger = SequenceTagger.of(model);
      return line -> tags(tagger, line);
    }
    TextClassifier classifier = TextClassifier.of(model);
    return text -> answer(classifier, text);
  }

  private Beam search() {
    Beam standard = Beam.defaults();
    try {
      return new Beam(
          beam == null ? standard.width() : beam,
          lengthPenalty == null ? standard.lengthPenalty() : lengthPenalty,
          length);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "--"
              + e.getMessage()
                  .replace("lengthPenalty", "length-penalty")
                  .replace("translationLength", "length"),
          e);
    }
  }

  private static String translate(Translator translator, String text, Beam how) {
    try {
      return translator.translate(text, how);
    } catch (IllegalArgumentException e) {
      return "-\t" + e.getMessage();
    }
  }

  private Generation generation() {
    try {
      return new Generation(length, temperature, topK, topP, beam == null ? 1 : beam, seed);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "--" + e.getMessage().replace("topK", "top-k").replace("topP", "top-p"), e);
    }
  }

  private static String answer(TextClassifier classifier, String text) {
    try {
      return classifier.model().network().head().classes() == 0
          ? String.format(Locale.ROOT, "%.6g", classifier.value(text))
          : answer(classifier.probabilities(text), classifier.model().labels());
    } catch (IllegalArgumentException e) {
      return "-\t" + e.getMessage();
    }
  }

  private static String tags(SequenceTagger tagger, String line) {
    List<String> words = SequenceTagger.words(line);
    return words.isEmpty() ? "" : String.join(" ", tagger.tags(words));
  }

  /** Returns the most probable class, and before it its probability, or that of class 1 of two. */
  static String answer(double[] probabilities, List<String> labels) {
    int best = 0;
    for (int k = 1; k < probabilities.length; k++) {
      best = probabilities[k] > probabilities[best] ? k : best;
    }
    String label = labels.isEmpty() ? Integer.toString(best) : labels.get(best);
    double shown = probabilities.length == 2 ? probabilities[1] : probabilities[best];
    return String.format(Locale.ROOT, "%.4f\t%s", shown, label);
  }

  private static void answerLines(InputStream in, UnaryOperator<String> answer, PrintStream out)
      throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      out.println(answer.apply(line));
    }
  }
}
