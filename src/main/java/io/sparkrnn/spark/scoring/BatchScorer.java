package io.sparkrnn.spark.scoring;

import io.sparkrnn.io.translation.Translator;
import io.sparkrnn.nn.head.CtcDecoder;
import io.sparkrnn.spark.rows.CellReader;
import io.sparkrnn.spark.rows.Refusal;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.TokenScorer;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Scores cells many at a time: cells go in, and as many {@link ScoringPlan#answers} come out, in
 * their order.
 *
 * <p>One forward pass per batch serves all columns. Owned by one task.
 */
final class BatchScorer {
  private static final int MOST_ROWS = 4096;
  private static final int MOST_VALUES = 1 << 21;

  private final ScoringPlan plan;
  private final CellReader reader;
  private final Scorer scorer; // one of the three, by what the network is
  private final TokenScorer texts;
  private final Translator translator;
  private final List<String> sources = new ArrayList<>();
  private final List<Object> cells = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>(); // reasons, null for none
  private PackedShardBuilder packed;

  /**
   * Creates a scorer without cells.
   *
   * @param plan what answers hold
   * @param parameters the network's parameters. Not modified.
   * @param reader reads what the network reads of a cell; owned by this scorer
   */
  BatchScorer(ScoringPlan plan, BroadcastParameters parameters, CellReader reader) {
    this.plan = plan;
    this.reader = reader;
    boolean ofTexts = plan.measuresTexts();
    boolean translates = plan.translating() != null;
    scorer = ofTexts || translates ? null : parameters.scorer(plan.network());
    translator =
        translates ? parameters.translator(plan.network(), plan.translating().text()) : null;
    texts = ofTexts ? new TokenScorer(parameters.network(plan.network())) : null;
    packed = PackedShardBuilder.of(plan.network().input());
  }

  /**
   * Takes a cell; {@link #score} answers it.
   *
   * @param cell of the type of the plan's input. Kept until it is answered.
   */
  void add(Object cell) {
    Refusal refusal = reader.read(cell);
    if (refusal == null) {
      reader.addTo(packed, 0, 1);
      if (translator != null) {
        sources.add((String) cell);
      }
    }
    cells.add(plan.attentionCol().isEmpty() ? null : cell);
    refusals.add(refusal == null ? null : reader.reason(refusal));
  }

  /** Whether it is time to score. */
  boolean isFull() {
    return cells.size() >= MOST_ROWS || packed.values() >= MOST_VALUES;
  }

  /** Answers the cells that were added since the last call, one row each, and forgets them. */
  List<Row> score() {
    PackedShard shard = packed.build();
    List<Row> answers = answers(shard);
    cells.clear();
    sources.clear();
    refusals.clear();
    packed = PackedShardBuilder.of(plan.network().input());
    return answers;
  }

  private List<Row> answers(PackedShard shard) {
    if (translator != null) {
      return translations(shard);
    } else if (texts != null) {
      return measures(shard);
    } else if (plan.labelsSteps()) {
      return labels(shard);
    }
    return plan.transcribes() ? transcripts(shard) : predictions(shard);
  }

  private List<Row> translations(PackedShard shard) {
    Iterator<String> made =
        translator.translate(shard, sources, plan.translating().search()).iterator();
    List<Row> answers = new ArrayList<>(cells.size());
    for (String refusal : refusals) {
      answers.add(refusal != null ? plan.refused(refusal) : plan.scored(made.next()));
    }
    return answers;
  }

  private List<Row> measures(PackedShard shard) {
    double[] logProbabilities = texts.logProbabilities(shard);
    List<Row> answers = new ArrayList<>(cells.size());
    int next = 0;
    for (String refusal : refusals) {
      answers.add(
          refusal != null
              ? plan.refused(refusal)
              : plan.scored(logProbabilities[next], TokenScorer.predictions(shard.length(next++))));
    }
    return answers;
  }

  private List<Row> transcripts(PackedShard shard) {
    float[] outputs = scorer.scoreSteps(shard);
    CtcDecoder decoder = new CtcDecoder(plan.beam());
    List<Row> answers = new ArrayList<>(cells.size());
    int next = 0;
    for (String refusal : refusals) {
      if (refusal != null) {
        answers.add(plan.refused(refusal));
      } else {
        int from = shard.offsets()[next];
        int steps = shard.length(next++);
        answers.add(plan.transcribed(decoder.labels(outputs, from, steps, scorer.outputs())));
      }
    }
    return answers;
  }

  private List<Row> labels(PackedShard shard) {
    float[] predictions = scorer.scoreSteps(shard);
    List<Row> answers = new ArrayList<>(cells.size());
    int next = 0;
    for (String refusal : refusals) {
      answers.add(
          refusal != null
              ? plan.refused(refusal)
              : plan.scored(predictions, shard.offsets()[next], shard.offsets()[++next]));
    }
    return answers;
  }

  private List<Row> predictions(PackedShard shard) {
    float[] attention = plan.attentionCol().isEmpty() ? null : new float[shard.steps()];
    float[] outputs = scorer.score(shard, attention);
    List<Row> answers = new ArrayList<>(cells.size());
    int next = 0;
    for (int i = 0; i < cells.size(); i++) {
      if (refusals.get(i) != null) {
        answers.add(plan.refused(refusals.get(i)));
      } else {
        float[] weights =
            attention == null ? null : reader.align(cells.get(i), shard, next, attention);
        answers.add(plan.scored(outputs, next++, weights));
      }
    }
    return answers;
  }
}
