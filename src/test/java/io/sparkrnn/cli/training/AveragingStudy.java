package io.sparkrnn.cli.training;

import io.sparkrnn.cli.options.ConfigFile;
import io.sparkrnn.nn.InputSpec;
import io.sparkrnn.text.CountedTexts;
import io.sparkrnn.text.CountedTextsBuilder;
import io.sparkrnn.text.Vocabulary;
import io.sparkrnn.train.LocalTrainer;
import io.sparkrnn.train.TrainingHistory;
import io.sparkrnn.train.TrainingListener;
import io.sparkrnn.train.config.Stopping;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.metrics.Metric;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.StableKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What policies of averaging do to accuracy: cross-validation on the labelled reviews of IMDB with
 * the films apart, without Spark, whose bits are the same.
 *
 * <p>Arguments: the directory with {@code pos} and {@code neg}; a table of file, film and fold; the
 * folds that are held out, such as {@code 0,1,2,3,4}; a file of settings, each line the options of
 * one training. Prints a line for each: the mean accuracy on the held folds after the last epoch,
 * and after each.
 */
public final class AveragingStudy {
  private static final int THREADS = 2;

  private final List<String> texts = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final List<Integer> folds = new ArrayList<>();
  private final Map<String, List<PackedShard>> packed = new HashMap<>();

  private AveragingStudy(Path reviews, Path films) throws IOException {
    for (String line : Files.readAllLines(films)) {
      String[] cells = line.split("\t");
      if (cells[0].matches("train/(pos|neg)/.*")) {
        texts.add(Files.readString(reviews.resolve(cells[0].substring("train/".length()))));
        labels.add(cells[0].startsWith("train/pos") ? 1 : 0);
        folds.add(Integer.parseInt(cells[2]));
      }
    }
  }

  public static void main(String[] args) throws Exception {
    AveragingStudy study = new AveragingStudy(Path.of(args[0]), Path.of(args[1]));
    int[] held = Arrays.stream(args[2].split(",")).mapToInt(Integer::parseInt).toArray();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    Map<String, List<Future<double[]>>> results = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of(args[3]))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        List<Future<double[]>> folds = new ArrayList<>();
        for (int fold : held) {
          folds.add(pool.submit(() -> study.train(line.strip().split(" +"), fold)));
        }
        results.put(line, folds);
      }
    }
    for (Map.Entry<String, List<Future<double[]>>> setting : results.entrySet()) {
      List<double[]> curves = new ArrayList<>();
      for (Future<double[]> fold : setting.getValue()) {
        curves.add(fold.get());
      }
      print(setting.getKey(), curves);
    }
    pool.shutdown();
  }

  private static void print(String setting, List<double[]> curves) {
    int epochs = curves.get(0).length - 1;
    StringBuilder line = new StringBuilder();
    for (int epoch = 0; epoch < epochs; epoch++) {
      int at = epoch;
      double mean = curves.stream().mapToDouble(c -> c[at]).average().orElse(0);
      line.append(String.format(Locale.ROOT, " %.4f", mean));
    }
    double last = curves.stream().mapToDouble(c -> c[epochs - 1]).average().orElse(0);
    double seconds = curves.stream().mapToDouble(c -> c[epochs]).average().orElse(0);
    System.out.printf(Locale.ROOT, "%.4f  %5.1f s  |%s  | %s%n", last, seconds, line, setting);
  }

  private double[] train(String[] arguments, int fold) throws IOException {
    TrainingStages stages = new TrainingStages();
    CommandSpec spec = CommandSpec.forAnnotatedObject(new Training());
    stages.addOptions(spec);
    CommandLine line = new CommandLine(spec);
    List<String> given = new ArrayList<>(List.of(arguments));
    List<String> all = new ArrayList<>();
    if (given.get(0).endsWith(".properties")) {
      all.addAll(ConfigFile.find(given.remove(0), null).arguments(line));
    }
    all.addAll(given);
    all.addAll(List.of("--threads-per-task=1", "--monitor-every=0"));
    line.setOverwrittenOptionsAllowed(true);
    stages.apply(line.parseArgs(all.toArray(String[]::new)), Task.CLASSIFY);
    TrainingConfig config = stages.estimator().trainingConfig(2);
    config = config.with(new Stopping(config.stopping().epochs(), 0));
    List<PackedShard> shards = shards(config, stages, fold);
    long begin = System.nanoTime();
    TrainingHistory history =
        LocalTrainer.sequential(config, TrainingListener.silent(), System::nanoTime)
            .train(shards.subList(1, shards.size()), shards.subList(0, 1))
            .history();
    double seconds = (System.nanoTime() - begin) * 1e-9;
    double[] curve =
        history.epochs().stream().mapToDouble(e -> e.validation().value(Metric.ACCURACY)).toArray();
    double[] with = Arrays.copyOf(curve, curve.length + 1);
    with[curve.length] = seconds;
    return with;
  }

  /** The held fold, then the shards. */
  private synchronized List<PackedShard> shards(
      TrainingConfig config, TrainingStages stages, int fold) {
    int size = ((InputSpec.Tokens) config.network().input()).vocabularySize();
    int length = stages.textSettings().padding().maxLength();
    int count = config.rounds().shards();
    return packed.computeIfAbsent(
        fold + " " + size + " " + length + " " + count,
        key -> {
          CountedTextsBuilder builder =
              new CountedTextsBuilder(stages.textSettings().padding(), false);
          for (int i = 0; i < texts.size(); i++) {
            builder.add(texts.get(i), folds.get(i) != fold);
          }
          CountedTexts words = builder.build();
          int[] ids = words.numbersToIds(vocabulary(words, size));
          List<PackedShardBuilder> parts = new ArrayList<>();
          IntStream.rangeClosed(0, count).forEach(i -> parts.add(new PackedShardBuilder()));
          for (int i = 0; i < texts.size(); i++) {
            int[] sequence = words.ids(i, ids);
            float label = labels.get(i);
            int shard =
                StableKey.shard(StableKey.of(sequence, 0, sequence.length, label, 1), count);
            parts.get(folds.get(i) == fold ? 0 : 1 + shard).add(sequence, label, 1);
          }
          return parts.stream().map(p -> StableKey.sorted(p.build())).toList();
        });
  }

  private static Vocabulary vocabulary(CountedTexts words, int size) {
    return Vocabulary.ofWords(
        IntStream.range(0, words.distinctWords())
            .boxed()
            .filter(word -> words.count(word) > 0 && Vocabulary.admits(words.word(word)))
            .sorted(
                Comparator.comparing((Integer word) -> -words.count(word))
                    .thenComparing(words::word))
            .limit(size - 2)
            .map(words::word)
            .toList());
  }

  /** The options of all trainings. */
  @Command
  private static final class Training {}
}
