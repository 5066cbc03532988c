package io.sparkrnn.train;

import io.sparkrnn.nn.FrozenNetwork;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.Tape;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.TranslationHead;
import io.sparkrnn.train.shards.PackedShard;
import io.sparkrnn.train.wide.WideBranch;

/**
 * Forward passes over packed rows, batched by length.
 *
 * <p>Holds scratch: one instance per thread. The network is shared; what scoring computes from its
 * parameters alone exists once, whatever the number of scorers.
 */
public final class Scorer {
  /** Rows of a forward pass: few enough that a step's gates stay in the first-level cache. */
  public static final int ROWS = 32;

  private final FrozenNetwork network;
  private final WideBranch wide;
  private final int batchSize;
  private final Tape tape;
  private final PackedBatch batch = new PackedBatch();

  /**
   * Creates a scorer of batches of {@link #ROWS} rows.
   *
   * @param network the network with its parameters
   * @throws IllegalArgumentException if the network has an output for every step and none for a row
   */
  public Scorer(FrozenNetwork network) {
    this(network, ROWS);
  }

  /**
   * Creates a scorer of a network and of the wide branch beside it.
   *
   * @param wide the branch, which makes {@link #score} need rows with n-grams; or null for none
   * @throws IllegalArgumentException if the network has an output for every step and none for a row
   */
  public Scorer(FrozenNetwork network, WideBranch wide) {
    this(network, wide, ROWS);
  }

  /**
   * Creates a scorer.
   *
   * @param network the network with its parameters
   * @param batchSize rows of one forward pass
   * @throws IllegalArgumentException if the batch size is not positive
   */
  public Scorer(FrozenNetwork network, int batchSize) {
    this(network, null, batchSize);
  }

  private Scorer(FrozenNetwork network, WideBranch wide, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be >= 1, got " + batchSize);
    }
    this.network = network;
    this.wide = wide;
    this.batchSize = batchSize;
    tape = network.newTape();
  }

  /** Returns the number of outputs per row, or per step, K; of a head that says so, its width. */
  public int outputs() {
    return network.spec().head().width();
  }

  /**
   * Returns the model's outputs, rows x K, in the order of the shard's rows: those of the network,
   * or of both branches.
   *
   * @param shard the rows; labels and weights are not read. Not modified.
   * @throws IllegalArgumentException if the shard is not what the model reads, or the network has
   *     an output for every step and none for a row
   */
  public float[] score(PackedShard shard) {
    return score(shard, null);
  }

  /**
   * Returns the model's outputs, rows x K, and with them how much each step counted.
   *
   * @param shard the rows; labels and weights are not read. Not modified.
   * @param attention room for the weight of each of the shard's tokens, or null for none. Modified.
   * @throws IllegalStateException if weights are wanted of a network without attention pooling
   * @throws IllegalArgumentException if the shard is not what the network reads, or the network has
   *     an output for every step and none for a row
   */
  public float[] score(PackedShard shard, float[] attention) {
    if (perStep()) {
      throw new IllegalArgumentException(
          "pooling EVERY_STEP has no output for a row; use scoreSteps");
    }
    float[] outputs = predictions(shard, attention);
    if (wide != null) {
      wide.combine(outputs, shard);
    }
    return outputs;
  }

  /**
   * Returns the outputs of a network that has some at every step, steps x K, in the order of the
   * shard's steps; where the last layer reads from the end, those of each sequence stand in that
   * layer's order, as in Keras.
   *
   * @param shard the rows; labels and weights are not read. Not modified.
   * @throws IllegalArgumentException if the shard is not what the network reads, or the network has
   *     one output for a row
   */
  public float[] scoreSteps(PackedShard shard) {
    if (!perStep()) {
      throw new IllegalArgumentException(
          "scoreSteps needs pooling EVERY_STEP, got %s; use score"
              .formatted(network.spec().head().pooling()));
    }
    return predictions(shard, null);
  }

  private boolean perStep() {
    return network.spec().head().outputRows(2) == 2;
  }

  /**
   * Returns the network's own predictions, of any head, those of one row after another: in the
   * order of the shard's targets.
   */
  public float[] predictions(PackedShard shard) {
    return predictions(shard, null);
  }

  float[] predictions(PackedShard shard, float[] attention) {
    if (network.spec().head() instanceof TokenHead) {
      throw new IllegalArgumentException(
          "a language model has no outputs for rows; use TokenScorer");
    }
    if (network.spec().head() instanceof TranslationHead) {
      throw new IllegalArgumentException(
          "a translator has no outputs for rows; use PairScorer or BeamSearch");
    }
    shard.check(network.spec(), false);
    int outputs = outputs();
    int[] starts = starts(shard);
    float[] scores = new float[Math.multiplyExact(starts[shard.rows()], outputs)];
    int[] order = shard.byLength();
    for (int from = 0; from < order.length; from += batchSize) {
      forward(shard, order, from);
      for (int b = 0; b < batch.size(); b++) {
        int row = batch.row(b);
        for (int i = starts[row]; i < starts[row + 1]; i++) {
          int packed = batch.offset(i - starts[row]) + b;
          System.arraycopy(tape.predictions(), packed * outputs, scores, i * outputs, outputs);
        }
        if (attention != null) {
          tape.readAttention(batch, b, attention, shard.offsets()[row]);
        }
      }
    }
    return scores;
  }

  /** Returns where the predictions of each row start. */
  private int[] starts(PackedShard shard) {
    int[] starts = new int[shard.rows() + 1];
    for (int row = 0; row < shard.rows(); row++) {
      starts[row + 1] = starts[row] + network.spec().head().outputRows(shard.length(row));
    }
    return starts;
  }

  private void forward(PackedShard shard, int[] order, int from) {
    shard.assemble(batch, false, order, from, Math.min(order.length, from + batchSize));
    network.forward(batch, tape);
  }
}
