package io.sparkrnn.report;

import io.sparkrnn.train.TrainingRecord;
import io.sparkrnn.train.config.OuterUpdate;
import io.sparkrnn.train.config.Rounds;
import io.sparkrnn.train.course.EpochCourse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How shards, rounds and threads shared a training, where its time went, how far shards drifted.
 */
final class RoundsSection {
  private static final String PAIR = "%s in the mean, %s at most";

  private RoundsSection() {}

  /** Writes the section; nothing when nobody recorded the training. */
  static void write(Html page, TrainingRecord record) {
    if (record == null || record.config() == null) {
      return;
    }
    page.element("h2", "Shards and rounds");
    Tables.pairs(page, policy(record));
    if (record.course().isEmpty()) {
      return;
    }
    Tables.pairs(page, sums(record.course()));
    page.open("details").element("summary", "Time and divergence by epoch");
    Tables.course(page, record.course());
    page.close("details");
  }

  private static Map<String, String> policy(TrainingRecord record) {
    Rounds rounds = record.config().rounds();
    Map<String, String> policy = new LinkedHashMap<>();
    policy.put(
        "shards",
        record.shardCount() == null
            ? rounds.shards() + ", as set"
            : record.shardCount().explanation());
    policy.put("threads of a task", "" + record.config().execution().threadsPerTask());
    policy.put("rows of a batch", "" + record.config().batching().batchSize());
    policy.put(
        "batches of a round",
        rounds.batchesPerRound() == 0 ? "a whole epoch" : "" + rounds.batchesPerRound());
    policy.put("outer update", outer(rounds.outer()));
    return policy;
  }

  private static String outer(OuterUpdate update) {
    return update instanceof OuterUpdate.Nesterov nesterov
        ? update.kind() + ", momentum " + Figures.brief(nesterov.momentum())
        : update.kind();
  }

  private static Map<String, String> sums(List<EpochCourse> course) {
    Map<String, String> sums = new LinkedHashMap<>();
    long rounds = sum(course, EpochCourse::rounds);
    double wall = sum(course, EpochCourse::wall);
    sums.put("rounds", Figures.count(rounds));
    sums.put("time of rounds and evaluations", Figures.seconds(wall * 1e-9));
    sums.put("of it computing", share(sum(course, e -> e.times().computing()), wall));
    sums.put("evaluation", share(sum(course, EpochCourse::evaluating), wall));
    sums.put("broadcasting", share(sum(course, e -> e.times().broadcasting()), wall));
    sums.put("averaging", share(sum(course, e -> e.times().averaging()), wall));
    sums.put("waiting for Spark", share(sum(course, e -> e.times().waiting()), wall));
    sums.put("longest shard beyond the mean", share(sum(course, e -> e.times().imbalance()), wall));
    double mean = course.stream().mapToDouble(EpochCourse::divergenceSum).sum() / rounds;
    double most = course.stream().mapToDouble(EpochCourse::largestDivergence).max().orElse(0);
    sums.put(
        "shards from their mean, by its move",
        String.format(Locale.ROOT, PAIR, Figures.brief(mean), Figures.brief(most)));
    return sums;
  }

  private static long sum(List<EpochCourse> course, ToLongFunction<EpochCourse> part) {
    return course.stream().mapToLong(part).sum();
  }

  private static String share(double part, double whole) {
    return Figures.percent(part / whole);
  }
}
