package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Kernels;
import io.sparkrnn.kernel.PackedMatrix;
import io.sparkrnn.kernel.Scratch;

/** Scratch of a head that predicts tokens: queries, a block of logits, packed tables. */
sealed class NextTokenTape extends HeadTape permits DecoderTape {
  final Kernels kernels = Kernels.best();
  final Scratch scratch = new Scratch();
  final PackedMatrix tableTransposed = new PackedMatrix(kernels);
  final PackedMatrix projectionTransposed = new PackedMatrix(kernels);
  final LogUniformSample sample;

  /** What scoring needs of the parameters alone: may be another tape's. */
  PackedMatrix projection = new PackedMatrix(kernels);

  PackedMatrix table = new PackedMatrix(kernels);
  boolean tableKnown;
  boolean transposedKnown;

  float[] parameters;

  /** q, N x Q; the layer's own outputs without a projection. */
  float[] queries = new float[0];

  float[] projected = new float[0];
  float[] dQueries = new float[0];
  float[] logits = new float[0];

  /** Target and weight of each of the N steps. */
  int[] targets = new int[0];

  float[] weights = new float[0];

  /** Rows of the table that were sampled, their bias, and the derivatives by both. */
  float[] sampledRows = new float[0];

  float[] sampledBias = new float[0];
  float[] dSampledRows = new float[0];
  float[] dSampledBias = new float[0];

  /** Derivatives by the logits of a block's targets, beside those of the sample. */
  float[] dTargets = new float[0];

  private long seed;

  NextTokenTape(LogUniformSample sample) {
    this.sample = sample;
  }

  long seed() {
    return seed;
  }

  @Override
  public void sampleFrom(long seed) {
    this.seed = seed;
  }

  @Override
  public float attention(int step) {
    throw new IllegalStateException("a model of tokens has no weights of steps");
  }

  @Override
  public void borrow(HeadTape other) {
    NextTokenTape from = (NextTokenTape) other;
    projection = from.projection;
    table = from.table;
    tableKnown = true;
    parameters = from.parameters;
  }
}
