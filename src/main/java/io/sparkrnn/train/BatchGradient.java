package io.sparkrnn.train;

import io.sparkrnn.nn.Gradient;
import io.sparkrnn.nn.LossFunction;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.nn.Tape;
import java.util.SplittableRandom;

/**
 * The gradient of a batch, computed whole or in a fixed number of chunks.
 *
 * <pre>
 *   g = g(chunk 0) + g(chunk 1) + ...
 * </pre>
 *
 * <p>Chunks are dealt by {@link BatchChunks}, have dropout masks of their own and are summed in
 * order, so that the bits depend on the number of chunks and not on the number of threads. Owned by
 * one task, which closes it.
 */
final class BatchGradient implements AutoCloseable {
  private final LossFunction loss;
  private final PackedShard shard;
  private final Network network;
  private final BatchChunks dealt;
  private final Chunk[] chunks;
  private final Worker[] workers;
  private final TaskThreads threads;

  BatchGradient(TrainingConfig config, Network network, PackedShard shard, int monitoredSteps) {
    this.loss = config.objective().lossFunction();
    this.network = network;
    this.shard = shard;
    chunks = new Chunk[config.execution().gradientChunks()];
    dealt = new BatchChunks(chunks.length);
    boolean frozen = config.embedding().freezeEmbedding();
    for (int c = 0; c < chunks.length; c++) {
      Gradient own = chunks.length == 1 ? null : network.newGradient(frozen);
      chunks[c] = new Chunk(own, new StepNorms(monitoredSteps));
    }
    threads = new TaskThreads(config.execution().threads());
    workers = new Worker[threads.count()];
    for (int w = 0; w < workers.length; w++) {
      workers[w] = new Worker(w);
    }
  }

  /** Records the gradient's norms by time step from the next batch on, or stops. */
  void monitor(boolean monitored) {
    for (Worker worker : workers) {
      worker.monitored = monitored;
    }
  }

  /**
   * Adds the gradient of the rows {@code rows[from .. to)}.
   *
   * @param parameters all parameters. Not modified.
   * @param rows rows of the shard. Not modified.
   * @param divisor rows of the whole step
   * @param dropout source of the dropout masks. Modified.
   * @param gradient Modified.
   * @return sum(weight * loss) over the rows
   */
  double add(
      float[] parameters,
      int[] rows,
      int from,
      int to,
      int divisor,
      SplittableRandom dropout,
      Gradient gradient) {
    if (chunks.length == 1) {
      return workers[0].add(chunks[0], parameters, rows, from, to, divisor, dropout, gradient);
    }
    dealt.deal(shard, rows, from, to);
    for (Chunk chunk : chunks) {
      chunk.dropout = dropout.split();
    }
    threads.run(w -> workers[w].addOwnChunks(parameters, divisor));
    double sum = 0;
    for (Chunk chunk : chunks) {
      gradient.add(chunk.gradient);
      sum += chunk.loss;
    }
    return sum;
  }

  /** Returns the norms of all monitored batches, merged in the order of the chunks. */
  StepNorms norms() {
    for (int c = 1; c < chunks.length; c++) {
      chunks[0].norms.merge(chunks[c].norms);
    }
    return chunks[0].norms;
  }

  @Override
  public void close() {
    threads.close();
  }

  /** What a chunk yields. */
  private static final class Chunk {
    private final Gradient gradient;
    private final StepNorms norms;
    private SplittableRandom dropout;
    private double loss;

    Chunk(Gradient gradient, StepNorms norms) {
      this.gradient = gradient;
      this.norms = norms;
    }
  }

  /** The scratch of one thread, which computes every count-th chunk. */
  private final class Worker {
    private final int number;
    private final Tape tape = network.newTape();
    private final PackedBatch batch = new PackedBatch();
    private boolean monitored;

    Worker(int number) {
      this.number = number;
    }

    void addOwnChunks(float[] parameters, int divisor) {
      for (int c = number; c < chunks.length; c += workers.length) {
        Chunk chunk = chunks[c];
        int from = dealt.from(c);
        int to = dealt.to(c);
        chunk.gradient.clear();
        chunk.loss =
            from == to
                ? 0
                : add(
                    chunk,
                    parameters,
                    dealt.rows(),
                    from,
                    to,
                    divisor,
                    chunk.dropout,
                    chunk.gradient);
      }
    }

    private double add(
        Chunk chunk,
        float[] parameters,
        int[] rows,
        int from,
        int to,
        int divisor,
        SplittableRandom dropout,
        Gradient gradient) {
      tape.monitor(monitored ? chunk.norms : null);
      batch.assemble(
          shard.tokens(), shard.offsets(), shard.labels(), shard.weights(), rows, from, to);
      return network.addLossAndGradient(parameters, batch, divisor, loss, dropout, tape, gradient);
    }
  }
}
