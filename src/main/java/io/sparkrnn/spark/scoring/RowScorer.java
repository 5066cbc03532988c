package io.sparkrnn.spark.scoring;

import io.sparkrnn.spark.rows.CellReader;
import io.sparkrnn.spark.rows.Refusal;
import io.sparkrnn.train.Scorer;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Scores the rows of one task a few thousand at a time and hands them on in their order, none
 * missing.
 *
 * <p>One forward pass per batch serves all output columns. Owned by one task.
 */
public final class RowScorer implements Iterator<Row> {
  private static final int BUFFERED_ROWS = 4096;
  private static final int BUFFERED_VALUES = 1 << 21;

  private final ScoringPlan plan;
  private final Iterator<Row> rows;
  private final Scorer scorer;
  private final CellReader features;
  private Iterator<Row> scored = List.<Row>of().iterator();

  /**
   * Creates the scorer of one task.
   *
   * @param plan what to read and to append
   * @param parameters the network's parameters. Not modified.
   * @param features reads what the network reads of a row; owned by this scorer
   * @param rows the task's rows
   */
  public RowScorer(
      ScoringPlan plan, BroadcastParameters parameters, CellReader features, Iterator<Row> rows) {
    this.plan = plan;
    this.features = features;
    this.rows = rows;
    scorer = new Scorer(parameters.network(plan.network()));
  }

  @Override
  public boolean hasNext() {
    return scored.hasNext() || rows.hasNext();
  }

  @Override
  public Row next() {
    if (!scored.hasNext()) {
      if (!rows.hasNext()) {
        throw new NoSuchElementException("no row left");
      }
      scored = scoreNext().iterator();
    }
    return scored.next();
  }

  private List<Row> scoreNext() {
    List<Row> buffer = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    PackedShardBuilder packed = PackedShardBuilder.of(plan.network().input());
    while (rows.hasNext() && buffer.size() < BUFFERED_ROWS && packed.values() < BUFFERED_VALUES) {
      Row row = rows.next();
      Refusal refusal = features.read(row.get(plan.inputIndex()));
      if (refusal == null) {
        features.addTo(packed, 0, 1);
      }
      buffer.add(row);
      refusals.add(refusal);
    }
    PackedShard shard = packed.build();
    float[] attention = plan.attentionCol().isEmpty() ? null : new float[shard.steps()];
    float[] outputs = scorer.score(shard, attention);
    int next = 0;
    for (int i = 0; i < buffer.size(); i++) {
      Row row = buffer.get(i);
      List<Object> cells = cells(row);
      if (refusals.get(i) != null) {
        plan.addRefused(cells, refusals.get(i));
      } else {
        float[] weights =
            attention == null
                ? null
                : features.align(row.get(plan.inputIndex()), shard, next, attention);
        plan.addScored(cells, outputs, next++, weights);
      }
      buffer.set(i, RowFactory.create(cells.toArray()));
    }
    return buffer;
  }

  private static List<Object> cells(Row row) {
    List<Object> cells = new ArrayList<>(row.size() + 5);
    for (int i = 0; i < row.size(); i++) {
      cells.add(row.get(i));
    }
    return cells;
  }
}
