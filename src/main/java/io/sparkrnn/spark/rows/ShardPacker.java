package io.sparkrnn.spark.rows;

import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.shards.PackedShardBuilder;
import io.sparkrnn.train.shards.RefusalCounts;
import io.sparkrnn.train.shards.StableKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Checks the rows of one input partition and packs them by shard, so that the shuffle moves a few
 * arrays instead of many rows.
 */
final class ShardPacker {
  private final PackingPlan plan;
  private final PackedShardBuilder[] training;
  private final PackedShardBuilder[] validation;
  private final PackedShardBuilder[] unlabelled;
  private final RefusalCounts refused = new RefusalCounts();
  private final RowLabel label;

  private ShardPacker(PackingPlan plan) {
    this.plan = plan;
    label = new RowLabel(plan.labels());
    training = builders(plan);
    validation = builders(plan);
    unlabelled = builders(plan);
  }

  private static PackedShardBuilder[] builders(PackingPlan plan) {
    PackedShardBuilder[] builders = new PackedShardBuilder[plan.shards()];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = PackedShardBuilder.of(plan.input());
    }
    return builders;
  }

  /** Returns the pieces of the shards that these rows belong to. */
  static Iterator<Tuple2<Integer, ShardData>> pack(
      PackingPlan plan, Iterator<ExampleRows> examples) {
    ShardPacker packer = new ShardPacker(plan);
    examples.forEachRemaining(some -> some.rows().forEachRemaining(row -> packer.add(row, some)));
    return packer.pieces().iterator();
  }

  /** Joins the pieces of one shard; the result does not depend on their order. */
  static ShardData join(PackingPlan plan, Iterator<Tuple2<Integer, ShardData>> pieces) {
    PackedShardBuilder training = PackedShardBuilder.of(plan.input());
    PackedShardBuilder validation = PackedShardBuilder.of(plan.input());
    PackedShardBuilder unlabelled = PackedShardBuilder.of(plan.input());
    RefusalCounts refused = new RefusalCounts();
    while (pieces.hasNext()) {
      ShardData piece = pieces.next()._2();
      training.addAll(piece.training());
      validation.addAll(piece.validation());
      unlabelled.addAll(piece.unlabelled());
      refused.merge(piece.refused());
    }
    return new ShardData(
        StableKey.sorted(training.build()),
        StableKey.sorted(validation.build()),
        StableKey.sorted(unlabelled.build()),
        refused);
  }

  /**
   * Returns the pieces of the shards that the rows of another assignment belong to.
   *
   * @param data a shard of the other assignment. Not modified.
   * @param apart whether rows that are equal are dealt out to all shards in turn
   */
  static Iterator<Tuple2<Integer, ShardData>> deal(
      PackingPlan plan, ShardData data, boolean apart) {
    ShardPacker packer = new ShardPacker(plan);
    packer.deal(data.training(), packer.training, apart);
    packer.deal(data.validation(), packer.validation, apart);
    packer.deal(data.unlabelled(), packer.unlabelled, apart);
    packer.refused.merge(data.refused());
    return packer.pieces().iterator();
  }

  /** The rows are sorted, so that equal ones stand side by side. */
  private void deal(PackedShard rows, PackedShardBuilder[] side, boolean apart) {
    long before = 0;
    int equals = 0;
    for (int row = 0; row < rows.rows(); row++) {
      long key = StableKey.of(rows, row);
      equals = apart && row > 0 && key == before ? equals + 1 : 0;
      side[StableKey.shard(key + equals, plan.shards())].addRow(rows, row);
      before = key;
    }
  }

  private void add(Row row, ExampleRows examples) {
    CellReader features = examples.features();
    if (plan.keepsUnlabelled() && ExampleRows.isUnlabelled(row)) {
      addUnlabelled(row, features);
      return;
    }
    String reason = refusal(row, examples);
    if (reason != null) {
      refused.add(reason);
      return;
    }
    float weight = (float) row.getDouble(ExampleRows.WEIGHT);
    long key = label.key(features, weight);
    PackedShardBuilder[] side = isValidation(row, features) ? validation : training;
    label.addTo(features, side[StableKey.shard(key, plan.shards())], weight);
  }

  /**
   * A row that cannot be read either has nothing to teach, and is not counted among the refused.
   */
  private void addUnlabelled(Row row, CellReader features) {
    if (features.read(row.get(ExampleRows.FEATURES)) == null) {
      int shard = StableKey.shard(features.key(0, 1), plan.shards());
      features.addTo(unlabelled[shard], 0, 1);
    }
  }

  private String refusal(Row row, ExampleRows examples) {
    String reason = examples.refusal(row, label);
    return reason == null && !isWeight(row.get(ExampleRows.WEIGHT))
        ? "weight is null, negative or not finite"
        : reason;
  }

  private static boolean isWeight(Object weight) {
    return weight != null && (double) weight >= 0 && Float.isFinite((float) (double) weight);
  }

  /**
   * The split looks at features and label only: equal reviews stay together whatever they weigh.
   */
  private boolean isValidation(Row row, CellReader features) {
    if (plan.validationSplit() > 0) {
      long key = label.key(features, 1);
      return StableKey.inFraction(key, plan.seed(), plan.validationSplit());
    }
    return !row.isNullAt(ExampleRows.HELD_OUT) && row.getBoolean(ExampleRows.HELD_OUT);
  }

  private List<Tuple2<Integer, ShardData>> pieces() {
    List<Tuple2<Integer, ShardData>> pieces = new ArrayList<>();
    for (int shard = 0; shard < plan.shards(); shard++) {
      PackedShard rows = training[shard].build();
      PackedShard held = validation[shard].build();
      PackedShard others = unlabelled[shard].build();
      RefusalCounts counts = shard == 0 ? refused : new RefusalCounts();
      if (rows.rows() + held.rows() + others.rows() > 0 || shard == 0) {
        pieces.add(new Tuple2<>(shard, new ShardData(rows, held, others, counts)));
      }
    }
    return pieces;
  }
}
