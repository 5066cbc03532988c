package io.sparkrnn.nn.head;

/** Scratch of a dense head: pooled vectors, packed kernel, and values before the activation. */
final class DenseHeadTape extends HeadTape {
  private final PoolTape pool;
  private final Dense.Tape dense = new Dense.Tape();
  private float[] logits = new float[0];

  DenseHeadTape(PoolTape pool) {
    this.pool = pool;
  }

  PoolTape pool() {
    return pool;
  }

  Dense.Tape dense() {
    return dense;
  }

  /** Returns the values before the activation, or their derivatives; as many as predictions. */
  float[] logits() {
    return logits;
  }

  void resize(int size) {
    resizePredictions(size);
    if (logits.length < size) {
      logits = new float[size];
    }
  }

  @Override
  public float attention(int step) {
    return pool.weights[step];
  }

  @Override
  public void borrow(HeadTape other) {
    dense.borrow(((DenseHeadTape) other).dense);
  }
}
