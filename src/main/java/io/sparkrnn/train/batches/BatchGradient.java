package io.sparkrnn.train.batches;

import io.sparkrnn.nn.Gradient;
import io.sparkrnn.nn.Network;
import io.sparkrnn.nn.NetworkSpec;
import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.States;
import io.sparkrnn.nn.StepNorms;
import io.sparkrnn.nn.Tape;
import io.sparkrnn.nn.TokenHead;
import io.sparkrnn.nn.WordDropout;
import io.sparkrnn.nn.output.LossFunction;
import io.sparkrnn.train.config.Execution;
import io.sparkrnn.train.config.TrainingConfig;
import io.sparkrnn.train.shards.PackedShard;
import java.util.SplittableRandom;

/**
 * The gradient of a batch, in chunks of a fixed number of rows.
 *
 * <pre>
 *   g = g(chunk 0) + g(chunk 1) + ...
 * </pre>
 *
 * <p>Chunks are dealt by {@link BatchChunks}, have dropout masks of their own and are summed in
 * order, so that the bits depend on the size of the chunks and not on the number of threads. Owned
 * by one task, which closes it.
 */
public final class BatchGradient implements AutoCloseable {
  private static final Idle<NetworkSpec, Tape> TAPES = new Idle<>();
  private static final Idle<GradientKind, Gradient> GRADIENTS = new Idle<>();

  /** What a gradient fits. */
  private record GradientKind(NetworkSpec network, boolean isFrozen) {}

  private final Execution execution;
  private final LossFunction loss;
  private final PackedShard shard;
  private final Network network;
  private final BatchChunks chunks = new BatchChunks();
  private final StepNorms norms;
  private final GradientKind kind;
  private final Worker[] workers;
  private final TaskThreads threads;
  private final CarriedStates carried; // or null when every row starts from zeros
  private boolean monitored;

  /**
   * Prepares the gradients of a shard.
   *
   * @param monitoredSteps time steps whose norms are told apart
   */
  public BatchGradient(
      TrainingConfig config, Network network, PackedShard shard, int monitoredSteps) {
    this.execution = config.execution();
    this.loss = config.objective().lossFunction();
    this.network = network;
    this.shard = shard;
    norms = new StepNorms(monitoredSteps);
    kind = new GradientKind(config.network(), config.embedding().freezeEmbedding());
    carried =
        config.network().head() instanceof TokenHead
            ? new CarriedStates(config.network(), config.batching().rowsPerStep())
            : null;
    int batchSize = config.batching().batchSize();
    boolean chunked = execution.chunks(batchSize) > 1;
    threads = new TaskThreads(execution.threads(batchSize));
    workers = new Worker[threads.count()];
    for (int w = 0; w < workers.length; w++) {
      Gradient own = chunked ? newGradient() : null;
      workers[w] =
          new Worker(
              own,
              chunked ? new StepNorms(monitoredSteps) : norms,
              config.batching().wordDropout());
      workers[w].tape.limit(execution.tapeBytes(batchSize));
      workers[w].tape.truncate(config.optimization().truncatedSteps());
    }
  }

  /** Returns a gradient for {@link #add}, of any values until it is cleared. */
  public Gradient newGradient() {
    return GRADIENTS.take(kind, () -> network.newGradient(kind.isFrozen()));
  }

  /** Records the gradient's norms by time step from the next batch on, or stops. */
  public void monitor(boolean monitored) {
    this.monitored = monitored;
  }

  /** Says which tokens a sampled softmax draws from the next batch on. */
  public void sampleFrom(long seed) {
    for (Worker worker : workers) {
      worker.tape.sampleFrom(seed);
    }
  }

  /**
   * Reads the rows before those of a round's first batch, for the states at their end: where a task
   * begins depends on the round's parameters and the shard alone, not on what ran before it. Where
   * no states are carried, nothing is done.
   *
   * @param parameters all parameters. Not modified.
   * @param rows rows of the shard. Not modified.
   */
  public void advance(float[] parameters, int[] rows, int from, int to) {
    if (carried != null) {
      States states = carried.of(rows, from, to);
      PackedBatch before = new PackedBatch();
      shard.assemble(before, false, rows, from, to);
      network.advance(parameters, before, states, workers[0].tape);
      carried.keep(rows, from, to, states);
    }
  }

  /**
   * Adds the gradient of the rows {@code rows[from .. to)}, one batch at most.
   *
   * @param parameters all parameters. Not modified.
   * @param rows rows of the shard. Not modified.
   * @param divisor rows of the whole step, or their steps with a head at every step
   * @param dropout source of the dropout masks. Modified.
   * @param gradient Modified.
   * @return sum(weight * loss) over the rows
   */
  public double add(
      float[] parameters,
      int[] rows,
      int from,
      int to,
      int divisor,
      SplittableRandom dropout,
      Gradient gradient) {
    for (Worker worker : workers) {
      worker.tape.parametersChanged();
    }
    if (workers[0].gradient == null) {
      return workers[0].add(parameters, rows, from, to, divisor, dropout, gradient);
    }
    int count = execution.chunks(to - from);
    chunks.deal(shard, rows, from, to, count);
    double sum = 0;
    for (int first = 0; first < count; first += workers.length) {
      for (int w = 0; w < workers.length; w++) {
        workers[w].begin(first + w, count, dropout);
      }
      threads.run(w -> workers[w].compute(parameters, divisor));
      for (Worker worker : workers) {
        sum += worker.addTo(gradient);
      }
    }
    return sum;
  }

  /** Returns the norms of all monitored batches. */
  public StepNorms norms() {
    return norms;
  }

  /**
   * Leaves the scratch to the next task; call it when all is well, and nothing but {@link #close}
   * after it.
   *
   * @param gradient what {@link #newGradient} returned
   */
  public void giveBack(Gradient gradient) {
    GRADIENTS.giveBack(kind, gradient);
    for (Worker worker : workers) {
      TAPES.giveBack(kind.network(), worker.tape);
      if (worker.gradient != null) {
        GRADIENTS.giveBack(kind, worker.gradient);
      }
    }
  }

  @Override
  public void close() {
    threads.close();
  }

  /** The scratch of one thread and the chunk it computes. */
  private final class Worker {
    private final Gradient gradient;
    private final StepNorms ownNorms;
    private final Tape tape = TAPES.take(kind.network(), network::newTape);
    private final PackedBatch batch = new PackedBatch();
    private final WordDropout words; // or null to keep all
    private SplittableRandom dropout;
    private int from;
    private int to;
    private double sum;

    Worker(Gradient gradient, StepNorms ownNorms, double wordDropout) {
      this.gradient = gradient;
      words = wordDropout > 0 ? new WordDropout(wordDropout) : null;
      this.ownNorms = ownNorms;
    }

    /** Takes a chunk, or nothing when there are no more. */
    void begin(int chunk, int count, SplittableRandom random) {
      boolean some = chunk < count;
      from = some ? chunks.from(chunk) : 0;
      to = some ? chunks.to(chunk) : 0;
      dropout = some ? random.split() : null;
    }

    void compute(float[] parameters, int divisor) {
      if (from < to) {
        gradient.clear();
        sum = add(parameters, chunks.rows(), from, to, divisor, dropout, gradient);
      }
    }

    /** Adds the chunk's share; returns its sum of losses. */
    double addTo(Gradient whole) {
      if (from == to) {
        return 0;
      }
      whole.add(gradient);
      if (monitored) {
        norms.merge(ownNorms);
        ownNorms.clear();
      }
      return sum;
    }

    private double add(
        float[] parameters,
        int[] rows,
        int from,
        int to,
        int divisor,
        SplittableRandom dropout,
        Gradient gradient) {
      tape.monitor(monitored ? ownNorms : null);
      assemble(rows, from, to, dropout);
      return carried == null
          ? pass(parameters, divisor, dropout, gradient)
          : carryingOn(parameters, rows, from, to, divisor, dropout, gradient);
    }

    /** Starts from the states that the rows have reached, and keeps those that they reach. */
    private double carryingOn(
        float[] parameters,
        int[] rows,
        int from,
        int to,
        int divisor,
        SplittableRandom dropout,
        Gradient gradient) {
      States states = carried.of(rows, from, to);
      tape.startFrom(states);
      double sum = pass(parameters, divisor, dropout, gradient);
      tape.readFinal(batch, states);
      tape.startFrom(null);
      carried.keep(rows, from, to, states);
      return sum;
    }

    private double pass(
        float[] parameters, int divisor, SplittableRandom dropout, Gradient gradient) {
      return network.addLossAndGradient(parameters, batch, divisor, loss, dropout, tape, gradient);
    }

    private void assemble(int[] rows, int from, int to, SplittableRandom dropout) {
      if (words == null) {
        shard.assemble(batch, true, rows, from, to);
      } else {
        words.assemble(batch, shard.tokens(), shard.offsets(), rows, from, to, dropout);
        batch.setTargets(shard.targets(), shard.weights());
      }
    }
  }
}
