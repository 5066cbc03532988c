package io.sparkrnn.nn.head;

import io.sparkrnn.kernel.Kernels;

/** Scratch of the pooling: the pooled vectors and their derivative, B x outputSize. */
class PoolTape {
  float[] pooled = new float[0];
  float[] dPooled = new float[0];

  final Kernels kernels = Kernels.best();

  /** Step (among the N) at which each unit of each sequence has its maximum, B x inputSize. */
  float[] place = new float[0];

  /** Attention's weight of each of the N steps; with other poolings empty. */
  float[] weights = new float[0];

  /** Makes room for B rows. */
  void resize(int size) {
    if (pooled.length < size) {
      pooled = new float[size];
      dPooled = new float[size];
    }
  }
}
