package io.sparkrnn.nn.head;

/** Scratch of a head for one thread, reused from batch to batch. */
public abstract sealed class HeadTape permits DenseHeadTape, NextTokenTape, AlignmentTape, CrfTape {
  private final TouchedRows touched = new TouchedRows();
  private float[] predictions = new float[0];

  /**
   * Returns the predictions of the last pass, in the batch's packed order: B x K, or N x K with a
   * head at every step; of a language model as {@link NextTokenHead} says.
   */
  public final float[] predictions() {
    return predictions;
  }

  /** Returns the rows of the embedding that were added to since {@link #clearTouched}. */
  public final TouchedRows touched() {
    return touched;
  }

  /** Says that a new batch begins. */
  public final void clearTouched() {
    touched.clear();
  }

  /** Says which tokens a sampled softmax draws; of other heads nothing. */
  public void sampleFrom(long seed) {}

  /** Makes room for so many numbers of predictions. */
  final void resizePredictions(int size) {
    if (predictions.length < size) {
      predictions = new float[size];
    }
  }

  /** Returns how much step {@code step} of the N counted in its sequence, with attention. */
  public abstract float attention(int step);

  /** Reads from now on what another tape of the same head has packed. */
  public abstract void borrow(HeadTape other);
}
