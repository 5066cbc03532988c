package io.sparkrnn.nn.head;

import io.sparkrnn.nn.PackedBatch;
import io.sparkrnn.nn.ParameterLayout;
import io.sparkrnn.nn.Pooling;
import io.sparkrnn.nn.recurrent.LayerTape;
import java.util.SplittableRandom;

/**
 * From the outputs of the last recurrent layer to one vector per sequence, or per step. Stateless;
 * scratch is its tape.
 */
interface Pooler {

  /** Creates the pooler of a kind and appends its variables, if it has any. */
  static Pooler of(Pooling pooling, int inputSize, ParameterLayout.Builder layout) {
    return switch (pooling) {
      case LAST -> new LastPooler(inputSize);
      case MAX -> new StepPooler(inputSize, true, false);
      case MEAN -> new StepPooler(inputSize, false, true);
      case MAX_MEAN -> new StepPooler(inputSize, true, true);
      case ATTENTION -> new AttentionPooler(inputSize, layout);
      case EVERY_STEP -> new EveryStepPooler(inputSize);
    };
  }

  /** Returns the width of a pooled vector. */
  int outputSize();

  /** Returns whether the outputs at every step are read, not only the last. */
  boolean readsSequences();

  /** Returns how many vectors a batch has: one per sequence, or one per step. */
  default int rows(PackedBatch batch) {
    return batch.size();
  }

  /**
   * Returns how many floats, of those that grow with the steps, a tape takes in training.
   *
   * @param tokens steps of all sequences
   * @param outputs numbers computed of each vector
   */
  default long trainingFloats(int tokens, int outputs) {
    return 0;
  }

  /** Fills the parameters with their initial values. */
  void initialize(float[] parameters, SplittableRandom random);

  /** Returns scratch for one thread. */
  PoolTape newTape();

  /** Pools the layer's outputs into {@code tape.pooled}, rows x outputSize. */
  void forward(float[] parameters, PackedBatch batch, LayerTape layer, PoolTape tape);

  /**
   * From {@code tape.dPooled} to the layer's {@code dLast} and output gradient; both are
   * overwritten.
   */
  void backward(
      float[] parameters, PackedBatch batch, LayerTape layer, PoolTape tape, float[] gradient);
}
