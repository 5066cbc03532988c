package io.sparkrnn.nn.targets;

import java.util.Arrays;

/**
 * The targets of a batch in its packed order: for each sequence b of the B, or each step {@code
 * offset(t) + b} of the N.
 *
 * <p>Gathered when they are first read. Reusable: keeps its memory from batch to batch. Not
 * thread-safe.
 */
public final class BatchTargets {
  private final PackedOrder batch;
  private Targets source;
  private float[] rowWeights;
  private float[] stepWeights;
  private boolean gathered;
  private float[] values = new float[0];
  private float[] weights = new float[0];
  private int[] ids = new int[0];
  private int[] starts = new int[1];

  /** Creates the targets of a batch, none so far. */
  public BatchTargets(PackedOrder batch) {
    this.batch = batch;
  }

  /**
   * Says where targets come from, whenever the batch has other rows.
   *
   * @param targets of all rows of the shard, or null for none. Not modified.
   * @param rowWeights one per row of the shard, or null for 1. Not modified.
   * @param stepWeights one per step of the shard, which targets of steps have besides their row's;
   *     or null for 1. Not modified.
   */
  public void take(Targets targets, float[] rowWeights, float[] stepWeights) {
    source = targets;
    this.rowWeights = rowWeights;
    this.stepWeights = stepWeights;
    gathered = false;
  }

  /** Takes targets from where another batch of the same shard takes them. */
  public void take(BatchTargets other) {
    take(other.source, other.rowWeights, other.stepWeights);
  }

  /** Returns the kind, or null when there are none. */
  public TargetKind kind() {
    return source == null ? null : source.kind();
  }

  /**
   * Returns the value of sequence, or of step, {@code i}; of windows that of target i mod K of
   * sequence i / K, of K each.
   */
  public float value(int i) {
    gather();
    return values[i];
  }

  /** Returns the weight of sequence, or of step, {@code i}. */
  public float weight(int i) {
    gather();
    return weights[i];
  }

  /** Returns the ids of all sequences, in the batch's order; of b from start(b) to start(b + 1). */
  public int[] ids() {
    gather();
    return ids;
  }

  /** Returns where the ids of sequence {@code b} start; for B, their number. */
  public int start(int b) {
    gather();
    return starts[b];
  }

  private void gather() {
    if (!gathered) {
      source.gather(batch, this);
      gathered = true;
    }
  }

  /** Returns the weight of a row of the shard. */
  float rowWeight(int row) {
    return rowWeights == null ? 1 : rowWeights[row];
  }

  /** Returns the weight of a step of the shard, besides its row's. */
  float stepWeight(int step) {
    return stepWeights == null ? 1 : stepWeights[step];
  }

  /** Makes room for so many values or weights. */
  void resize(int size) {
    if (weights.length < size) {
      values = new float[size + size / 4];
      weights = new float[size + size / 4];
      starts = new int[size + size / 4 + 1];
    }
  }

  void set(int i, float value, float weight) {
    values[i] = value;
    weights[i] = weight;
  }

  /** Sets the weight of sequence {@code b} alone. */
  void setWeight(int b, float weight) {
    weights[b] = weight;
  }

  /** Appends the ids of sequence {@code b}, after those of b - 1. */
  void setIds(int b, int[] from, int start, int end, float weight) {
    weights[b] = weight;
    starts[b + 1] = starts[b] + end - start;
    if (ids.length < starts[b + 1]) {
      ids = Arrays.copyOf(ids, starts[b + 1] + starts[b + 1] / 4);
    }
    System.arraycopy(from, start, ids, starts[b], end - start);
  }
}
