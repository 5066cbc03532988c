package io.sparkrnn.train.config;

import io.sparkrnn.optim.OptimizerSpec;

/** Which rows of the embedding a step updates. */
public enum EmbeddingUpdates {
  /**
   * Those of the batch's tokens where that is the dense rule but for rounding (SGD and RMSprop
   * without momentum), otherwise all.
   */
  AUTO,

  /** All, in every step. */
  DENSE,

  /**
   * Those of the batch's tokens, for Adam and AdamW too: rows that are not seen neither move nor
   * decay, and their moments wait. TensorFlow Addons: {@code LazyAdam}.
   */
  LAZY;

  /**
   * Checks that the optimizer can be used like this.
   *
   * @throws IllegalArgumentException if it has a momentum, which moves rows that are not seen
   */
  void check(OptimizerSpec optimizer) {
    if (this == LAZY && hasMomentum(optimizer)) {
      throw new IllegalArgumentException(
          "embeddingUpdates lazy must go without momentum, got "
              + optimizer
              + "; use auto, or set momentum to 0");
    }
  }

  private static boolean hasMomentum(OptimizerSpec optimizer) {
    return (optimizer instanceof OptimizerSpec.Sgd sgd && sgd.momentum() != 0)
        || (optimizer instanceof OptimizerSpec.RmsProp rmsProp && rmsProp.momentum() != 0);
  }

  /** Returns whether steps leave out the rows that their batch does not touch. */
  boolean leavesOutRows(OptimizerSpec optimizer) {
    return switch (this) {
      case AUTO -> optimizer.restsWithoutGradient();
      case DENSE -> false;
      case LAZY -> true;
    };
  }
}
